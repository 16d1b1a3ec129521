"""What a question of this site is in other programs' files, and what they do not hold."""

from typing import Any

import pytest

from apps.studio.exchange.items import ItemKind
from apps.studio.exchange.leaving import Leaving, Outgoing, leave
from apps.studio.exchange.write import ExportFormat, write_file
from tests.quizzes.domain import documents
from tests.quizzes.factories import TYPED, make_spec

BARE = {"lesson": None, "quote": None}


def left(kind: str, **changed: Any) -> Leaving:
    return leave(Outgoing(documents.question(kind, **{**BARE, **changed})))


@pytest.mark.parametrize("kind", TYPED)
@pytest.mark.parametrize("export_format", list(ExportFormat))
def test_every_typed_kind_can_leave(kind: str, export_format: ExportFormat) -> None:
    written = write_file(export_format, [Outgoing(make_spec(kind), slug="q")])
    assert written.text.strip()


@pytest.mark.parametrize("export_format", list(ExportFormat))
@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("single", {"keep_order": None}),
        ("multiple", {"pick": None, "keep_order": None}),
        ("true_false", {}),
        ("short_text", {}),
        ("numeric", {"unit": None, "answer": "2.5", "tolerance": "0.1"}),
        ("matching", {"pair": [{"left": "가", "right": "1"}, {"left": "나", "right": "2"}]}),
        ("essay", {"rubric": None, "max_length": None}),
    ],
)
def test_an_ordinary_question_loses_nothing(
    kind: str, changed: dict[str, Any], export_format: ExportFormat
) -> None:
    spec = documents.question(kind, **{**BARE, "as_of": None, **changed})
    assert write_file(export_format, [Outgoing(spec)]).losses == ()


def test_right_choices_share_the_points_and_wrong_ones_take_as_much() -> None:
    choice = [{"text": str(n), "right": n < 3, "feedback": "까닭"} for n in range(4)]
    item = left("multiple", choice=choice, pick=None).item
    assert item is not None
    assert [each.weight for each in item.choices] == ["33.33333"] * 3 + ["-33.33333"]


@pytest.mark.parametrize(
    ("answer", "tolerance", "written", "told"),
    [
        ("0.5", "0.1", ("0.5", "0.1"), False),
        ("1,000", "0", ("1000", ""), True),
        ("1/4", "0", ("0.25", ""), True),
        ("1/3", "0", ("0.333333333333", "0.000000000001"), True),
    ],
)
def test_numbers_are_written_as_other_programs_read_them(
    answer: str, tolerance: str, written: tuple[str, str], told: bool
) -> None:
    leaving = left("numeric", answer=answer, tolerance=tolerance, unit=None)
    assert leaving.item is not None
    said = leaving.item.answers[0]
    assert (said.value, said.tolerance) == written
    assert bool(leaving.losses) is told


def test_a_percentage_becomes_an_amount() -> None:
    fields: dict[str, Any] = {"answer": "50", "tolerance": None, "tolerance_percent": "10"}
    leaving = left("numeric", **fields, unit="번")
    assert leaving.item is not None
    assert leaving.item.answers[0].tolerance == "5"
    assert len(leaving.losses) == 2


def test_an_order_becomes_pairs_of_item_and_place() -> None:
    leaving = left("ordering", items=["나", "가"])
    assert leaving.item is not None
    assert leaving.item.kind is ItemKind.MATCHING
    assert leaving.item.pairs == (("나", "1"), ("가", "2"))
    assert any("짝짓기" in said for said in leaving.losses)


def test_a_computed_question_leaves_with_the_key_of_one_seed() -> None:
    leaving = left("scenario", expect=None)
    assert leaving.item is not None
    assert leaving.item.kind in {ItemKind.SINGLE, ItemKind.MULTIPLE}
    assert any("굳혀" in said for said in leaving.losses)


def test_what_cannot_be_computed_is_told_and_left_out() -> None:
    leaving = left("generated", generator="no-such-generator")
    assert leaving.item is None
    assert leaving.losses


def test_the_place_in_a_lesson_is_told() -> None:
    leaving = leave(Outgoing(documents.question("single", lesson="sg-vs-nacl", quote="서브넷")))
    assert any("레슨" in said for said in leaving.losses)
