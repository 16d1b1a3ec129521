"""Changes of a quiz's document: pure, whatever order they come in."""

from collections import Counter
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.studio.domain.quiz_changes import (
    ChangeError,
    Document,
    add_fixed,
    add_random,
    add_section,
    change_random,
    draws_of,
    fixed_questions,
    move_draw,
    move_draw_to,
    move_section,
    numbers,
    read_place,
    set_points,
    wish_of,
)
from apps.studio.domain.quiz_words import differences

RANDOM = {"topic": "t", "tag": "", "pool": "exam", "source": "file", "count": 3}


def document(*sections: list[str]) -> Document:
    return {
        "title": "퀴즈",
        "sections": [
            {
                "title": "",
                "shuffle": False,
                "draws": [{"question": each, "points": "1"} for each in draws],
            }
            for draws in sections
        ],
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.sampled_from([-1, 1]))))
def test_however_questions_move_none_is_lost_or_doubled(moves: list[tuple[int, int, int]]) -> None:
    first = now = document(["a", "b", "c"], [], ["d", "e"])
    kept = deepcopy(first)
    for section, index, step in moves:
        try:
            now = move_draw(now, place=(section, index), step=step).document
        except ChangeError:
            continue
    assert Counter(fixed_questions(now)) == Counter("abcde")
    assert first == kept  # what was given is not touched


def test_a_move_and_the_move_back_are_nothing() -> None:
    start = document(["a", "b"], ["c"])
    there = move_draw(start, place=(0, 1), step=1)
    assert there.focus == "draw-2-1"
    assert move_draw(there.document, place=(1, 0), step=-1).document == start


def test_numbers_count_what_is_drawn() -> None:
    changed = add_random(document(["a"], ["b"]), section=0, draw=RANDOM).document
    assert numbers(changed) == {(0, 0): (1, 1), (0, 1): (2, 4), (1, 0): (5, 5)}


def test_questions_that_are_there_are_not_added_again() -> None:
    start = document(["a"])
    assert fixed_questions(add_fixed(start, section=0, questions=["a", "b", "b"]).document) == [
        "a",
        "b",
    ]
    for questions in (["a"], []):
        with pytest.raises(ChangeError):
            add_fixed(start, section=0, questions=questions)


def test_the_first_question_of_a_quiz_without_sections_makes_one() -> None:
    assert fixed_questions(add_fixed(document(), section=0, questions=["a"]).document) == ["a"]


@pytest.mark.parametrize("text", ["", "x", "1.x", "-1", "1.2.3", "²", "1234"])
def test_places_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ChangeError):
        read_place(text)


@pytest.mark.parametrize(
    "points", ["", "0", "-1", "101", "1.005", "NaN", "Infinity", "1e9", "많이"]
)
def test_points_have_bounds(points: str) -> None:
    with pytest.raises(ChangeError):
        set_points(document(["a"]), place=(0, 0), points=points)


def test_points_are_kept_without_zeros() -> None:
    changed = set_points(document(["a"]), place=(0, 0), points=" 2.50 ")
    assert [draw["points"] for _, draw in draws_of(changed.document)] == ["2.5"]
    assert changed.note == "1번 문제의 배점을 2.5점으로 바꿨습니다."


def test_a_quiz_has_bounds() -> None:
    with pytest.raises(ChangeError):
        add_random(document(["a"]), section=0, draw={**RANDOM, "count": 200})
    full = document(*([[]] * 20))
    with pytest.raises(ChangeError):
        add_section(full, title="하나 더")
    with pytest.raises(ChangeError):
        add_section(document(), title="가" * 121)


def test_a_fixed_question_does_not_become_a_draw() -> None:
    with pytest.raises(ChangeError):
        change_random(document(["a"]), place=(0, 0), draw=RANDOM)


def test_a_draw_goes_to_the_end_of_another_section() -> None:
    changed = move_draw_to(document(["a"], ["b"]), place=(0, 0), section=1)
    assert (changed.focus, fixed_questions(changed.document)) == ("draw-2-2", ["b", "a"])
    with pytest.raises(ChangeError):
        move_draw_to(document(["a"]), place=(0, 0), section=0)


def test_a_section_does_not_leave_the_quiz() -> None:
    with pytest.raises(ChangeError):
        move_section(document(["a"], ["b"]), section=1, step=1)


@pytest.mark.parametrize(
    ("note", "wish"),
    [
        ("3번 문제를 위로 옮겼습니다.", "3번 문제를 위로 옮기기"),
        ("‘기초’ 영역을 지웠습니다. 안의 2개 항목도 뺐습니다.", "‘기초’ 영역을 지우기"),
        ("설정을 바꿨습니다.", "설정을 바꾸기"),
    ],
)
def test_what_was_not_done_is_said_as_a_wish(note: str, wish: str) -> None:
    assert wish_of(note) == wish


def test_differences_are_told_in_words() -> None:
    base = {
        "title": "퀴즈",
        **dict.fromkeys(("summary", "topic", "lesson"), ""),
        "minutes": 10,
        "scoring": "partial",
        "shuffle_choices": True,
        **dict.fromkeys(("pass_mark", "time_limit", "max_attempts")),
        "feedback": "immediate",
    }
    old = {**base, **document(["a", "b"])}
    new = {**base, **document(["b"], ["c"]), "time_limit": 1200, "shuffle_choices": False}
    assert differences(old, new, {"a": "가 문제", "c": "다 문제"}) == [
        "보기 순서 섞기: 켬 → 끔",
        "제한 시간: 없음 → 20분",
        "영역: 1번째 → 1번째, 2번째",
        "넣은 문제: “다 문제”",
        "뺀 문제: “가 문제”",
    ]
