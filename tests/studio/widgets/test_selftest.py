"""The test of a generator: what it finds wrong, what it only mentions, and how reports add up."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.studio.domain.selftest import (
    Report,
    advice,
    likeliest_place,
    report_from_json,
    report_to_json,
    self_test,
)
from apps.widgetkit.asks import Ask, Choice, Generator, Parameter, ParameterError, Variant


def variant(
    seed: int,
    *,
    texts: Sequence[str] = ("가가", "나나", "다다", "라라"),
    right: int = 0,
    **changed: Any,
) -> Variant:
    choices = tuple(Choice(f"c{n}", text, "까닭입니다.") for n, text in enumerate(texts))
    values: dict[str, Any] = {
        "id": "asked",
        "stem": f"{seed}번에서 무엇이 맞습니까?",
        "kind": "single",
        "choices": choices,
        "key": frozenset({f"c{right}"}),
        "explanation": "계산하면 그렇습니다.",
    }
    return Variant({"seed": seed}, Ask(**{**values, **changed}))


def report_of(make: Callable[[int], Variant], seeds: int = 100) -> Report:
    return self_test(Generator("test", "시험", make), {}, range(seeds))


def test_a_good_generator_has_nothing_to_be_told() -> None:
    report = report_of(lambda seed: variant(seed, right=seed % 4))
    assert report.is_sound
    assert report.tried == report.made == report.different == 100
    assert report.counts == {4: 100}
    assert advice(report) == ()


def test_failing_seeds_are_named_with_their_reason() -> None:
    def make(seed: int) -> Variant:
        if seed % 10 == 3:
            raise ZeroDivisionError("by zero")
        return variant(seed)

    report = report_of(make)
    assert not report.is_sound
    assert report.failed == 10
    assert [each.seed for each in report.failures] == list(range(3, 100, 10))
    assert "ZeroDivisionError" in report.failures[0].reason


def test_of_many_failures_the_first_are_kept_and_all_are_counted() -> None:
    def make(seed: int) -> Variant:
        raise RuntimeError

    report = report_of(make)
    assert report.failed == 100
    assert len(report.failures) == 20


def test_a_question_that_is_another_one_each_time_is_a_failure() -> None:
    counter = iter(range(1000))
    report = report_of(lambda seed: variant(next(counter)))
    assert [each.seed for each in report.failures] == list(range(0, 100, 10))
    assert "서로 다른" in report.failures[0].reason


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"stem": "  "}, "글이 비어"),
        ({"explanation": ""}, "해설이 비어"),
        ({"texts": ("같은 말", "같은 말", "다른 말")}, "두 번"),
        ({"texts": ("하나뿐",)}, "하나뿐"),
        ({"texts": ("가", " ")}, "빈 보기"),
        ({"choices": (Choice("c0", "가"), Choice("c1", "나"))}, "설명이 없습니다: 나"),
        ({"choices": (Choice("c0", "가"), Choice("", "나", "까닭"))}, "문제가 되지 않습니다"),
    ],
)
def test_what_nobody_should_be_asked_is_a_failure(changed: dict[str, Any], said: str) -> None:
    report = report_of(lambda seed: variant(seed, **changed), 1)
    assert said in report.failures[0].reason


def test_the_same_question_counts_once() -> None:
    report = report_of(lambda seed: Variant({}, variant(seed % 3).ask))
    assert report.different == 3
    assert any("3개뿐" in each for each in advice(report))


def test_another_state_is_another_question_though_the_words_are_the_same() -> None:
    ask = variant(0, right=1).ask
    assert report_of(lambda seed: Variant({"port": seed}, ask)).different == 100


def test_a_key_that_is_always_the_longest_is_told() -> None:
    report = report_of(lambda seed: variant(seed, texts=("긴 보기입니다", "나", "다", f"라{seed}")))
    assert (report.tells.alone, report.tells.longest) == (100, 100)
    assert any("가장 긴 보기" in each for each in advice(report))


def test_places_count_only_where_the_order_is_kept() -> None:
    shuffled = report_of(lambda seed: variant(seed, right=2))
    assert shuffled.tells.placed == 0
    assert likeliest_place(shuffled) is None
    kept = report_of(lambda seed: variant(seed, right=2, keep_order=True))
    assert likeliest_place(kept) == 2
    assert any("3번째" in each for each in advice(kept))


def test_an_answer_that_is_nearly_always_right_is_told() -> None:
    assert any("같은 보기" in each for each in advice(report_of(lambda seed: variant(seed))))


def test_few_seeds_say_nothing_of_shares() -> None:
    assert advice(report_of(lambda seed: variant(seed), 30)) == ()


def test_of_several_right_answers_no_tells_are_counted() -> None:
    key = frozenset({"c0", "c1"})
    report = report_of(lambda seed: variant(seed, kind="multiple", key=key))
    assert report.is_sound
    assert report.tells.singles == 0


def test_unknown_parameters_are_refused_and_known_ones_reach_the_generator() -> None:
    steps = Parameter("steps", "단계", (("1", "한 단계"), ("2", "두 단계")), "1")

    def make(seed: int, steps: str = "1") -> Variant:
        return variant(seed, texts=("가", "나", "다")[: int(steps) + 1])

    generator = Generator("test", "시험", make, (steps,))
    assert self_test(generator, {}, range(3)).counts == {2: 3}
    assert self_test(generator, {"steps": "2"}, range(3)).counts == {3: 3}
    for wrong in ({"step": "1"}, {"steps": "3"}, {"steps": 1}):
        with pytest.raises(ParameterError):
            self_test(generator, wrong, range(3))


@settings(max_examples=50, deadline=None)
@given(cuts=st.lists(st.integers(0, 60), max_size=4))
def test_reports_add_up_however_the_seeds_are_cut_and_survive_as_json(cuts: list[int]) -> None:
    def make(seed: int) -> Variant:
        if seed % 7 == 5:
            raise RuntimeError
        return variant(seed % 11, right=seed % 4, keep_order=seed % 2 == 0)

    generator = Generator("test", "시험", make)
    whole = self_test(generator, {}, range(60))
    ends = [0, *sorted(cuts), 60]
    report = Report()
    for start, end in pairwise(ends):
        report += self_test(generator, {}, range(start, end))
        report = report_from_json(report_to_json(report))
    assert report.questions == whole.questions
    assert report.failures == whole.failures
    assert (report.tried, report.failed, report.counts) == (60, whole.failed, whole.counts)
    assert report.tells.places == whole.tells.places
    assert report.tells.longest_by_chance == pytest.approx(whole.tells.longest_by_chance)
