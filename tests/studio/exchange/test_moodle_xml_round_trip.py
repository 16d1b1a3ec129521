"""What was written comes back; what cannot is said beforehand."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.studio.exchange.items import (
    Item,
    ItemAnswer,
    ItemChoice,
    ItemFile,
    ItemKind,
    TextFormat,
)
from apps.studio.exchange.moodle_xml import (
    losses_moodle_xml,
    read_moodle_xml,
    write_moodle_xml,
)
from apps.studio.exchange.xml_safety import parse_xml

HOSTILE = [
    "]]>", "<![CDATA[", "]]]]>", "&lt;", "&amp;amp;", "<script>alert(1)</script>", "<text>", "\r\n",
    "\r", "\n\n", "&#13;", "&#x0;", "<!--", "-->", "<?xml?>", "</quiz>", "<!DOCTYPE a>", "&nbsp;",
    "\u00a0", "\u2028", "\u0085", "\ufeff", "\U0001f600", "한글", '"', "'", "%s", "{}",
    "@@PLUGINFILE@@/a.png",
]  # fmt: skip
BLANKS = " \t\r\n"
# What XML 1.0 holds, and no blanks at the ends.
LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
KEPT = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(LETTERS, max_size=4)), max_size=5).map(
    lambda parts: "".join(parts).strip(BLANKS)
)
SOME = KEPT.filter(bool)
WEIGHTS = st.sampled_from(["100", "33.33333", "-50", "0", "16.66667", "1e1"])
NUMBERS = st.sampled_from(["0", "-3.50", "1e3", "42", "*", "0.1"])
CHOICES = st.lists(st.builds(ItemChoice, KEPT, WEIGHTS, KEPT), max_size=4).map(tuple)
FILES = st.sampled_from([
    (), (ItemFile("a.png", b"1"),), (ItemFile("a.png", b"\0\xff"), ItemFile("b c/d&e.png", b"2")),
])  # fmt: skip


def _item(kind: ItemKind, **parts: st.SearchStrategy[object]) -> st.SearchStrategy[Item]:
    return st.builds(
        Item,
        line=st.just(0),
        kind=st.just(kind),
        title=KEPT,
        id=KEPT,
        tags=st.lists(SOME, max_size=3, unique=True).map(tuple),
        stem=KEPT,
        stem_format=st.sampled_from(TextFormat),
        general_feedback=KEPT,
        files=FILES,
        **parts,
    )


ITEMS = st.one_of(
    st.builds(
        Item, line=st.just(0), kind=st.just(ItemKind.CATEGORY), stem=KEPT, id=KEPT,
        tags=st.lists(SOME, max_size=3, unique=True).map(tuple),
    ),
    _item(ItemKind.SINGLE, choices=CHOICES),
    _item(ItemKind.MULTIPLE, choices=CHOICES),
    _item(
        ItemKind.TRUE_FALSE,
        answer=st.sampled_from([True, False, None]),
        feedback_true=KEPT,
        feedback_false=KEPT,
    ),
    _item(
        ItemKind.SHORT_TEXT,
        answers=st.lists(
            st.builds(ItemAnswer, text=KEPT, weight=WEIGHTS, feedback=KEPT), max_size=3
        ).map(tuple),
    ),
    _item(
        ItemKind.NUMERIC,
        answers=st.lists(
            st.builds(
                ItemAnswer,
                value=NUMBERS,
                tolerance=st.sampled_from(["", "0", "0.50"]),
                weight=WEIGHTS,
                feedback=KEPT,
            ),
            max_size=3,
        ).map(tuple),
    ),
    _item(ItemKind.MATCHING, pairs=st.lists(st.tuples(KEPT, KEPT), max_size=4).map(tuple)),
    _item(ItemKind.ESSAY),
    _item(ItemKind.DESCRIPTION),
)  # fmt: skip


def again(items: list[Item]) -> list[Item]:
    reading = read_moodle_xml(write_moodle_xml(items).encode())
    return [replace(each, line=0, problems=()) for each in reading.items]


@settings(max_examples=100, deadline=None)
@given(st.lists(ITEMS, max_size=3))
def test_what_xml_can_hold_comes_back(items: list[Item]) -> None:
    assert again(items) == items
    assert [losses_moodle_xml(item) for item in items] == [[] for _ in items]


WILD = st.one_of(
    st.text(max_size=8), st.sampled_from(HOSTILE), st.sampled_from(["\0", " x\n", "\x1b"])
)


@settings(max_examples=100, deadline=None)
@given(
    st.builds(
        Item,
        line=st.just(0),
        kind=st.sampled_from(ItemKind),
        title=WILD,
        tags=st.lists(WILD, max_size=2).map(tuple),
        stem=WILD,
        choices=st.lists(st.builds(ItemChoice, WILD, WILD, WILD), max_size=2).map(tuple),
        pairs=st.lists(st.tuples(WILD, WILD), max_size=2).map(tuple),
        answers=st.lists(
            st.builds(ItemAnswer, WILD, WILD, WILD, WILD, WILD, WILD, WILD), max_size=2
        ).map(tuple),
        feedback_true=WILD,
        files=st.lists(st.builds(ItemFile, WILD, st.binary(max_size=3)), max_size=2).map(tuple),
    )
)
def test_anything_is_written_well_formed_and_what_changes_is_said(item: Item) -> None:
    parse_xml(write_moodle_xml([item]))
    (back,) = again([item])
    expected = replace(item, problems=())
    if item.kind is ItemKind.CATEGORY:
        expected = replace(expected, stem_format=back.stem_format)
    files = tuple(sorted(expected.files, key=lambda each: each.path))

    assert bool(losses_moodle_xml(item)) == (back != replace(expected, files=files))


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (Item(0, ItemKind.ESSAY, stem="a\0b\x1b"), "제어 문자"),
        (Item(0, ItemKind.ESSAY, stem=" a\n"), "앞뒤의 빈칸"),
        (Item(0, ItemKind.ESSAY, stem="a", choices=(ItemChoice("b"),)), "보기를 그대로"),
        (Item(0, ItemKind.NUMERIC, stem="a", answers=(ItemAnswer(low="1", high="5"),)), "범위"),
        (Item(0, ItemKind.NUMERIC, stem="a", answers=(ItemAnswer(low="1"),)), "답을 그대로"),
        (Item(0, ItemKind.ESSAY, stem="a", tags=("b", "b", "")), "태그"),
        (Item(0, ItemKind.ESSAY, stem="a", files=(ItemFile("../x", b"1"),)), "그림"),
        (Item(0, ItemKind.CATEGORY, title="a", stem="b"), "이름"),
    ],
)
def test_losses_have_their_sentence(item: Item, words: str) -> None:
    (sentence,) = losses_moodle_xml(item)

    assert words in sentence


def test_a_range_becomes_its_middle_and_a_tolerance() -> None:
    answers = (ItemAnswer(low="1.1", high="1.4"), ItemAnswer(low="-10", high="90"))
    (back,) = again([Item(0, ItemKind.NUMERIC, stem="a", answers=answers)])

    assert [(each.value, each.tolerance) for each in back.answers] == [
        ("1.25", "0.15"),
        ("40", "50"),
    ]


def test_a_picture_stands_where_moodle_looks_for_it() -> None:
    item = Item(
        0,
        ItemKind.SINGLE,
        stem="보기를 보십시오.",
        stem_format=TextFormat.HTML,
        choices=(ItemChoice('<img src="@@PLUGINFILE@@/a%20b.png">', "100"), ItemChoice("둘")),
        files=(ItemFile("a b.png", b"1"), ItemFile("nowhere.png", b"2")),
    )
    question = parse_xml(write_moodle_xml([item])).children[0]
    names = {
        part.tag: [each.get("name") for each in part.all("file")]
        for part in reversed(question.children)
    }

    assert names["questiontext"] == ["nowhere.png"]
    assert names["answer"] == ["a b.png"]
    assert again([item]) == [item]


def test_the_settings_that_moodle_expects_are_written() -> None:
    written = write_moodle_xml([Item(0, ItemKind.SINGLE, stem="a", choices=(ItemChoice("b"),))])
    question = parse_xml(written).children[0]

    assert [each.tag for each in question.children] == [
        "name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden", "idnumber",
        "single", "shuffleanswers", "answernumbering", "answer",
    ]  # fmt: skip
    assert written.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n')
