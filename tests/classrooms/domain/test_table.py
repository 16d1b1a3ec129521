"""The one table, and the order and choice of its rows."""

from decimal import Decimal
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.classrooms.domain.gradebook import COLUMNS, Line, Total, Wish, arranged, total_of, wish_of
from apps.classrooms.domain.standing import Standing, State
from apps.classrooms.domain.table import Cell, Column, Row, Table, Value

TEN = Decimal(10)


def quiz(score: str | None, state: State = State.DONE_ON_TIME, most: Decimal = TEN) -> Standing:
    return Standing(state, None if score is None else Decimal(score), most)


def line(pk: int, number: str, name: str, *scores: str | None) -> Line:
    standings = {
        f"a{index}": quiz(score, State.NOT_STARTED if score is None else State.DONE_ON_TIME)
        for index, score in enumerate(scores)
    }
    return Line(pk, number, name, standings)


CLASS = [
    line(1, "10", "하늘", "5", "1"),
    line(2, "2", "바다", None, "3"),
    line(3, "", "가람", "9", None),
    line(4, "3", "노을", None, None),
]


def names(wish: Wish) -> list[str]:
    return [each.name for each in arranged(CLASS, wish)]


def test_numbers_are_sorted_as_people_count_and_who_has_none_stands_last() -> None:
    assert names(Wish()) == ["바다", "노을", "하늘", "가람"]
    assert names(Wish(is_descending=True)) == ["하늘", "노을", "바다", "가람"]


def test_names_totals_percents_and_assignments_sort_both_ways() -> None:
    assert names(Wish("name")) == ["가람", "노을", "바다", "하늘"]
    assert names(Wish("total")) == ["바다", "하늘", "가람", "노을"]
    assert names(Wish("total", is_descending=True)) == ["가람", "하늘", "바다", "노을"]
    assert names(Wish("a0")) == ["하늘", "가람", "바다", "노을"]
    assert names(Wish("a0", is_descending=True)) == ["가람", "하늘", "바다", "노을"]


def test_sums_and_percentages_are_different_orders() -> None:
    much = Line(1, "1", "많음", {"a": quiz("6"), "b": quiz("6")})
    good = Line(2, "2", "좋음", {"a": quiz("9"), "b": quiz(None, State.EXCUSED)})
    assert [each.name for each in arranged([much, good], Wish("total"))] == ["좋음", "많음"]
    assert [each.name for each in arranged([much, good], Wish("percent"))] == ["많음", "좋음"]


def test_search_finds_part_of_a_name_or_number_in_any_spelling() -> None:
    assert names(Wish(search="하늘")) == ["하늘"]
    assert names(Wish(search="하늘")) == ["하늘"]  # decomposed, as a Mac types it
    assert names(Wish(search="1")) == ["하늘"]
    assert names(Wish(search="없는 사람")) == []


def test_a_state_is_looked_for_in_any_assignment_or_in_one() -> None:
    assert names(Wish(state=State.NOT_STARTED)) == ["바다", "노을", "가람"]
    assert names(Wish(state=State.NOT_STARTED, of="a0")) == ["바다", "노을"]
    assert names(Wish(state=State.MISSING)) == []


def test_a_wish_survives_the_address_and_nonsense_in_it_is_left_out() -> None:
    assert wish_of({}, []).query() == ""
    fields = {"sort": "-a0", "state": "missing", "of": "a0", "q": "김"}
    assert wish_of(fields, ["a0"]).query() == "?sort=-a0&state=missing&of=a0&q=%EA%B9%80"
    nonsense = {"sort": "-nobody", "state": "lost", "of": "a9", "q": "\0  "}
    assert wish_of(nonsense, ["a0"]) == Wish()


def test_sorting_by_the_same_column_turns_it_round() -> None:
    once = Wish().sorted_by("total")
    assert (once.sort, once.is_descending) == ("total", False)
    assert once.sorted_by("total").is_descending
    assert not once.sorted_by("total").sorted_by("name").is_descending


def test_a_total_is_over_what_counts() -> None:
    standings = [
        quiz("7"),
        quiz("0", State.MISSING),
        quiz(None, State.EXCUSED),
        quiz(None, State.NOT_STARTED),
        quiz("4", State.GRADING),
        Standing(State.DONE_ON_TIME, None, None),
    ]
    total = total_of(standings)
    assert total == Total(Decimal(7), Decimal(20))
    assert total is not None
    assert total.percent == 35


def test_where_nothing_counts_there_is_no_total() -> None:
    assert total_of([]) is None
    assert total_of([quiz(None, State.NOT_STARTED)]) is None
    assert total_of([quiz("0", State.MISSING, Decimal(0))]) is None


def test_a_file_has_a_column_for_every_label_and_a_line_for_every_row() -> None:
    columns = (Column("n", "이름", ("이름",)), Column("a", "과제", ("점수", "상태")))
    row = Row((Cell((Value("하늘"),)), Cell((Value("3", is_number=True), Value("제출")))))
    lines = [[value.text for value in line] for line in Table(columns, (row,)).lines()]
    assert lines == [["이름", "점수", "상태"], ["하늘", "3", "제출"]]


def test_a_row_that_does_not_fit_is_refused() -> None:
    columns = (Column("a", "과제", ("점수", "상태")),)
    with pytest.raises(ValueError, match="does not fit"):
        Table(columns, (Row((Cell((Value("3"),)),)),))


people = st.lists(
    st.builds(
        line,
        st.integers(1, 10**6),
        st.text("0123456789-가A", max_size=6),
        st.text("가나다 aA", max_size=4),
        st.one_of(st.none(), st.integers(0, 10).map(str)),
    ),
    max_size=12,
    unique_by=lambda each: each.pk,
)
wishes = st.builds(
    Wish,
    sort=st.sampled_from([*COLUMNS, "a0"]),
    is_descending=st.booleans(),
    state=st.one_of(st.none(), st.sampled_from(State)),
    search=st.text("가A1", max_size=2),
)


@given(people, wishes)
def test_any_order_of_the_same_class_gives_the_same_table(lines: list[Line], wish: Wish) -> None:
    assert arranged(lines, wish) == arranged(list(reversed(lines)), wish)


@given(wishes)
def test_every_wish_survives_the_address(wish: Wish) -> None:
    assert wish_of(dict(parse_qsl(wish.query().lstrip("?"))), ["a0"]) == wish
