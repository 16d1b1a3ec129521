"""Snapshot chains, played through on a small volume block by block."""

from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from apps.quizzes.generators.snapshots import freed, stored
from tests.quizzes.generators.made import key_text, made

View = dict[int, int]  # block: which write it holds


def test_the_first_stores_what_is_written_and_the_others_what_changed() -> None:
    assert stored(40, []) == 40
    assert stored(40, [6]) == 46
    assert stored(40, [6, 0, 3]) == 49


@pytest.mark.parametrize(
    ("changes", "deleted", "gone"),
    [
        (({1, 2, 3}, {2}, {2, 3}), 1, {2}),
        (({1, 2, 3}, {2}, {3}), 1, set()),
        (({1, 2, 3}, {2}, {3}), 0, {2}),
        (({1, 2, 3}, {2}, {2, 3}), 2, {2, 3}),
    ],
)
def test_only_what_no_other_snapshot_refers_to_is_freed(
    changes: Sequence[set[int]], deleted: int, gone: set[int]
) -> None:
    assert freed([frozenset(each) for each in changes], deleted) == gone


def views(changes: Sequence[frozenset[int]]) -> list[View]:
    """What each snapshot restores: the last write of every block so far."""
    found: list[View] = []
    for number, blocks in enumerate(changes):
        found.append({**(found[-1] if found else {}), **dict.fromkeys(blocks, number)})
    return found


def lost(changes: Sequence[frozenset[int]], deleted: int) -> set[int]:
    """Blocks with a write that only the deleted snapshot could restore."""
    all_views = views(changes)
    others = {write for n, view in enumerate(all_views) if n != deleted for write in view.items()}
    return {block for block, _ in all_views[deleted].items() - others}


def test_any_chain_loses_what_only_the_deleted_snapshot_restores() -> None:
    rng = Random(5)
    for _ in range(300):
        later = [frozenset(rng.sample(range(6), rng.randint(0, 5))) for _ in range(3)]
        changes = [frozenset(range(6)), *later]
        for deleted in range(4):
            assert freed(changes, deleted) == lost(changes, deleted)


def test_the_key_names_the_blocks_that_are_lost() -> None:
    kinds = set()
    for variant in made("storage-snapshot-deleted"):
        changes = [frozenset(each) for each in variant.scenario["stored"]]
        gone = lost(changes, variant.scenario["deleted"] - 1)
        kinds.add(len(gone))
        expected = (
            f"블록 {', '.join(map(str, sorted(gone)))}" if gone else "지워지는 것이 없습니다."
        )
        assert key_text(variant) == expected
    assert {0, 1, 2, 3} <= kinds


def gibibytes(scenario: dict[str, Any]) -> int:
    """Write a volume block by block, and count what each snapshot has to store."""
    view: View = dict.fromkeys(range(scenario["written"]), 0)
    taken = [dict(view)]
    rounds = zip(scenario["rewritten"], scenario["added"], strict=True)
    for number, (rewritten, added) in enumerate(rounds, start=1):
        top = len(view)
        view |= dict.fromkeys(range(rewritten), number)
        view |= dict.fromkeys(range(top, top + added), number)
        taken.append(dict(view))
    assert len(view) <= scenario["volume"]
    return len(taken[0]) + sum(len(new.items() - old.items()) for old, new in pairwise(taken))


def test_the_key_is_what_the_snapshots_of_such_a_volume_store() -> None:
    for variant in made("storage-snapshots-stored"):
        assert key_text(variant) == f"{gibibytes(variant.scenario)} GiB"
