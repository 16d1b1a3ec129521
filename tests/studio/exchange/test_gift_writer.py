"""What is written as GIFT is read again as it was; what is lost on the way is told."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.studio.exchange.gift import losses_gift, read_gift, write_gift
from apps.studio.exchange.items import (
    Item,
    ItemAnswer,
    ItemChoice,
    ItemFile,
    ItemKind,
    TextFormat,
)

HOSTILE = [
    *(
        "{",
        "}",
        "{}",
        "\\",
        "\\\\",
        "\\n",
        "\\{",
        "//",
        "// ",
        "\n",
        "\n\n",
        "\n//",
        "::",
        ":",
        "->",
    ),
    *(" -> ", "=", "~", "#", "####", "%50%", "%", "[html]", "[plain] ", "[", "]", "$CATEGORY: a"),
    *(
        "T",
        "TRUE",
        "_____",
        "*",
        "1..5",
        "3:2",
        "\t",
        " ",
        "\u3000",
        "\u00a0",
        "\ufeff",
        "\v",
        "\f",
    ),
    *(
        "\u2028",
        "\x1f",
        "\x85",
        "&&058;",
        "가",
        "버킷",
        "a",
        "é",
        "😀",
        "-",
        ">",
        "[id:x]",
        "[tag:y]",
    ),
]
texts = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=3)), max_size=5).map("".join)
trimmed = texts.map(str.strip)
filled = trimmed.filter(bool)
weights = st.sampled_from(["100", "0", "50", "33.33333", "-33.33333", "-100", "100.0", "5."])
numbers = st.sampled_from(["0", "-1", "+3", "3.14", ".5", "5.", "1e3", "1822", "-0.5E-2"])
formats = st.sampled_from(TextFormat)


def base(kind: ItemKind) -> st.SearchStrategy[Item]:
    marked = st.lists(filled, max_size=2).map(tuple)
    return st.builds(
        Item,
        line=st.just(1),
        kind=st.just(kind),
        title=trimmed,
        id=trimmed,
        tags=marked,
        stem=trimmed,
        stem_format=formats,
        general_feedback=trimmed,
    )


def choice_items(kind: ItemKind) -> st.SearchStrategy[Item]:
    choices = st.lists(st.builds(ItemChoice, trimmed, weights, trimmed), min_size=2, max_size=4)
    return st.builds(lambda item, held: replace(item, choices=tuple(held)), base(kind), choices)


def answer_items(kind: ItemKind, answers: st.SearchStrategy[ItemAnswer]) -> st.SearchStrategy[Item]:
    held = st.lists(answers, min_size=1, max_size=4)
    return st.builds(lambda item, each: replace(item, answers=tuple(each)), base(kind), held)


short_answers = st.builds(ItemAnswer, text=trimmed, weight=weights, feedback=trimmed)
numeric_answers = st.one_of(
    st.builds(
        ItemAnswer,
        value=numbers,
        tolerance=st.one_of(st.just(""), numbers),
        weight=weights,
        feedback=trimmed,
    ),
    st.builds(ItemAnswer, low=numbers, high=numbers, weight=weights, feedback=trimmed),
    st.builds(ItemAnswer, value=st.just("*"), weight=weights, feedback=trimmed),
)
items = st.one_of(
    choice_items(ItemKind.SINGLE),
    choice_items(ItemKind.MULTIPLE),
    answer_items(ItemKind.SHORT_TEXT, short_answers),
    answer_items(ItemKind.NUMERIC, numeric_answers),
    st.builds(
        lambda item, pairs: replace(item, pairs=tuple(pairs)),
        base(ItemKind.MATCHING),
        st.lists(st.tuples(trimmed, trimmed), min_size=2, max_size=4),
    ),
    st.builds(
        lambda item, answer, yes, no: replace(
            item, answer=answer, feedback_true=yes, feedback_false=no
        ),
        base(ItemKind.TRUE_FALSE),
        st.booleans(),
        trimmed,
        trimmed,
    ),
    base(ItemKind.ESSAY),
    base(ItemKind.DESCRIPTION).map(lambda item: replace(item, general_feedback="")),
    base(ItemKind.CATEGORY).map(
        lambda item: replace(item, title="", general_feedback="", stem_format=TextFormat.MOODLE)
    ),
)


def again(item: Item) -> list[Item]:
    reading = read_gift(write_gift([item]))
    assert reading.problems == ()
    return [replace(read, line=item.line, problems=()) for read in reading.items]


@settings(max_examples=100)
@given(st.lists(items, max_size=4))
def test_what_gift_can_hold_comes_back_as_it_was(written: list[Item]) -> None:
    kept = [item for item in written if not losses_gift(item)]
    reading = read_gift(write_gift(kept))
    assert [replace(item, line=1, problems=()) for item in reading.items] == kept
    if kept:
        assert reading.problems == ()


@settings(max_examples=100)
@given(items)
def test_nothing_that_is_written_breaks_the_file(item: Item) -> None:
    after = Item(1, ItemKind.DESCRIPTION, stem="뒤")
    reading = read_gift(write_gift([item, after]))
    assert reading.problems == ()
    assert reading.items[-1].stem == "뒤"
    refused = any(said.startswith("GIFT로 내보낼 수 없습니다") for said in losses_gift(item))
    assert len(reading.items) == (1 if refused else 2)
    if not refused:
        assert reading.items[0].kind is item.kind


@settings(max_examples=100)
@given(texts)
def test_any_text_is_read_without_an_error_and_what_was_read_is_stable(text: str) -> None:
    reading = read_gift(text)
    kept = [item for item in reading.items if not losses_gift(item)]
    once = [replace(item, line=1, problems=()) for item in kept]
    assert [
        replace(each, line=1, problems=()) for each in read_gift(write_gift(kept)).items
    ] == once


def test_the_written_form_is_moodles() -> None:
    item = Item(
        1,
        ItemKind.SINGLE,
        title="객체: 저장",
        id="s3-1",
        tags=("스토리지", "a]b"),
        stem="객체를\n저장하면?",
        stem_format=TextFormat.HTML,
        choices=(ItemChoice("S3", "100", "맞음"), ItemChoice("EBS"), ItemChoice("EFS", "33.33333")),
        general_feedback="끝",
    )
    category = Item(1, ItemKind.CATEGORY, stem="top/a=b")
    assert write_gift([category, item]) == (
        "$CATEGORY: top/a=b\n"
        "\n"
        "// [id:s3-1] [tag:스토리지] [tag:a\\]b]\n"
        "::객체\\: 저장::[html]객체를\\n저장하면? {\n"
        "\t=S3#맞음\n"
        "\t~EBS\n"
        "\t~%33.33333%EFS\n"
        "\t####끝\n"
        "}\n"
    )


def test_numbers_and_true_or_false_are_written_in_moodles_form() -> None:
    number = Item(
        1,
        ItemKind.NUMERIC,
        stem="글",
        answers=(
            ItemAnswer(value="3", tolerance="0.5", feedback="맞음"),
            ItemAnswer(low="1", high="5", weight="50"),
            ItemAnswer(value="*", weight="0", feedback="아님"),
        ),
    )
    said = Item(1, ItemKind.TRUE_FALSE, stem="글", answer=False, feedback_false="맞음")
    assert write_gift([number, said]) == (
        "글 {#\n\t=3:0.5#맞음\n\t=%50%1..5\n\t~#아님\n}\n\n글 {\n\tFALSE##맞음\n}\n"
    )


SINGLE = Item(1, ItemKind.SINGLE, stem="글", choices=(ItemChoice("가", "100"), ItemChoice("나")))
SHORT = Item(1, ItemKind.SHORT_TEXT, stem="글", answers=(ItemAnswer(text="가"),))
PAIRS = Item(1, ItemKind.MATCHING, stem="글", pairs=(("가", "나"), ("다", "라")))


@pytest.mark.parametrize(
    ("item", "loss"),
    [
        (replace(SINGLE, files=(ItemFile("a.png", b""),)), "그림 1개"),
        (replace(SINGLE, stem=" 글"), "앞뒤의 공백"),
        (replace(SINGLE, stem="글\r\n글"), "줄바꿈"),
        (replace(SINGLE, stem="글\ud800"), "깨진 글자"),
        (replace(SINGLE, id="a\\"), "id와 태그"),
        (replace(SINGLE, tags=("a\nb",)), "id와 태그"),
        (replace(SINGLE, tags=("",)), "빈 태그"),
        (replace(SINGLE, pairs=(("가", "나"),)), "유형에 없는"),
        (replace(SINGLE, feedback_true="가"), "유형에 없는"),
        (replace(SHORT, answers=(ItemAnswer(text="가", value="3"),)), "유형에 없는"),
        (replace(SHORT, answers=(ItemAnswer(text="a->b"),)), "단답형"),
        (replace(PAIRS, pairs=(("a->b", "나"), ("다", "라"))), "왼쪽"),
        (Item(1, ItemKind.DESCRIPTION, stem="글", general_feedback="끝"), "전체 피드백"),
        (Item(1, ItemKind.CATEGORY, stem="글", title="제목"), "분류의 제목"),
        (Item(1, ItemKind.CATEGORY, stem="글", stem_format=TextFormat.HTML), "글 형식"),
    ],
)
def test_what_is_lost_is_told_and_the_rest_is_written(item: Item, loss: str) -> None:
    assert loss in " ".join(losses_gift(item))
    read = again(item)
    assert [each.kind for each in read] == [item.kind]
    assert read != [item]


@pytest.mark.parametrize(
    "item",
    [
        replace(SINGLE, choices=(ItemChoice("가", "100"),)),
        replace(SINGLE, choices=(ItemChoice("가", "50"), ItemChoice("나"))),
        replace(SINGLE, choices=(ItemChoice("가", "100"), ItemChoice("나", "반"))),
        replace(SINGLE, choices=tuple(ItemChoice("가", "100") for _ in range(600))),
        replace(SHORT, answers=()),
        replace(SHORT, answers=(ItemAnswer(text="가", weight="%"),)),
        Item(1, ItemKind.NUMERIC, stem="글", answers=(ItemAnswer(low="3"),)),
        Item(1, ItemKind.NUMERIC, stem="글", answers=(ItemAnswer(value="셋"),)),
        Item(1, ItemKind.NUMERIC, stem="글", answers=(ItemAnswer(text="3"),)),
        replace(PAIRS, pairs=(("가", "나"),)),
        Item(1, ItemKind.TRUE_FALSE, stem="글 [id:a]\n둘째 줄"),
        Item(1, ItemKind.CATEGORY, stem=" "),
        Item(1, ItemKind.DESCRIPTION),
    ],
)
def test_what_cannot_be_written_leaves_a_comment_and_is_told(item: Item) -> None:
    assert losses_gift(item)[0].startswith("GIFT로 내보낼 수 없습니다")
    reading = read_gift(write_gift([SINGLE, item, SHORT]))
    assert reading.problems == ()
    assert [each.kind for each in reading.items] == [ItemKind.SINGLE, ItemKind.SHORT_TEXT]


def test_the_same_choice_twice_is_written_twice() -> None:
    same = ItemChoice("가", "100")
    assert again(replace(SINGLE, choices=(same, same))) == [replace(SINGLE, choices=(same, same))]
    rest = ItemAnswer(value="*", weight="0")
    only = Item(1, ItemKind.NUMERIC, stem="글", answers=(rest, rest))
    assert again(only) == [only]


def test_no_items_are_no_text() -> None:
    assert write_gift([]) == ""
