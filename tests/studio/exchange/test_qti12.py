"""QTI 1.2 items as Canvas writes them, kind by kind."""

import pytest

from apps.studio.exchange.items import (
    Item,
    ItemAnswer,
    ItemChoice,
    ItemKind,
    TextFormat,
)

from .qti_samples import (
    NUMBER,
    OTHER,
    WRITTEN,
    bare,
    choices,
    equal,
    feedback,
    item,
    one,
    plain,
    right,
    told,
)


def test_one_choice_with_all_that_canvas_writes() -> None:
    read = one(
        item(
            "multiple_choice_question",
            choices("리전", "가용 영역", "엣지"),
            right(OTHER, score="", shows="general_fb", goes_on="Yes")
            + right(equal("1"), score="", shows="1_fb", goes_on="Yes")
            + right(equal("2"), shows="correct_fb")
            + right(OTHER, score="", shows="general_incorrect_fb", goes_on="Yes"),
            feedback("general_fb", "전체 풀이")
            + feedback("correct_fb", "잘했습니다")
            + feedback("general_incorrect_fb", "다시")
            + feedback("1_fb", "너무 큽니다"),
        )
    )

    assert read == Item(
        line=6,
        kind=ItemKind.SINGLE,
        title="Question",
        id="gitem1",
        stem="<div><p>물음</p></div>",
        stem_format=TextFormat.HTML,
        choices=(
            ItemChoice("리전", "0", "너무 큽니다"),
            ItemChoice("가용 영역", "100"),
            ItemChoice("엣지", "0"),
        ),
        general_feedback="전체 풀이",
        problems=(
            "맞았을 때 나오는 피드백은 옮기지 않습니다. 풀이에 적어 주십시오.",
            "틀렸을 때 나오는 피드백은 옮기지 않습니다. 풀이에 적어 주십시오.",
        ),
    )


def test_several_choices_of_which_only_the_whole_set_scores() -> None:
    condition = f"<and>{equal('1')}<not>{equal('2')}</not>{equal('3')}{equal('4')}</and>"
    read = one(
        item(
            "multiple_answers_question",
            choices("가", "나", "다", "라", cardinality="Multiple"),
            right(equal("2"), score="", shows="2_fb", goes_on="Yes") + right(condition),
            feedback("2_fb", "나는 아닙니다"),
        )
    )

    assert read.kind is ItemKind.MULTIPLE
    assert [each.weight for each in read.choices] == ["33.33333", "0", "33.33333", "33.33333"]
    assert read.choices[1].feedback == "나는 아닙니다"
    assert read.problems == ()


def test_several_choices_that_score_one_by_one() -> None:
    added = "".join(
        f"<respcondition><conditionvar>{equal(ident)}</conditionvar>"
        f'<setvar varname="SCORE" action="{action}">{score}</setvar></respcondition>'
        for ident, action, score in (("1", "Add", "2"), ("2", "Add", "1"), ("3", "Subtract", "1"))
    )
    read = bare(plain("물음") + choices("가", "나", "다", cardinality="Multiple"), added)

    assert read.kind is ItemKind.MULTIPLE
    assert [each.weight for each in read.choices] == ["66.66667", "33.33333", "-33.33333"]


def test_partial_credit_in_percent_of_the_best() -> None:
    read = bare(
        plain("물음") + choices("가", "나", "다"),
        right(equal("1"), score="4") + right(equal("2"), score="1") + right(equal("3"), score="-1"),
    )

    assert [each.weight for each in read.choices] == ["100", "25", "-25"]
    assert (read.kind, read.stem_format) == (ItemKind.SINGLE, TextFormat.PLAIN)


def test_a_rule_without_continue_ends_the_counting() -> None:
    read = bare(
        plain("물음") + choices("가", "나"),
        right(equal("1"), score="100") + right(OTHER, score="0"),
    )
    going_on = bare(
        plain("물음") + choices("가", "나"),
        right(equal("1"), score="100", goes_on="Yes") + right(OTHER, score="50"),
    )

    assert [each.weight for each in read.choices] == ["100", "0"]
    assert [each.weight for each in going_on.choices] == ["100", "100"]


def test_the_score_may_be_the_declared_maximum() -> None:
    outcomes = '<outcomes><decvar varname="SCORE" maxvalue="5"/></outcomes>'
    scored = right(equal("2"), score="SCORE.max")

    assert bare(plain("물음") + choices("가", "나"), outcomes + scored).choices[1].weight == "100"


@pytest.mark.parametrize(("ident", "answer"), [("1", True), ("2", False)])
@pytest.mark.parametrize("words", [("True", "False"), ("참", "거짓"), ("T", "F")])
def test_true_false(ident: str, answer: bool, words: tuple[str, str]) -> None:
    read = one(
        item(
            "true_false_question",
            choices(*words),
            right(equal("1"), score="", shows="1_fb", goes_on="Yes") + right(equal(ident)),
            feedback("1_fb", "참을 고름") + feedback("2_fb", "거짓을 고름"),
        )
    )

    assert (read.kind, read.answer) == (ItemKind.TRUE_FALSE, answer)
    assert (read.feedback_true, read.feedback_false) == ("참을 고름", "거짓을 고름")
    assert (read.choices, read.problems) == ((), ())


def test_true_false_is_known_by_its_words_and_by_false_standing_first() -> None:
    read = bare(plain("물음") + choices("False", "True"), right(equal("1")))

    assert (read.kind, read.answer) == (ItemKind.TRUE_FALSE, False)


def test_yes_and_no_stay_the_choices_that_they_are() -> None:
    read = bare(plain("물음") + choices("예", "아니요"), right(equal("1")))
    lettered = bare(
        plain("물음") + choices("파리", "런던").replace('"1"', '"t"').replace('"2"', '"f"'),
        right(equal("t")),
    )

    assert [each.kind for each in (read, lettered)] == [ItemKind.SINGLE, ItemKind.SINGLE]


def test_true_false_in_words_nobody_knows_counts_by_place() -> None:
    read = one(item("true_false_question", choices("Vrai", "Faux"), right(equal("2"))))

    assert read.answer is False
    assert told(read, "순서로 읽었습니다")


def test_short_answers_are_alternatives() -> None:
    read = one(
        item(
            "short_answer_question",
            WRITTEN,
            right(equal("EC2"), score="", shows="9_fb", goes_on="Yes")
            + right(equal("Lambda"), equal("EC2"), equal(" 람다 &amp; 함수 "))
            + right(equal("S3"), score="", shows="8_fb"),
            feedback("9_fb", "맞습니다") + feedback("8_fb", "저장소입니다"),
        )
    )

    assert read.kind is ItemKind.SHORT_TEXT
    assert read.answers == (
        ItemAnswer("Lambda"),
        ItemAnswer("EC2", feedback="맞습니다"),
        ItemAnswer("람다 & 함수"),
        ItemAnswer("S3", weight="0", feedback="저장소입니다"),
    )


def test_case_and_parts_of_answers_are_told() -> None:
    equals = '<varequal respident="response1" case="Yes">VPC</varequal>'
    part = '<varsubstring respident="response1">가상</varsubstring>'
    read = bare(plain("물음") + WRITTEN, right(equals) + right(part, score="50"))

    assert [(each.text, each.weight) for each in read.answers] == [("VPC", "100"), ("가상", "50")]
    assert told(read, "대소문자")
    assert told(read, "일부만")


def _bounds(low: str, high: str, tags: tuple[str, str] = ("vargte", "varlte")) -> str:
    return (
        f'<{tags[0]} respident="response1">{low}</{tags[0]}>'
        f'<{tags[1]} respident="response1">{high}</{tags[1]}>'
    )


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        (equal("42"), ItemAnswer(value="42")),
        (
            f"<or>{equal('3.5')}<and>{_bounds('3.25', '3.75')}</and></or>",
            ItemAnswer(value="3.5", tolerance="0.25"),
        ),
        (
            f"<or>{equal('5.0')}<and>{_bounds('5.0', '5.0')}</and></or>",
            ItemAnswer(value="5.0", tolerance="0"),
        ),
        (_bounds("-1.50", "20"), ItemAnswer(low="-1.50", high="20")),
        (f"<or>{equal('3')}<and>{_bounds('2', '9')}</and></or>", ItemAnswer(low="2", high="9")),
    ],
)
def test_numbers(condition: str, answer: ItemAnswer) -> None:
    read = one(item("numerical_question", NUMBER, right(condition)))

    assert (read.kind, read.answers) == (ItemKind.NUMERIC, (answer,))


def test_numbers_with_feedback_and_open_bounds() -> None:
    read = one(
        item(
            "numerical_question",
            NUMBER,
            right(_bounds("1", "2", ("vargt", "varlte")), shows="7_fb") + right(equal("3")),
            feedback("7_fb", "가깝습니다"),
        )
    )

    assert read.answers == (
        ItemAnswer(low="1", high="2", feedback="가깝습니다"),
        ItemAnswer(value="3"),
    )
    assert told(read, "끝값도")
    assert told(one(item("numerical_question", NUMBER, right(equal("많이")))), "수가 아닙니다")
    half = '<vargte respident="response1">1</vargte>'
    assert told(one(item("numerical_question", NUMBER, right(half))), "한쪽 끝만")


def _left(ident: str, text: str, *rights: str) -> str:
    return choices(*rights, ident=f"response_{ident}").replace(
        "<render_choice>", f"{plain(text)}<render_choice>"
    )


def _matched(ident: str, value: str, score: str = "50.00") -> str:
    return (
        f"<respcondition><conditionvar>{equal(value, f'response_{ident}')}</conditionvar>"
        f'<setvar varname="SCORE" action="Add">{score}</setvar></respcondition>'
    )


def test_matching_with_a_right_side_too_many() -> None:
    sides = ("컴퓨팅", "저장", "메일")
    read = one(
        item(
            "matching_question",
            _left("11", "EC2", *sides) + _left("12", "S3", *sides),
            _matched("11", "1") + _matched("12", "2"),
        )
    )

    assert read.kind is ItemKind.MATCHING
    assert read.pairs == (("EC2", "컴퓨팅"), ("S3", "저장"), ("", "메일"))
    assert (read.stem, read.problems) == ("<div><p>물음</p></div>", ())


def test_matching_is_known_by_its_form_and_its_oddities_are_told() -> None:
    read = bare(
        plain("짝지으십시오") + _left("1", "가", "ㄱ", "ㄴ") + _left("2", "나", "ㄱ", "ㄴ"),
        _matched("1", "1", "70") + "<respcondition><conditionvar><not>"
        + equal("2", "response_2")
        + '</not></conditionvar><displayfeedback linkrefid="2_fb"/></respcondition>',
        feedback("2_fb", "아닙니다"),
    )  # fmt: skip

    assert read.pairs == (("가", "ㄱ"), ("나", ""), ("", "ㄴ"))
    assert told(read, "짝 2: 오른쪽의 정답이 하나가 아닙니다")
    assert told(read, "조건에 따라 나오는 피드백")


def test_essay_and_text() -> None:
    essay = one(item("essay_question", WRITTEN, right(OTHER, score="")))
    text = one(item("text_only_question", ""))
    unnamed = bare(plain("쓰십시오") + WRITTEN)

    assert [each.kind for each in (essay, text, unnamed)] == [
        ItemKind.ESSAY,
        ItemKind.DESCRIPTION,
        ItemKind.ESSAY,
    ]
    assert essay.problems == text.problems == ()
    assert bare(plain("읽으십시오")).kind is ItemKind.DESCRIPTION
