"""EBS snapshots of one volume: what a chain of them stores, and what goes when one is deleted."""

from collections.abc import Sequence
from random import Random

from apps.widgetkit.asks import Ask, Choice, Parameter, Variant

from .making import CHOICES, Sum, draw_until, generator, sum_generator, table

Blocks = frozenset[int]
_NOTHING = "nothing"


def stored(written: int, changed: Sequence[int]) -> int:
    """What the first snapshot and the later ones hold together.

    [ebs_snap] 2023-06-15: the first stores what is written, not the volume's size; each later one
    what changed since the one before it.
    """
    return written + sum(changed)


def freed(changes: Sequence[Blocks], deleted: int) -> Blocks:
    """Of which blocks the data goes with a snapshot; `changes[n]`: what snapshot n stored.

    [ebs_snapdel] 2023-06-15: only what no other snapshot refers to. The next snapshot refers to
    every block that it did not store anew.
    """
    if deleted == len(changes) - 1:
        return changes[deleted]
    return changes[deleted] & changes[deleted + 1]


# What is stored ---------------------------------------------------------------------------------


_LENGTH = Parameter(
    "snapshots", "스냅샷의 수", (("any", "섞어서"), ("3", "3개"), ("4", "4개")), "any"
)


def _lengths(snapshots: str) -> Sequence[int]:
    """How many snapshots there may be."""
    return (3, 4) if snapshots == "any" else (int(snapshots),)


def _draw_stored(rng: Random, snapshots: str = "any") -> Sum:
    written, count = rng.randrange(20, 90, 2), rng.choice(_lengths(snapshots)) - 1
    rewritten = [rng.randint(2, 9) for _ in range(count)]
    added = [rng.randint(1, 9) for _ in range(count)]
    volume = written + sum(added) + rng.randrange(20, 120, 10)
    volume += -volume % 10
    changed = [old + new for old, new in zip(rewritten, added, strict=True)]
    key = stored(written, changed)
    sums = f"{' + '.join(map(str, [written, *changed]))} = {key} GiB입니다."
    rows = [("1", "-", "-")] + [
        (str(n + 2), f"{rewritten[n]} GiB", f"{added[n]} GiB") for n in range(count)
    ]
    shown = table(("스냅샷", "앞 스냅샷 뒤에 고쳐 쓴 블록", "앞 스냅샷 뒤에 새로 쓴 블록"), rows)
    stem = (
        f"크기가 {volume} GiB인 EBS 볼륨에 데이터가 {written} GiB 기록되어 있을 때 첫 스냅샷을 "
        f"만들고, 그 뒤로 스냅샷을 더 만들었습니다.\n\n{shown}\n\n스냅샷 {count + 1}개가 저장한 "
        "블록은 합쳐서 몇 GiB입니까?"
    )
    explanation = (
        "첫 스냅샷은 기록된 블록을, 그다음부터는 앞 스냅샷 뒤에 바뀐 블록만 저장합니다. 고쳐 쓴 "
        f"블록과 새로 쓴 블록이 모두 바뀐 블록입니다. {sums}"
    )
    scenario = {"volume": volume, "written": written, "rewritten": rewritten, "added": added}
    slips = _slips_stored(volume, written, rewritten, added)
    told = [(number, f"{why} {sums}") for number, why in slips]
    return Sum(scenario, stem, key, told, explanation, lambda number: f"{number:,} GiB")


def _slips_stored(
    volume: int, written: int, rewritten: Sequence[int], added: Sequence[int]
) -> list[tuple[int, str]]:
    count = len(added)
    changed = [old + new for old, new in zip(rewritten, added, strict=True)]
    return [
        (volume + sum(changed), "첫 스냅샷은 볼륨의 크기가 아니라 기록된 블록을 저장합니다."),
        (
            written + sum(written + sum(added[: n + 1]) for n in range(count)),
            "두 번째 스냅샷부터는 볼륨 전체를 다시 저장하지 않습니다.",
        ),
        (volume * (count + 1), "스냅샷마다 볼륨의 크기만큼 저장하지는 않습니다."),
        (
            written + sum(sum(changed[: n + 1]) for n in range(count)),
            "첫 스냅샷이 아니라 바로 앞 스냅샷과 견주어 바뀐 블록을 저장합니다.",
        ),
        (written + sum(added), "고쳐 쓴 블록도 바뀐 블록이므로 새로 저장합니다."),
        (written + sum(rewritten), "새로 기록한 블록도 바뀐 블록이므로 저장합니다."),
        (written + changed[-1], "중간 스냅샷이 저장한 블록도 남아 있습니다."),
        (sum(changed), "첫 스냅샷이 저장한 블록을 빠뜨렸습니다."),
    ]


# What is freed ----------------------------------------------------------------------------------


def _make_freed(name: str, rng: Random, snapshots: str = "any") -> Variant:
    wanted = rng.choice(("none", "some", "some", "all"))
    lengths = _lengths(snapshots)
    changes, deleted = draw_until(rng, lambda rng: _draw_changes(rng, wanted, lengths))
    gone, why = freed(changes, deleted), _why_freed(changes, deleted)
    choices = [Choice(_blocks_id(gone), _blocks(gone), why)]
    choices += [
        Choice(_blocks_id(blocks), _blocks(blocks), f"{said} {why}")
        for blocks, said in _pick_wrong(rng, _wrong_blocks(changes, deleted))
    ]
    rng.shuffle(choices)
    rows = [(str(n + 1), _numbers(each)) for n, each in enumerate(changes)]
    stem = (
        f"블록 {len(changes[0])}개를 기록한 EBS 볼륨의 스냅샷을 차례로 만들었습니다. 각 스냅샷은 "
        f"다음 블록을 저장했습니다.\n\n{table(('스냅샷', '저장한 블록'), rows)}\n\n스냅샷 "
        f"{deleted + 1}번을 지우면, 이 스냅샷이 저장한 데이터 가운데 어느 블록의 것이 지워집니까?"
    )
    explanation = (
        "스냅샷을 지우면 다른 스냅샷이 참조하지 않는 데이터만 지워지고, 나머지는 다음 스냅샷이 "
        f"물려받습니다. {why}"
    )
    key = frozenset({_blocks_id(gone)})
    scenario = {"stored": [sorted(each) for each in changes], "deleted": deleted + 1}
    return Variant(scenario, Ask(name, stem, "single", tuple(choices), key, explanation))


def _draw_changes(
    rng: Random, wanted: str, lengths: Sequence[int]
) -> tuple[list[Blocks], int] | None:
    """The first snapshot stores all blocks, later ones a few; one of them is deleted."""
    blocks, count = range(1, rng.choice((6, 7, 8)) + 1), rng.choice(lengths)
    later = [frozenset(rng.sample(blocks, rng.choice((2, 3, 4)))) for _ in range(count - 1)]
    changes, deleted = [frozenset(blocks), *later], rng.randrange(count)
    gone = freed(changes, deleted)
    kind = "none" if not gone else "all" if gone == changes[deleted] else "some"
    enough = len(_wrong_blocks(changes, deleted)) >= CHOICES - 1
    return (changes, deleted) if kind == wanted and enough else None


def _pick_wrong(rng: Random, wrong: dict[Blocks, str]) -> list[tuple[Blocks, str]]:
    """Nothing at all is always offered: that it stands there tells nothing."""
    picked = [each for each in wrong if not each]
    others = sorted((each for each in wrong if each), key=sorted)
    picked += rng.sample(others, CHOICES - 1 - len(picked))
    return [(each, wrong[each]) for each in picked]


def _wrong_blocks(changes: Sequence[Blocks], deleted: int) -> dict[Blocks, str]:
    own, gone = changes[deleted], freed(changes, deleted)
    after = changes[deleted + 1] if deleted + 1 < len(changes) else frozenset()
    before = changes[deleted - 1] if deleted else frozenset()
    slips = [
        (own, "저장한 블록이 모두 지워지지는 않습니다."),
        (frozenset(), "다른 스냅샷이 참조하지 않는 데이터는 지워집니다."),
        (own - gone, "지워지는 블록과 남는 블록이 바뀌었습니다."),
        (after, "다음 스냅샷이 저장한 데이터는 그 스냅샷의 것입니다."),
        (own & before, "앞 스냅샷이 저장한 블록과 겹치는지는 상관없습니다."),
        (own | after, "다른 스냅샷이 저장한 데이터는 지워지지 않습니다."),
        (before, "앞 스냅샷이 저장한 데이터는 그대로 있습니다."),
    ]
    wrong: dict[Blocks, str] = {}
    for blocks, why in slips:
        if blocks != gone:
            wrong.setdefault(blocks, why)
    return wrong


def _why_freed(changes: Sequence[Blocks], deleted: int) -> str:
    number = deleted + 1
    if number == len(changes):
        return (
            f"스냅샷 {number}번은 마지막 것이라, 저장한 데이터를 참조하는 다른 스냅샷이 없습니다. "
            "그래서 저장한 것이 모두 지워집니다."
        )
    gone, kept = freed(changes, deleted), changes[deleted] - changes[number]
    parts = []
    if gone:
        parts.append(
            f"스냅샷 {number + 1}번이 다시 저장한 블록({_numbers(gone)})의 것은 지워집니다."
        )
    if kept:
        parts.append(
            f"스냅샷 {number + 1}번이 그대로 참조하는 블록({_numbers(kept)})의 것은 남습니다."
        )
    return " ".join(parts)


def _numbers(blocks: Blocks) -> str:
    return ", ".join(map(str, sorted(blocks)))


def _blocks(blocks: Blocks) -> str:
    return f"블록 {_numbers(blocks)}" if blocks else "지워지는 것이 없습니다."


def _blocks_id(blocks: Blocks) -> str:
    return "b" + "-".join(map(str, sorted(blocks))) if blocks else _NOTHING


GENERATORS = (
    sum_generator(
        "storage-snapshots-stored", "증분 스냅샷이 저장한 양 계산하기", _draw_stored, _LENGTH
    ),
    generator(
        "storage-snapshot-deleted", "스냅샷을 지우면 지워지는 블록 찾기", _make_freed, _LENGTH
    ),
)
