"""What differs between two wordings, kind by kind."""

from typing import Any

import pytest

from apps.studio.domain.diff import Part, diff_specs, parts_changed
from apps.studio.domain.words import Mark
from tests.quizzes.domain.documents import OWN, choice, question

EVERY_KIND = tuple(OWN)
W, K, S = Part.WORDING, Part.KEY, Part.STRUCTURE


def told(kind: str, before: dict[str, Any], after: dict[str, Any]) -> set[tuple[Part, str]]:
    found = diff_specs(question(kind, **before), question(kind, **after))
    return {(change.part, change.what) for change in found}


def sides(kind: str, after: dict[str, Any], what: str) -> tuple[list[str], list[str]]:
    """What a change takes away and brings."""
    found = diff_specs(question(kind), question(kind, **after))
    (change,) = (each for each in found if each.what == what)
    return (
        [each.text for each in change.pieces if each.mark is Mark.REMOVED],
        [each.text for each in change.pieces if each.mark is Mark.ADDED],
    )


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_the_same_question_differs_in_nothing(kind: str) -> None:
    assert diff_specs(question(kind), question(kind)) == []


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_stem_and_explanation_are_wording(kind: str) -> None:
    changed = {"stem": "다른 물음은 무엇인가요?", "explanation": "다른 해설입니다."}
    assert told(kind, {}, changed) == {(W, "문제 글"), (W, "해설")}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_where_it_belongs_is_structure(kind: str) -> None:
    changed = {"topic": "other", "level": "분석", "difficulty": 5, "as_of": "2026-01-01"}
    found = told(kind, {}, changed)
    assert found == {(S, "주제"), (S, "인지 수준"), (S, "난이도"), (S, "수치의 기준일")}


def test_a_reworded_choice_is_no_change_of_the_key() -> None:
    first = [choice("규칙 번호 순서로 봅니다", True), choice("모두 봅니다")]
    again = [choice("규칙을 번호 순서로 봅니다", True), choice("모두 봅니다")]
    assert told("single", {"choice": first}, {"choice": again}) == {(W, "보기 1")}


def test_another_right_choice_is_a_change_of_the_key() -> None:
    moved = [choice("허용만", True), choice("허용과 거부"), choice("거부만")]
    assert (K, "정답") in told("single", {}, {"choice": moved})
    assert sides("single", {"choice": moved}, "정답") == (["거부만"], ["허용만"])


def test_choices_that_come_and_go_are_structure() -> None:
    choices = [*OWN["single"]["choice"][1:], choice("아무것도")]
    found = told("single", {}, {"choice": choices})
    assert {(S, "지운 보기"), (S, "넣은 보기")} <= found
    assert not any(part is K for part, _ in found)


def test_a_right_choice_more_is_structure_and_key() -> None:
    choices = [*OWN["multiple"]["choice"], choice("마", True)]
    found = told("multiple", {}, {"choice": choices, "pick": 3})
    assert {(S, "넣은 보기"), (K, "정답"), (S, "고를 개수")} <= found


def test_another_order_of_choices_is_structure() -> None:
    turned = OWN["single"]["choice"][::-1]
    assert told("single", {}, {"choice": turned, "keep_order": True}) == {
        (S, "보기의 차례"),
        (S, "보기를 섞지 않음"),
    }


def test_feedback_is_wording() -> None:
    choices = [choice("허용만", feedback="다른 설명"), *OWN["single"]["choice"][1:]]
    assert told("single", {}, {"choice": choices}) == {(W, "보기 1의 설명")}


def test_a_statement_that_is_false_by_now_is_a_change_of_the_key() -> None:
    changed = {"answer": False, "feedback_false": None, "feedback_true": "아닙니다."}
    assert (K, "정답") in told("true_false", {}, changed)


def test_another_partner_is_a_change_of_the_key() -> None:
    pairs = [dict(each) for each in OWN["matching"]["pair"]]
    pairs[2]["right"] = "리전"
    assert told("matching", {}, {"pair": pairs, "extra": None}) == {(K, "‘라우팅 테이블’의 정답")}


def test_another_category_is_a_change_of_the_key() -> None:
    rows = [dict(each) for each in OWN["categorize"]["row"]]
    rows[0]["category"] = "네트워크 ACL"
    assert told("categorize", {}, {"row": rows}) == {(K, "‘허용 규칙만 있다’의 정답")}


def test_another_right_order_is_a_change_of_the_key() -> None:
    assert told("ordering", {}, {"items": OWN["ordering"]["items"][::-1]}) == {(K, "바른 차례")}


def test_a_further_item_leaves_the_order_of_the_others() -> None:
    items = [*OWN["ordering"]["items"], "도착한다"]
    assert told("ordering", {}, {"items": items}) == {(S, "넣은 항목")}


def test_number_tolerance_and_unit() -> None:
    found = told("numeric", {}, {"answer": "0.7", "tolerance_percent": "5", "unit": "TiB"})
    assert found == {(K, "정답"), (K, "인정하는 오차"), (W, "단위")}


def test_accepted_answers_are_the_key_and_near_ones_structure() -> None:
    changed = {"accepted": ["보안 그룹", "방화벽"], "near": None}
    assert told("short_text", {}, changed) == {(K, "인정하는 답"), (S, "설명이 있는 오답")}


def test_what_graders_look_for_is_the_key_of_an_essay() -> None:
    found = told("essay", {}, {"rubric": ["예를 든다"], "max_length": 300})
    assert found == {(K, "채점에서 보는 것"), (S, "글자 수")}


def test_what_an_engine_is_asked_is_structure() -> None:
    assert told("scenario", {}, {"ask": "stopped-by"}) == {(S, "물음")}
    assert told("generated", {}, {"generator": "another"}) == {(S, "생성기")}


def test_another_kind_is_structure_and_a_new_key() -> None:
    found = diff_specs(question("single"), question("numeric"))
    assert {(S, "종류"), (S, "보기와 항목"), (K, "정답")} <= {
        (change.part, change.what) for change in found
    }


def test_from_one_right_choice_to_several_the_choices_are_compared() -> None:
    found = diff_specs(
        question("single"), question("multiple", choice=OWN["single"]["choice"], pick=None)
    )
    assert {(change.part, change.what) for change in found} == {(S, "종류")}


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("other", EVERY_KIND)
def test_every_two_kinds_can_be_compared(kind: str, other: str) -> None:
    assert bool(diff_specs(question(kind), question(other))) == (kind != other)


def test_parts_are_told_once_and_in_order() -> None:
    changed = question("single", stem="다른 물음", difficulty=3, explanation="다른 해설")
    assert parts_changed(question("single"), changed) == [W, S]
