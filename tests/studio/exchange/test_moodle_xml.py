"""Moodle XML is read as Moodle reads it: kinds, answers, formats."""

import pytest

from apps.studio.exchange.items import (
    Item,
    ItemAnswer,
    ItemChoice,
    ItemKind,
    Reading,
    TextFormat,
)
from apps.studio.exchange.moodle_xml import read_moodle_xml

from .moodle_samples import EXPORT, answer, one, question, told


def test_an_export_of_moodle_without_any_problem() -> None:
    reading = read_moodle_xml(EXPORT.encode())

    assert reading == Reading(
        (
            Item(line=4, kind=ItemKind.CATEGORY, stem="$course$/top/1주차/네트워크"),
            Item(
                line=15,
                kind=ItemKind.SINGLE,
                title="서브넷",
                id="net-01",
                tags=("네트워크", "VPC"),
                stem="<p>서브넷은 <b>어디</b>에 속합니까?<br></p>",
                stem_format=TextFormat.HTML,
                choices=(
                    ItemChoice("<p>가용 영역 하나</p>", "100", "맞습니다."),
                    ItemChoice("<p>리전 전체 &amp; 그 밖</p>", "0"),
                ),
                general_feedback="<p>한 가용 영역에 속합니다.</p>",
            ),
        )
    )


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_the_same_in_other_encodings(codec: str) -> None:
    source = EXPORT.replace("\n", "\r\n").replace('encoding="UTF-8"', "")

    assert read_moodle_xml(source.encode(codec)) == read_moodle_xml(EXPORT.encode())


def test_several_choices_keep_their_weights_as_written() -> None:
    item = one(
        question(
            "multichoice",
            "<single>false</single>",
            answer("가", "33.33333"),
            answer("나", "66.66667"),
            answer("다", "-50", "아닙니다."),
        )
    )

    assert item.kind is ItemKind.MULTIPLE
    assert [each.weight for each in item.choices] == ["33.33333", "66.66667", "-50"]
    assert item.choices[2].feedback == "아닙니다."


@pytest.mark.parametrize(
    ("single", "kind"),
    [
        ("", ItemKind.SINGLE),
        ("<single>true</single>", ItemKind.SINGLE),
        ("<single> 1 </single>", ItemKind.SINGLE),
        ("<single>0</single>", ItemKind.MULTIPLE),
        ("<single>false</single>", ItemKind.MULTIPLE),
        ("<single/>", ItemKind.MULTIPLE),
    ],
)
def test_single_or_multiple_as_moodle_decides(single: str, kind: ItemKind) -> None:
    assert one(question("multichoice", single, answer("가"))).kind is kind


@pytest.mark.parametrize("right", [True, False])
def test_true_false(right: bool) -> None:
    item = one(
        question(
            "truefalse",
            answer("true", "100" if right else "0", "참을 고름"),
            answer("false", "0" if right else "100", "거짓을 고름"),
            "<penalty>1.0000000</penalty>",
        )
    )

    assert (item.answer, item.feedback_true, item.feedback_false, item.problems) == (
        right,
        "참을 고름",
        "거짓을 고름",
        (),
    )


def test_true_false_in_another_language_counts_by_place() -> None:
    item = one(question("truefalse", answer("참", "0", "ㄱ"), answer("거짓", "100", "ㄴ")))

    assert (item.answer, item.feedback_true, item.feedback_false) == (False, "ㄱ", "ㄴ")
    assert told(item, "순서로 읽었습니다")


def test_true_false_without_a_right_answer() -> None:
    item = one(question("truefalse", answer("true", "0"), answer("false", "0")))

    assert item.answer is None
    assert told(item, "무엇이 정답인지")


def test_short_text() -> None:
    item = one(
        question(
            "shortanswer",
            "<usecase>1</usecase>",
            answer("S3 &amp; EBS"),
            answer("*", "0", "다시"),
        )
    )

    assert item.kind is ItemKind.SHORT_TEXT
    assert item.answers == (
        ItemAnswer("S3 & EBS"),
        ItemAnswer("*", weight="0", feedback="다시"),
    )
    assert told(item, "대소문자")


def test_numbers_with_tolerance_units_and_in_the_old_way() -> None:
    item = one(
        question(
            "numerical",
            answer("3.1400", extra="<tolerance>0.005</tolerance>"),
            "<answer>22<fraction>0.5</fraction><feedback><text>대략</text></feedback></answer>",
            answer("*", "0", "아닙니다.", "<tolerance>0</tolerance>"),
            "<units><unit><multiplier>1</multiplier><unit_name>GiB</unit_name></unit></units>",
            "<unitgradingtype>1</unitgradingtype><unitpenalty>0.1</unitpenalty>",
        )
    )

    assert item.answers == (
        ItemAnswer(value="3.1400", tolerance="0.005"),
        ItemAnswer(value="22", weight="50", feedback="대략"),
        ItemAnswer(value="*", tolerance="0", weight="0", feedback="아닙니다."),
    )
    assert told(item, "단위는 옮기지 않습니다: GiB")
    assert told(item, "단위 채점")
    assert told(one(question("numerical", answer("셋"))), "수가 아닙니다")


@pytest.mark.parametrize("kind", ["matching", "match"])
def test_matching_with_one_side_too_many(kind: str) -> None:
    item = one(
        question(
            kind,
            "<shuffleanswers>true</shuffleanswers>",
            '<subquestion format="html"><text><![CDATA[<p>EC2</p>]]></text>'
            "<answer><text>컴퓨팅</text></answer></subquestion>",
            "<subquestion><text>S3</text><answer><text>저장</text></answer></subquestion>",
            "<subquestion><text></text><answer><text>메일</text></answer></subquestion>",
        )
    )

    assert item.kind is ItemKind.MATCHING
    assert item.pairs == (("<p>EC2</p>", "컴퓨팅"), ("S3", "저장"), ("", "메일"))
    assert item.problems == ()


def test_essay_and_description() -> None:
    essay = one(
        question(
            "essay",
            "<responseformat>editor</responseformat><responserequired>1</responserequired>"
            "<responsefieldlines>15</responsefieldlines><attachments>2</attachments>"
            "<graderinfo format='html'><text>기준</text></graderinfo>"
            "<responsetemplate format='html'><text></text></responsetemplate>"
            "<answer fraction='0'><text></text></answer><penalty>0</penalty>",
        )
    )
    description = one(question("description").replace("1.0000000", "0.0000000"))

    assert essay.kind is ItemKind.ESSAY
    assert essay.problems == (
        "파일을 내는 답은 옮기지 않습니다. 글로 쓰는 답만 받습니다.",
        "채점자에게 주는 안내는 옮기지 않습니다.",
    )
    assert (description.kind, description.problems) == (ItemKind.DESCRIPTION, ())


@pytest.mark.parametrize(
    ("named", "read_as"),
    [
        ("html", TextFormat.HTML),
        ("moodle_auto_format", TextFormat.MOODLE),
        ("plain_text", TextFormat.PLAIN),
        ("markdown", TextFormat.MARKDOWN),
        ("", TextFormat.HTML),
    ],
)
def test_formats(named: str, read_as: TextFormat) -> None:
    item = one(question("essay", format=named))

    assert (item.stem_format, item.problems) == (read_as, ())


def test_an_unknown_format_is_told() -> None:
    item = one(question("essay", format="wiki_like"))

    assert item.stem_format is TextFormat.HTML
    assert told(item, "wiki_like")


def test_a_format_that_differs_is_told_only_where_it_matters() -> None:
    plain = answer("가나다").replace('format="html"', 'format="plain_text"')
    marked = answer("List&lt;T&gt;").replace('<answer fraction="100" format="html"', (
        '<answer fraction="100" format="plain_text"'
    ))  # fmt: skip

    assert not one(question("multichoice", plain)).problems
    assert told(one(question("multichoice", marked)), "보기 1의 글 형식(일반 텍스트)")
    assert one(question("multichoice", marked)).choices[0].text == "List<T>"
