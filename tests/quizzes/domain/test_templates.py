import datetime
from typing import Any

import pytest

from apps.quizzes.domain.concrete import make_concrete
from apps.quizzes.domain.kinds import DOCUMENT_KINDS, KINDS, TEMPLATES, kind_of
from apps.quizzes.domain.kinds.base import Json
from apps.quizzes.domain.kinds.choices import Choice

from .documents import Item, problems, question

CHOICES = [
    Choice("100 tcp 443 0.0.0.0/0 allow", "100번", right=False),
    Choice("*", "기본 규칙", right=True, feedback="맞는 규칙이 없습니다."),
]


def nested(depth: int) -> Json:
    value: Json = {}
    for _ in range(depth):
        value = {"a": value}
    return value


@pytest.mark.parametrize("name", ["scenario", "generated"])
def test_a_template_can_be_read_but_not_answered(name: str) -> None:
    assert name in TEMPLATES
    assert name not in KINDS
    with pytest.raises(KeyError):
        kind_of(name)
    assert question(name).shown.kind == name


def test_every_kind_of_a_document_is_an_item_or_a_template() -> None:
    assert dict(DOCUMENT_KINDS) == {**KINDS, **TEMPLATES}
    assert all(kind.name == name for name, kind in DOCUMENT_KINDS.items())
    assert len({kind.label for kind in DOCUMENT_KINDS.values()}) == len(DOCUMENT_KINDS)


def test_what_a_file_expects_is_no_part_of_what_is_shown() -> None:
    assert question("scenario", expect=None).shown == question("scenario").shown
    assert question("scenario").secret.key == {"expect": ["delivered"]}


def test_a_scenario_is_kept_as_it_stands_and_apart_from_the_document() -> None:
    written: Json = {"flow": {"ports": [1, 2.5, None, True]}, "nacls": {"이름": {}}}
    spec = question("scenario", preset=None, scenario=written)
    assert spec.shown.body["scenario"] == written
    written["flow"]["ports"].append(3)
    assert spec.shown.body["scenario"] != written


def test_a_template_may_leave_its_words_to_the_engine() -> None:
    spec = question("generated", stem=None, explanation=None)
    assert (spec.shown.stem, spec.secret.explanation) == ("", "")


@pytest.mark.parametrize(
    ("changed", "path", "message"),
    [
        ({"preset": None}, "scenario", "하나만, 하나는"),
        ({"scenario": {}}, "scenario", "하나만, 하나는"),
        ({"widget": "Packet Walk"}, "widget", "영어 소문자"),
        ({"ask": None}, "ask", "반드시"),
        ({"expect": []}, "expect", "하나 이상"),
        ({"expect": ["a", "a"]}, "expect[1]", "같은 값"),
        ({"expect": "a"}, "expect", "배열이어야"),
    ],
)
def test_faulty_references_are_refused_at_their_place(
    changed: Json, path: str, message: str
) -> None:
    assert message in problems("scenario", **changed)[path]


@pytest.mark.parametrize(
    ("scenario", "message"),
    [
        ([], "객체여야"),
        ({"day": datetime.date(2026, 1, 1)}, "문자열, 수, true"),
        ({"n": float("inf")}, "문자열, 수, true"),
        ({"n": float("nan")}, "문자열, 수, true"),
        ({"n": 10**400}, "문자열, 수, true"),
        ({1: 2}, "이름은 문자열"),
        ({"a": "\0"}, "저장할 수 없는 글자"),
        ({"\ud800": 1}, "저장할 수 없는 글자"),
        (nested(40), "32겹까지"),
        (nested(100_000), "32겹까지"),
        ({"a": [0] * 9_000}, "너무 큽니다"),
        ({"a": "가" * 70_000}, "너무 큽니다"),
    ],
)  # fmt: skip
def test_a_scenario_that_cannot_be_stored_is_refused(scenario: Any, message: str) -> None:
    found = problems_of(scenario)
    assert message in found["scenario"]


def problems_of(scenario: Any) -> dict[str, str]:
    return problems("scenario", preset=None, scenario=scenario)


def test_an_engine_s_choices_make_a_question_that_can_be_answered() -> None:
    template = question("scenario")
    spec = make_concrete(
        template, kind="single", stem="무엇이 막습니까?", choices=CHOICES, explanation="끝까지."
    )
    assert (spec.about, spec.shown.stem) == (template.about, "무엇이 막습니까?")
    concrete = Item(spec)
    assert concrete.score(concrete.answer(answer="*")) == 1
    assert concrete.score(concrete.answer(answer="100 tcp 443 0.0.0.0/0 allow")) == 0


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        ("single", CHOICES[:1]),
        ("single", [CHOICES[1], Choice("b", "둘째", right=True)]),
        ("multiple", CHOICES[:1]),
        ("essay", CHOICES),
        ("single", [*CHOICES, CHOICES[0]]),
    ],
)
def test_what_is_no_question_is_refused(kind: str, choices: list[Choice]) -> None:
    with pytest.raises(ValueError):
        make_concrete(question("generated"), kind=kind, stem="", choices=choices, explanation="")
