"""Blocks in a container: their lengths are the quantities."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.widgets.ri_matrix.blocks import (
    FEWEST_BLOCKS,
    MOST_BLOCKS,
    MOST_THINGS,
    Bar,
    block_for,
    draw,
    extent,
    percent,
    plain,
)

F = Fraction
factors = st.sampled_from([F(1, 4), F(1, 2), F(1), F(2), F(4), F(8), F(24), F(192), F(896)])
things = st.lists(st.tuples(factors, st.integers(1, 1000)), min_size=1, max_size=4)
capacities = st.tuples(factors, st.integers(0, 1000)).map(lambda pair: pair[0] * pair[1])


def number(text: str) -> float:
    assert text.endswith("%")
    return float(text[:-1])


def total(groups: list[tuple[Fraction, int]]) -> Fraction:
    return sum((size * count for size, count in groups), F(0))


def length(bar: Bar) -> float:
    return sum(number(block.width) for block in bar.blocks)


def filled(bar: Bar) -> float:
    return sum(number(block.filled) for block in bar.blocks if block.filled)


@settings(max_examples=300, deadline=None)
@given(groups=things, capacity=capacities, share=st.fractions(0, 1))
def test_lengths_are_in_proportion_to_amounts(
    groups: list[tuple[Fraction, int]], capacity: Fraction, share: Fraction
) -> None:
    held = min(capacity, total(groups)) * share
    bar = draw(capacity, groups, held)
    everything = total(groups)
    assert filled(bar) == pytest.approx(length(bar) * float(held / everything), abs=0.2)
    wide = number(bar.container.width) if bar.container else 0
    share_of_container = float(capacity / (capacity + everything))
    assert wide / (wide + length(bar)) == pytest.approx(share_of_container, abs=0.002)
    room = sum(number(span.width) for span in bar.spare)
    assert room == pytest.approx(wide * float(1 - held / capacity) if capacity else 0, abs=0.2)


@settings(max_examples=300, deadline=None)
@given(groups=things, capacity=capacities, share=st.fractions(0, 1))
def test_nothing_is_drawn_outside_the_drawing_and_never_too_much(
    groups: list[tuple[Fraction, int]], capacity: Fraction, share: Fraction
) -> None:
    held = min(capacity, total(groups)) * share
    bar = draw(capacity, groups, held)
    places = [(part.x, part.width) for part in (*bar.spare, *bar.things)]
    places += [(block.x, block.width) for block in bar.blocks]
    for x, width in places:
        assert -0.01 <= number(x) <= 100.01
        assert number(x) + number(width) <= 100.05
    # Each thing may end with a part of a block.
    assert len(bar.blocks) <= MOST_BLOCKS + MOST_THINGS + 4
    assert len(bar.spare) <= MOST_BLOCKS + 1
    assert len(bar.things) <= MOST_THINGS


def test_a_half_filled_block_is_filled_by_half() -> None:
    bar = draw(F(1, 2), [(F(4), 1)], F(1, 2), block=F(1))
    assert len(bar.blocks) == 4
    first, *others = bar.blocks
    assert number(first.filled) == pytest.approx(number(first.width) / 2)
    assert not any(block.filled for block in others)


def test_what_finds_no_place_stands_apart_from_the_container() -> None:
    bar = draw(F(4), [(F(8), 1)], F(0))
    assert bar.container
    assert number(bar.blocks[0].x) > number(bar.container.width) + 1
    assert len(bar.spare) == 4


def test_what_overflows_begins_at_the_edge_of_the_container() -> None:
    bar = draw(F(4), [(F(8), 1)], F(4))
    assert bar.container
    assert number(bar.blocks[4].x) == pytest.approx(number(bar.container.width))
    assert not bar.spare


def test_two_bars_of_one_scale_show_equal_amounts_in_equal_lengths() -> None:
    width = max(extent(F(4), F(4), F(4)), extent(F(4), F(4), F(0)))
    alone = draw(F(4), [(F(4), 1)], F(4), width=width, block=F(1), gap=True)
    apart = draw(F(4), [(F(4), 1)], F(0), width=width, block=F(1), gap=True)
    assert length(alone) == pytest.approx(length(apart))
    assert alone.container
    assert apart.container
    assert alone.container.width == apart.container.width


@pytest.mark.parametrize("full", [F(1, 4), F(1), F(3), F(8), F(24), F(25), F(999), F(896_000)])
def test_there_are_blocks_enough_to_see_and_few_enough_to_count(full: Fraction) -> None:
    count = full / block_for(full)
    assert count <= MOST_BLOCKS
    assert count >= FEWEST_BLOCKS or block_for(full) == F(1, 4)


def test_each_instance_has_its_line_until_they_are_too_many() -> None:
    assert len(draw(F(0), [(F(1), 3), (F(2), 2)], F(0)).things) == 5
    many = draw(F(0), [(F(1), 1000)], F(0))
    assert len(many.things) == 1
    assert not many.counted


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (F(0), "0%"),
        (F(1, 2), "50%"),
        (F(1, 3), "33.3%"),
        (F(2, 3), "66.7%"),
        (F(1, 8), "12.5%"),
        (F(1, 16), "6.3%"),
        (F(1), "100%"),
    ],
)
def test_percentages_are_rounded_half_up(share: Fraction, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [(F(4), "4"), (F(1, 4), "0.25"), (F(20, 7), "20/7"), (F(896_000), "896,000"), (F(0), "0")],
)
def test_amounts_are_written_exactly(amount: Fraction, text: str) -> None:
    assert plain(amount) == text
