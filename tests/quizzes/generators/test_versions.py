"""One key of a bucket with and without versioning, played through request by request."""

from typing import Any

import pytest

from apps.quizzes.generators.versions import Put, Request, got, kept
from tests.quizzes.generators.made import key_text, made

A, B, C = Put("A", 3), Put("B", 4), Put("C", 5)
MARKER = "marker"


@pytest.mark.parametrize(
    ("requests", "versions", "plain"),
    [
        ([A], (A,), (A,)),
        ([A, B], (A, B), (B,)),
        ([A, None], (A,), ()),
        ([A, B, None, C], (A, B, C), (C,)),
        ([None], (), ()),
        ([], (), ()),
    ],
)
def test_versioning_keeps_every_full_copy(
    requests: list[Request], versions: tuple[Put, ...], plain: tuple[Put, ...]
) -> None:
    assert kept(requests, versioned=True) == versions
    assert kept(requests, versioned=False) == plain


@pytest.mark.parametrize("versioned", [True, False])
def test_a_plain_get_returns_what_the_last_request_left(versioned: bool) -> None:
    assert got([A, B], versioned=versioned) == B
    assert got([A, None], versioned=versioned) is None
    assert got([A, None, B], versioned=versioned) == B
    assert got([], versioned=versioned) is None


def test_an_old_version_is_there_under_its_id_even_after_a_delete() -> None:
    assert got([A, B, None], versioned=True, version=A) == A
    assert got([A, B], versioned=False, version=A) is None


def stack_of(scenario: dict[str, Any]) -> list[Any]:
    """The versions and markers of the key, newest last; without versioning at most one."""
    stack: list[Any] = []
    for request in scenario["requests"]:
        if not scenario["versioned"]:
            stack.clear()
        if request is not None:
            stack.append(request)
        elif scenario["versioned"]:
            stack.append(MARKER)
    return stack


def test_the_key_is_what_lies_on_top_or_has_the_id() -> None:
    named = 0
    for variant in made("storage-version-got"):
        stack = stack_of(variant.scenario)
        wanted = variant.scenario["version"]
        named += bool(wanted)
        if wanted:
            assert variant.scenario["versioned"]
            (found,) = (each for each in stack if each != MARKER and each["name"] == wanted)
        else:
            found = stack[-1] if stack else MARKER
        expected = "객체가 없다는 오류(404)" if found == MARKER else found["name"]
        assert key_text(variant) == expected
    assert named >= 60


def test_the_key_is_the_size_of_all_that_is_kept() -> None:
    for variant in made("storage-versions-kept"):
        stack = stack_of(variant.scenario)
        size = sum(each["size"] for each in stack if each != MARKER)
        assert key_text(variant) == f"{size} MB"
