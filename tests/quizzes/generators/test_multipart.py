"""The least part of a multipart upload, found again by trying all smaller ones."""

import pytest

from apps.quizzes.generators.multipart import LEAST_PART, MOST_PARTS, least_part, parts_of
from tests.quizzes.generators.made import key_text, made


@pytest.mark.parametrize(
    ("size", "part", "parts"), [(100, 5, 20), (101, 5, 21), (4, 5, 1), (50_000, 5, 10_000)]
)
def test_the_last_part_may_be_smaller(size: int, part: int, parts: int) -> None:
    assert parts_of(size, part) == parts


@pytest.mark.parametrize(
    ("size", "part"),
    [(1, 5), (50_000, 5), (50_001, 6), (60_000, 6), (100 * 1024, 11), (1024 * 1024, 105)],
)
def test_parts_are_as_small_as_both_limits_let_them(size: int, part: int) -> None:
    assert least_part(size) == part


def tried(size: int) -> int:
    part = 5
    while len(range(0, size, part)) > 10_000:
        part += 1
    return part


def test_no_smaller_part_would_do() -> None:
    assert (LEAST_PART, MOST_PARTS) == (5, 10_000)
    for size in range(1, 400_000, 997):
        assert least_part(size) == tried(size)


def test_the_key_is_the_least_part_that_does() -> None:
    for variant in made("storage-multipart-part"):
        assert key_text(variant) == f"{tried(variant.scenario['size']):,} MiB"
