"""Packages of QTI 1.2: which files are read, where pictures are, what is refused."""

import pytest

from apps.studio.exchange import archives
from apps.studio.exchange.items import ItemFile, UnreadableError
from apps.studio.exchange.qti12 import read_qti12

from .qti_samples import HEAD, WRITTEN, document, item
from .test_archives import zipped

BASE = "$IMS-CC-FILEBASE$"
META = b'<quiz identifier="g1"><title>1</title><time_limit>10</time_limit></quiz>'


def essay(ident: str, stem: str = "물음") -> str:
    return item("essay_question", WRITTEN, ident=ident, stem=stem)


def manifest(*names: str) -> bytes:
    files = "".join(f'<resource><file href="{name}"/></resource>' for name in names)
    return f"<manifest><resources>{files}</resources></manifest>".encode()


def test_a_quiz_of_canvas_with_its_settings() -> None:
    reading = read_qti12(
        zipped(
            {
                "g1/assessment_meta.xml": META,
                "g1/g1.xml": document(essay("a")),
                "imsmanifest.xml": manifest(),
            }
        )
    )

    assert [each.id for each in reading.items] == ["a"]
    assert [each.message[:5] for each in reading.problems] == ["퀴즈 설정"]


def test_a_course_of_canvas_is_read_once_from_the_richer_file() -> None:
    reading = read_qti12(
        zipped(
            {
                "imsmanifest.xml": manifest(),
                "g1/assessment_qti.xml": document(essay("a")),
                "non_cc_assessments/g1.xml.qti": document(essay("a"), essay("b")),
                "g2/assessment_qti.xml": document(essay("c")),
                "wiki_content/page.html": b"<html>questestinterop</html>",
                "course_settings/rubrics.xml": b"<rubrics/>",
            }
        )
    )

    assert sorted(each.id for each in reading.items) == ["a", "b", "c"]
    assert reading.problems == ()


def test_the_manifest_gives_the_order() -> None:
    files = {f"{name}.xml": document(essay(name)) for name in "abc"}
    ordered = read_qti12(zipped({**files, "imsmanifest.xml": manifest("c.xml", "no.xml", "a.xml")}))
    broken = read_qti12(zipped({**files, "imsmanifest.xml": b"<manifest>"}))

    assert [each.id for each in ordered.items] == ["c", "a", "b"]
    assert [each.id for each in broken.items] == ["a", "b", "c"]


def test_the_same_item_twice_is_read_once_and_told() -> None:
    reading = read_qti12(zipped({"1.xml": document(essay("a")), "2.xml": document(essay("a"))}))

    assert len(reading.items) == 1
    assert "두 번" in reading.problems[0].message
    assert reading.problems[0].message.startswith("2.xml: ")


def test_items_referred_to_are_found_in_other_files() -> None:
    reference = '<itemref linkrefid="a"/><itemref linkrefid="z"/>'
    reading = read_qti12(zipped({"1.xml": document(reference), "2.xml": document(essay("a"))}))

    assert [each.message[-1] for each in reading.problems] == ["z"]


@pytest.mark.parametrize(
    ("source", "member", "path"),
    [
        (f"{BASE}/a%20b.png?canvas_=1&amp;x=2", "web_resources/a b.png", f"{BASE}/a b.png"),
        ("%24IMS-CC-FILEBASE%24/d/c.png", "web_resources/d/c.png", f"{BASE}/d/c.png"),
        (f"{BASE}/Uploaded Media/c.png", "Uploaded Media/c.png", f"{BASE}/Uploaded Media/c.png"),
        ("images/c.png", "g1/images/c.png", "images/c.png"),
        ("./%EA%B0%80.png", "가.png", "./가.png"),
    ],
)  # fmt: skip
def test_pictures_come_along(source: str, member: str, path: str) -> None:
    stem = f'&lt;p&gt;&lt;img alt="" src="{source.replace("&", "&amp;")}"&gt;&lt;/p&gt;'
    reading = read_qti12(zipped({"g1/quiz.xml": document(essay("a", stem)), member: b"\x89PNG"}))

    assert reading.items[0].files == (ItemFile(path, b"\x89PNG"),)
    assert reading.items[0].problems == ()


def test_pictures_that_are_missing_elsewhere_or_no_pictures() -> None:
    stem = (
        '&lt;img src="gone.png"&gt;&lt;img src="https://example.org/a.png"&gt;'
        '&lt;img src="data:image/png;base64,xx"&gt;&lt;img src="../../etc/passwd"&gt;'
        '&lt;a href="$IMS-CC-FILEBASE$/a.pdf"&gt;자료&lt;/a&gt;'
    )
    (read,) = read_qti12(zipped({"q.xml": document(essay("a", stem))})).items

    assert read.files == ()
    assert read.problems == (
        "그림이 꾸러미 안에 없습니다: gone.png",
        "그림이 꾸러미 안에 없습니다: ../../etc/passwd",
        "글이 가리키는 강의 파일은 가져오지 않습니다. 그림만 가져옵니다.",
    )


def test_a_picture_of_many_quizzes_is_unpacked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = bytes(range(256)) * 40
    stem = f'&lt;img alt="" src="{BASE}/a.png"&gt;'
    quizzes = {f"{n}.xml": document(essay(f"a{n}", stem)) for n in range(5)}
    monkeypatch.setattr(archives, "MAX_TOTAL_BYTES", 2 * len(picture))

    reading = read_qti12(zipped({**quizzes, "web_resources/a.png": picture}))

    assert [each.files[0].data for each in reading.items] == [picture] * 5


def test_one_broken_file_does_not_hide_the_others() -> None:
    reading = read_qti12(zipped({"1.xml": f"{HEAD}<a>".encode(), "2.xml": document(essay("a"))}))

    assert [each.id for each in reading.items] == ["a"]
    assert reading.problems[0].message.startswith("1.xml: XML의")


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({}, "없습니다"),
        ({"a.txt": b"questestinterop"}, "없습니다"),
        ({"a.xml": b"<assessmentItem/>"}, "QTI 2"),
        ({"a.xml": f"{HEAD}<a>".encode()}, "a.xml: XML의"),
        ({"a.xml": b"<!DOCTYPE a [<!ENTITY x 'y'>]><questestinterop>&x;</questestinterop>"}, "DTD"),
        ({"a.xml": document(), "b.zip": zipped({"a": b"a"})}, "또 압축 파일"),
        ({"../a.xml": document()}, "바깥 폴더"),
        ({"a.xml": b" " * 10_000_000 + b"<questestinterop/>"}, "부풀어"),
    ],
)
def test_packages_that_are_refused(members: dict[str, bytes], words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read_qti12(zipped(members))


def test_questions_in_utf_16_are_found() -> None:
    source = document(essay("a")).decode().replace("UTF-8", "UTF-16")
    for codec in ("utf-16", "utf-16-be", "utf-16-le"):
        assert read_qti12(zipped({"a.xml": source.encode(codec)})).items[0].id == "a"
