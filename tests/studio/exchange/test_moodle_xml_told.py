"""What of a Moodle XML file this site does not keep or cannot read is told."""

from collections.abc import Sequence

import pytest

from apps.studio.exchange.items import (
    ItemFile,
    UnreadableError,
)
from apps.studio.exchange.moodle_xml import read_moodle_xml

from .moodle_samples import PICTURE, answer, one, question, read, told


def test_texts_are_trimmed_as_moodle_does_but_for_spaces_of_their_own() -> None:
    item = one(question("essay", text="\n  \u00a0글\r\n둘째 줄\u3000 \t"))

    assert item.stem == "\u00a0글\n둘째 줄\u3000"


def test_bare_tags_in_a_text_are_read_as_markup() -> None:
    assert one(question("essay", text="<p>a <b>b</b></p>")).stem == "<p>a <b>b</b></p>"


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("<defaultgrade>2.5</defaultgrade>", "두 번"),
        ("<penalty>0.5</penalty>", "감점(0.5)"),
        ("<penalty>nan</penalty>", "감점"),
        ("<correctfeedback><text>잘했어요</text></correctfeedback>", "맞았을 때"),
        ("<partiallycorrectfeedback><text>거의</text></partiallycorrectfeedback>", "일부만"),
        ("<incorrectfeedback><text>땡</text></incorrectfeedback>", "틀렸을 때"),
        ("<hint format='html'><text>도움말</text><clearwrong/></hint>", "힌트"),
        ("<shuffleanswers>0</shuffleanswers>", "섞지 않는"),
        ("<answernumbering>none</answernumbering>", "번호 모양"),
        ("<plugin><x>1</x></plugin>", "<plugin>"),
        ("밖에 있는 글", "표시 밖"),
        ("<subquestion><text>x</text></subquestion>", "<subquestion>"),
        ("<answer fraction='많이'><text>x</text></answer>", "많이"),
        ("<answer fraction='0'><text>x</text><tolerance>1</tolerance></answer>", "<tolerance>"),
    ],
)
def test_nothing_is_dropped_silently(part: str, words: str) -> None:
    assert told(one(question("multichoice", answer("가"), part)), words)


def test_points_are_told() -> None:
    source = question("essay").replace("1.0000000", "2.0000000")

    assert told(one(source), "배점(2.0000000)")


@pytest.mark.parametrize(
    "part", ["<penalty>0.3333333</penalty>", "<penalty>0.33</penalty>", "<penalty>0</penalty>"]
)
def test_moodles_own_penalty_is_no_news(part: str) -> None:
    assert one(question("multichoice", answer("가"), part)).problems == ()


def test_unsupported_kinds_are_named_with_their_line() -> None:
    reading = read(
        "\n" + question("cloze"),
        "\n" + question("ddwtos"),
        "\n" + question("x" * 500),
        "\n<question><name><text>유형 없음</text></name></question>",
        "\n<frage/>\n",
        question("essay"),
    )

    assert [each.line for each in reading.problems] == [3, 4, 5, 6, 7]
    assert "빈칸 채우기(Cloze) (cloze). 문제 이름: 이름" in reading.problems[0].message
    assert len(reading.problems[2].message) < 200
    assert [each.line for each in reading.items] == [8]


def test_pictures_come_along() -> None:
    source = question(
        "multichoice",
        f'<answer fraction="100"><text>가</text><file name="b.png" path="/sub/dir/" '
        f'encoding="base64">{PICTURE}</file></answer>',
        text='<![CDATA[<img src="@@PLUGINFILE@@/a%20b.png">]]>',
    ).replace(
        "</text></questiontext>",
        f'</text><file name="a b.png" path="/" encoding="base64">\n{PICTURE}\n</file>'
        "</questiontext>",
    )
    item = one(source)

    assert item.files == (
        ItemFile("a b.png", b"\x89PNG picture"),
        ItemFile("sub/dir/b.png", b"\x89PNG picture"),
    )
    assert item.problems == ()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ('<file name="a.png" path="/" encoding="base64">!!!</file>', "깨져"),
        ('<file name="a.png" path="/" encoding="base64">abc</file>', "깨져"),
        ('<file name="a.png" path="/" encoding="base64"></file>', "비어"),
        (f'<file name="a.png" path="/../.." encoding="base64">{PICTURE}</file>', "이름을 쓸 수"),
        (f'<file name="" path="/" encoding="base64">{PICTURE}</file>', "이름을 쓸 수"),
        (f'<file name="a.png" path="/" encoding="uuencode">{PICTURE}</file>', "인코딩"),
        (
            f'<file name="a" encoding="base64">{PICTURE}</file><file name="a">eHh4</file>',
            "이름이 같고",
        ),
    ],
)
def test_broken_pictures_are_told(file: str, words: str) -> None:
    source = question("essay").replace("</text></questiontext>", f"</text>{file}</questiontext>")

    assert told(one(source), words)


def test_the_picture_of_old_files_is_appended_as_moodle_does() -> None:
    item = one(question("essay", f"<image>a/b.png</image><image_base64>{PICTURE}</image_base64>"))

    assert item.stem == '물음 <img src="@@PLUGINFILE@@/a_b.png" />'
    assert item.files == (ItemFile("a_b.png", b"\x89PNG picture"),)
    assert told(one(question("essay", "<image>a.png</image>")), "들어 있지 않습니다")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<questestinterop/>", "QTI 1.2"),
        ("<html/>", "Moodle XML이 아닙니다"),
        ("", "비었거나"),
        ("::제목:: GIFT {=a}", "읽지 못했습니다"),
        ("<quiz><question></quiz>", "서로 다릅니다"),
        ("<!DOCTYPE quiz [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><quiz>&x;</quiz>", "DTD"),
    ],
)
def test_other_files_are_refused(source: str, words: str) -> None:
    with pytest.raises(UnreadableError, match=words.replace(".", r"\.")):
        read_moodle_xml(source.encode())


def test_an_archive_is_to_be_unpacked() -> None:
    with pytest.raises(UnreadableError, match="압축을 풀어"):
        read_moodle_xml(b"PK\x03\x04 and so on")


def test_an_empty_quiz_says_so() -> None:
    assert [each.message for each in read().problems] == ["파일에 문제가 하나도 없습니다."]


_EMPTY: Sequence[str] = (
    "category", "multichoice", "truefalse", "shortanswer", "numerical", "matching", "essay",
    "description",
)  # fmt: skip


@pytest.mark.parametrize("kind", _EMPTY)
def test_questions_with_nothing_in_them_say_so(kind: str) -> None:
    item = one(f'<question type="{kind}"></question>')

    assert told(item, "비어 있습니다")
    assert (item.stem, item.title, item.id, item.tags) == ("", "", "", ())
