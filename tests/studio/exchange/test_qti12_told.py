"""QTI 1.2: other profiles and forms, texts of several pieces, and what is told."""

import pytest

from apps.studio.exchange.items import (
    ItemFile,
    ItemKind,
    TextFormat,
    UnreadableError,
)
from apps.studio.exchange.qti12 import read_qti12

from .qti_samples import (
    HEAD,
    NUMBER,
    WRITTEN,
    bare,
    choices,
    document,
    equal,
    feedback,
    item,
    one,
    plain,
    right,
    told,
)


@pytest.mark.parametrize(
    ("profile", "presentation", "kind"),
    [
        ("cc.multiple_choice.v0p1", choices("a", "b"), ItemKind.SINGLE),
        ("cc.multiple_response.v0p1", choices("a", "b"), ItemKind.MULTIPLE),
        ("cc.true_false.v0p1", choices("True", "False"), ItemKind.TRUE_FALSE),
        ("cc.fib.v0p1", WRITTEN, ItemKind.SHORT_TEXT),
        ("cc.pattern_match.v0p1", WRITTEN, ItemKind.SHORT_TEXT),
        ("cc.essay.v0p1", WRITTEN, ItemKind.ESSAY),
    ],
)
def test_common_cartridge_profiles(profile: str, presentation: str, kind: ItemKind) -> None:
    source = item(profile, presentation, right(equal("1"))).replace("question_type", "cc_profile")

    assert one(source).kind is kind


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (item("calculated_question", NUMBER), "수식 계산 (calculated_question)"),
        (item("fill_in_multiple_blanks_question", choices("a")), "여러 빈칸 채우기"),
        (item("multiple_dropdowns_question", choices("a")), "여러 빈칸에서 고르기"),
        (item("file_upload_question", ""), "파일 제출"),
        (item("new_kind_question", ""), "new_kind_question"),
        (item("multiple_choice_question", WRITTEN), "서로 다른"),
        (item("matching_question", WRITTEN), "서로 다른"),
        (item("numerical_question", ""), "서로 다른"),
        (item("multiple_choice_question", choices(*"x" * 61)), "60개를 넘는"),
        (item("essay_question", WRITTEN, right(equal("1") * 3000)), "채점 규칙"),
    ],
)
def test_kinds_that_are_not_read_are_named(source: str, words: str) -> None:
    reading = read_qti12(document(source, item("essay_question", WRITTEN, ident="g2")))

    assert [each.line for each in reading.problems] == [6]
    assert words in reading.problems[0].message
    assert "문제 이름: Question" in reading.problems[0].message
    assert [each.id for each in reading.items] == ["g2"]


@pytest.mark.parametrize(
    ("presentation", "words"),
    [
        ('<response_xy ident="a"><render_hotspot/></response_xy>', "response_xy"),
        (choices("a").replace("render_choice", "render_slider"), "render_slider"),
        (choices("a", "b", cardinality="Ordered"), "순서 배열"),
        (WRITTEN + WRITTEN, "빈칸이 여럿"),
        (choices("a", "b") + choices("c", "d"), "빈칸마다"),
    ],
)
def test_forms_that_are_not_read_are_named(presentation: str, words: str) -> None:
    source = f'<item ident="a"><presentation>{presentation}</presentation></item>'
    (problem,) = read_qti12(document(source)).problems

    assert words in problem.message


def test_a_stem_of_several_pieces() -> None:
    read = bare(
        f"<flow>{plain('a &lt; b')}<flow>{plain('둘')}</flow></flow>"
        '<response_lid ident="r"><material><mattext texttype="text/html">&lt;b&gt;셋&lt;/b&gt;'
        "</mattext></material><render_choice/></response_lid>"
    )
    plainly = bare(f"{plain('a &lt; b')}<material><matbreak/></material>{plain('둘')}")
    nested = bare('<material><mattext texttype="text/xhtml"><p>a <i>b</i></p></mattext></material>')

    assert (read.stem, read.stem_format) == ("a &lt; b\n둘\n<b>셋</b>", TextFormat.HTML)
    assert (plainly.stem, plainly.stem_format) == ("a < b\n\n둘", TextFormat.PLAIN)
    assert (nested.stem, nested.stem_format) == ("<p>a <i>b</i></p>", TextFormat.HTML)


def test_what_has_no_place_is_told() -> None:
    read = one(
        item(
            "multiple_choice_question",
            choices("List&lt;T&gt;", "나").replace(
                "<render_choice>", f"<render_choice>{plain('사이의 글')}"
            ),
            right(equal("1"), shows="gone_fb") + right(equal("2"), score="많이"),
            feedback("loose", "떠도는 글")
            + "<rubric><material><mattext>기준</mattext></material></rubric>",
            points="2.5",
            stem="&lt;p&gt;a&lt;/p&gt;</mattext><mataudio uri='a.mp3'/><mattext>",
        )
    )

    for words in (
        "보기 1의 글 형식(일반 텍스트)",
        "배점(2.5)",
        "보기 사이에 있는 글",
        "<rubric>",
        "<mataudio>",
        "파일에 없는 피드백을 가리킵니다: gone_fb",
        "이어져 있지 않은 피드백",
        "점수를 읽지 못했습니다",
    ):
        assert told(read, words), words
    assert read.choices[0].text == "List<T>"


def test_no_right_answer_is_told() -> None:
    for source in (
        item("multiple_choice_question", choices("가", "나")),
        item("multiple_answers_question", choices("가", "나", cardinality="Multiple")),
        item("short_answer_question", WRITTEN),
        item("numerical_question", NUMBER),
    ):
        assert told(one(source), "정답이 적혀 있지 않습니다")
    assert told(one(item("true_false_question", choices("True", "False"))), "무엇이 정답")


def test_pictures_within_the_file() -> None:
    read = bare(
        '<material><mattext>보십시오</mattext><matimage imagtype="image/png" uri="a.png" '
        'label="그림" embedded="base64">aGVsbG8=</matimage><matimage uri="b.png"/></material>'
    )

    assert read.stem == '보십시오\n<img src="a.png" alt="그림">\n<img src="b.png" alt="">'
    assert read.files == (ItemFile("a.png", b"hello"),)
    assert read.problems == ("그림이 파일 안에 없습니다: b.png",)


def test_parts_outside_of_items_are_told() -> None:
    section = (
        '<section ident="s" title="1주차">'
        "<selection_ordering><selection><sourcebank_ref>gbank</sourcebank_ref>"
        "<selection_number>3</selection_number></selection></selection_ordering>"
        '<itemref linkrefid="gother"/></section>'
        "<rubric><material><mattext>안내</mattext></material></rubric>"
    )
    messages = [each.message for each in read_qti12(document(section)).problems]

    assert [
        any(words in each for each in messages)
        for words in ("gbank", "무작위", "gother", "<rubric>", "1주차")
    ] == [True] * 5


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"<quiz/>", "Moodle XML"),
        (b"<assessmentItem/>", "QTI 2"),
        (b"<manifest/>", "zip"),
        (b"<a/>", "QTI 1"),
        (b"", "비었거나"),
        (b"GIFT", "읽지 못했습니다"),
        (b"<!DOCTYPE q SYSTEM 'ims.dtd'><questestinterop/>", "DTD"),
    ],
)
def test_other_files_are_refused(source: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read_qti12(source)


def test_an_empty_file_says_so() -> None:
    (problem,) = read_qti12(f"{HEAD}</questestinterop>".encode()).problems

    assert "하나도 없습니다" in problem.message
