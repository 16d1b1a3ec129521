"""XML of strangers: whatever it says, it is read with its lines or refused with a sentence."""

import gc

import pytest

from apps.studio.exchange.items import UnreadableError
from apps.studio.exchange.xml_safety import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_ELEMENTS,
    inner_markup,
    line_of,
    parse_xml,
)


def test_elements_know_their_line_attributes_and_text() -> None:
    root = parse_xml('<?xml version="1.0"\n  encoding="UTF-8"?>\n<a>\n<b c="가">나</b>\n<b/></a>')

    first, second = root.all("b")
    assert (line_of(root), line_of(first), line_of(second)) == (3, 4, 5)
    assert (first.get("c"), first.own_text, second.own_text) == ("가", "나", "")
    assert root.find("c") is None


def test_namespaces_are_left_off() -> None:
    root = parse_xml('<x:a xmlns:x="urn:x" x:b="1"><x:c/></x:a>')

    assert (root.tag, root.get("b"), root.children[0].tag) == ("a", "1", "c")


def test_bare_tags_in_a_text_become_markup() -> None:
    root = parse_xml('<text>a &lt; b <b title="&quot;x&quot;">굵게<br/></b></text>')

    assert inner_markup(root) == "a &lt; b <b title='\"x\"'>굵게<br/></b>"
    assert inner_markup(parse_xml("<text>a &lt; <![CDATA[<b>]]></text>")) == "a < <b>"


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("UTF-8", "utf-8", "한글 é"),
        ("utf-8", "utf-8-sig", "한글 é"),
        ("UTF-16", "utf-16", "한글 é"),
        ("UTF-16", "utf-16-be", "한글 é"),
        ("utf-16", "utf-16-le", "한글 é"),
        ("utf-16", "utf-8", "UTF-8로 저장된 UTF-16 선언"),
        ("EUC-KR", "cp949", "똠방각하 뷁"),
        ("EUC-KR", "cp949", "치"),  # whose bytes are valid UTF-8, too
        ("ks_c_5601-1987", "cp949", "한국어"),
        ("cp949", "cp949", "한국어"),
        ("windows-1252", "cp1252", "“café” – ½"),
        ("ISO-8859-1", "cp1252", "“café”"),
        ("windows-1252", "utf-8", "UTF-8인데 1252라고 적은 파일"),
        ("UTF-8", "cp949", "UTF-8이라고 적었지만 한국어 윈도 파일입니다"),
        ("Shift_JIS", "shift_jis", "日本語"),
        ("no-such-charset", "utf-8", "모르는 이름"),
        ("zlib", "utf-8", "문자 집합이 아닌 코덱"),
    ],
)
def test_declared_and_other_encodings(declared: str, codec: str, text: str) -> None:
    source = f'<?xml version="1.0" encoding="{declared}"?>\n<a>{text}</a>'

    assert parse_xml(source.encode(codec)).own_text == text


def test_korean_windows_file_without_a_declaration() -> None:
    assert parse_xml("<a>가용 영역은 무엇입니까?</a>".encode("cp949")).own_text.startswith("가용")


def test_blank_lines_before_the_declaration_are_forgiven_and_counted() -> None:
    assert parse_xml(b"\n\n<?xml version='1.0'?>\n<a/>").line == 4


_ENTITY = "<!ENTITY x 'y'>"


@pytest.mark.parametrize(
    "source",
    [
        '<!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;&l;">]><a>&m;</a>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]><a/>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>',
        '<!DOCTYPE a PUBLIC "-//X//EN" "x.dtd"><a/>',
        "<!DOCTYPE quiz><quiz/>",
        f"<!DOCTYPE a [{_ENTITY * 1000}]><a/>",
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-be"])
def test_dtds_and_entities_are_refused(source: str, codec: str) -> None:
    with pytest.raises(UnreadableError, match="DTD"):
        parse_xml(source.encode(codec))


@pytest.mark.parametrize(
    ("source", "line", "why"),
    [
        ("", 1, "비었거나"),
        ("<a>\n<b>", 2, "끊겼"),
        ("<a>\n\n<b></a>", 3, "서로 다릅니다"),
        ("<a>\n&nbsp;</a>", 2, "모르는 &이름;"),
        ("<a/>\n<b/>", 2, "닫힌 뒤"),
        ("<a>\n<![CDATA[x</a>", 2, "CDATA"),
        ('<a b="1"\nb="2"/>', 2, "두 번"),
        ("<a>\n\x01</a>", 2, "쓸 수 없는 글자"),
        ("<a>&#0;</a>", 1, "줄을 읽지 못했습니다"),
        ("문제가 없는 글", 1, "줄을 읽지 못했습니다"),
        ("<a>\n<x:b/></a>", 2, "이름공간"),
    ],
)
def test_broken_xml_is_refused_with_its_line(source: str, line: int, why: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        parse_xml(source)

    assert f"{line}번째 줄" in str(refusal.value)
    assert why in str(refusal.value)


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(UnreadableError, match="글자"):
        parse_xml("<a>\ud800</a>")


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableError):
        parse_xml(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe\x00")
    with pytest.raises(UnreadableError, match="인코딩"):
        parse_xml(b"\xff\xfe\0\0<\0\0\0a\0\0\0/\0\0\0>\0\0\0")  # UTF-32


def test_a_hundred_megabytes_are_refused_before_they_are_parsed() -> None:
    with pytest.raises(UnreadableError, match="너무 큽니다"):
        parse_xml(b"<" * (100 * 1024 * 1024))
    with pytest.raises(UnreadableError, match="너무 큽니다"):
        parse_xml("<" * (MAX_BYTES + 1))


def test_deep_nesting_is_refused_and_forgotten_without_recursion() -> None:
    for tags in ("<a>" * 100_000, "<a>" * 100_000 + "</a>" * 100_000):
        with pytest.raises(UnreadableError, match="겹쳐"):
            parse_xml(tags)
    gc.collect()


def test_depth_up_to_the_bound_is_read() -> None:
    root = parse_xml("<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH)

    assert sum(1 for _ in root.walk()) == MAX_DEPTH


def test_too_many_elements_are_refused() -> None:
    with pytest.raises(UnreadableError, match="나누어"):
        parse_xml("<a>" + "<b/>" * MAX_ELEMENTS + "</a>")
