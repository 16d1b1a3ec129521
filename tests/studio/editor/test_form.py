"""A document becomes a form and comes back the same, right or wrong."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.quizzes.domain.kinds.base import Json
from apps.studio.forms.editor import change_rows, document_of, fields_of
from apps.studio.forms.kinds import EVERYWHERE, FORMS, Field, Rows
from tests.quizzes.domain import documents
from tests.quizzes.factories import EVERY_KIND, TYPED

# What a browser sends: line ends are made one, and NUL is no text.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12)


def values_of(field: Field) -> st.SearchStrategy[Any]:
    """What may stand under the field; None for nothing."""
    filled = TEXTS.filter(bool)
    match field.widget:
        case "flag":
            return st.sampled_from([True, None])
        case "right":
            return st.booleans()
        case "answer":
            return st.sampled_from([True, False, None])
        case "whole":
            return st.one_of(st.integers(-99, 99_999), st.just("둘"), st.none())
        case "kept":
            return st.sampled_from(["right-one", "b2", None])
    return TEXTS if field.always else st.one_of(st.none(), filled)


def dicts_of(fields: tuple[Field, ...]) -> st.SearchStrategy[Json]:
    made = st.fixed_dictionaries({field.name: values_of(field) for field in fields})
    return made.map(lambda row: {name: value for name, value in row.items() if value is not None})


def lists_of(rows: Rows) -> st.SearchStrategy[list[Any]]:
    one = TEXTS if rows.is_plain else dicts_of(rows.members)
    return st.lists(one, max_size=4).map(without_empty_end)


def without_empty_end(rows: list[Any]) -> list[Any]:
    while rows and not (any(rows[-1].values()) if isinstance(rows[-1], dict) else rows[-1]):
        rows = rows[:-1]
    return rows


@st.composite
def any_document(draw: st.DrawFn) -> Json:
    """What the form of a kind can say: mostly nonsense."""
    kind = draw(st.sampled_from(TYPED))
    singles = tuple(part for part in FORMS[kind] if isinstance(part, Field))
    document = {"kind": kind, **draw(dicts_of((*EVERYWHERE, *singles)))}
    for part in FORMS[kind]:
        if isinstance(part, Rows):
            rows = draw(lists_of(part))
            if rows or part.always:
                document[part.name] = rows
    return document


def sent(fields: dict[str, str]) -> dict[str, list[str]]:
    return {name: [text] for name, text in fields.items()}


@settings(max_examples=100)
@given(any_document())
def test_a_form_says_the_document_that_it_was_made_of(document: Json) -> None:
    assert document_of(document["kind"], sent(fields_of(document))) == document


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_valid_question_of_every_kind_comes_back(kind: str) -> None:
    document = documents.document(kind)
    assert document_of(kind, sent(fields_of(document)), document) == document


def test_what_the_form_does_not_show_is_kept() -> None:
    document = documents.document("scenario", stem="물음 앞에 놓는 글")
    post = sent({**fields_of(document), "stem": "고친 글", "widget": "another"})
    assert document_of("scenario", post, document) == {**document, "stem": "고친 글"}


def test_empty_rows_at_the_end_are_left_out_and_those_between_stay() -> None:
    post = {"items[0]": ["가"], "items[1]": [""], "items[2]": ["다"], "items[3]": [""]}
    assert document_of("ordering", post)["items"] == ["가", "", "다"]


def test_rows_may_be_numbered_with_gaps() -> None:
    post = {"items[7]": ["나"], "items[2]": ["가"], "items[x]": ["아님"], "items": ["아님"]}
    assert document_of("ordering", post)["items"] == ["가", "나"]


def test_the_right_choice_of_one_is_a_radio_button() -> None:
    document = documents.document("single")
    fields = fields_of(document)
    assert fields["choice.right"] == "2"
    assert "choice[2].right" not in fields


def test_two_right_choices_of_one_are_kept_to_be_told_of() -> None:
    rows = [documents.choice("가", True), documents.choice("나", True)]
    document = documents.document("single", choice=rows)
    assert document_of("single", sent(fields_of(document))) == document


def test_an_id_made_of_the_text_goes_with_the_text() -> None:
    """So that an answer to the old words does not count for the new ones."""
    spec = documents.question("single")
    from apps.quizzes.domain.reading import dump_question

    fields = fields_of(dump_question(spec))
    assert not [name for name in fields if name.endswith(".id")]


def test_an_id_that_its_author_gave_stays() -> None:
    rows = [documents.choice("가", True, id="first"), documents.choice("나")]
    assert fields_of(documents.document("single", choice=rows))["choice[0].id"] == "first"


def test_line_ends_of_a_browser_become_one_and_nul_goes() -> None:
    assert document_of("essay", {"stem": ["가\r\n나\r다\0"]})["stem"] == "가\n나\n다"


def test_a_hostile_number_of_rows_is_bounded() -> None:
    post = {f"items[{number}]": ["가"] for number in range(999)}
    assert len(document_of("ordering", post)["items"]) == 60


@pytest.mark.parametrize(
    ("action", "items"),
    [
        ("up-items-1", ["나", "가", "다"]),
        ("down-items-1", ["가", "다", "나"]),
        ("remove-items-0", ["나", "다"]),
        ("up-items-0", ["가", "나", "다"]),
        ("down-items-2", ["가", "나", "다"]),
        ("remove-items-9", ["가", "나", "다"]),
        ("add-items", ["가", "나", "다"]),
    ],
)
def test_rows_move_and_go(action: str, items: list[str]) -> None:
    document, name = change_rows({"items": ["가", "나", "다"]}, "ordering", action)
    assert (document["items"], name) == (items, "items")


@pytest.mark.parametrize("action", ["save", "up-choice-0", "up-stem-0", "remove-", "add-items-x"])
def test_another_button_changes_no_rows(action: str) -> None:
    document = json.loads('{"items": ["가"]}')
    assert change_rows(document, "ordering", action) == (document, "")
