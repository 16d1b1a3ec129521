"""A difference between two wordings in three groups: words, key, structure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from apps.quizzes.domain.spec import QuestionSpec
from apps.studio.domain.diff import Change, Part, diff_specs
from apps.studio.domain.words import Mark, Piece

PART_LABELS = {Part.WORDING: "글", Part.KEY: "정답", Part.STRUCTURE: "구조"}
_HINTS = {
    Part.WORDING: "학습자가 읽는 글",
    Part.KEY: "무엇이 맞는 답인지",
    Part.STRUCTURE: "보기의 수와 차례, 종류, 설정",
}
# Of what stayed as it was, so much is shown beside a change.
_AROUND = 160


@dataclass(frozen=True, slots=True)
class Group:
    part: Part
    label: str
    hint: str
    changes: list[Change]


def diff_groups(old: QuestionSpec, new: QuestionSpec, more: Iterable[Change] = ()) -> list[Group]:
    """All three groups, empty ones too: that the key stays as it was is worth saying.

    An empty list where nothing differs at all. `more` are changes beside the wording.
    """
    changes = [*diff_specs(old, new), *more]
    if not changes:
        return []
    return [
        Group(
            part,
            PART_LABELS[part],
            _HINTS[part],
            [_shortened(change) for change in changes if change.part is part],
        )
        for part in Part
    ]


def changes_key(groups: Iterable[Group]) -> bool:
    return any(group.part is Part.KEY and group.changes for group in groups)


def _shortened(change: Change) -> Change:
    if change.is_list:
        return change
    last = len(change.pieces) - 1
    return replace(
        change,
        pieces=tuple(
            _cut(piece, first=index == 0, last=index == last)
            for index, piece in enumerate(change.pieces)
        ),
    )


def _cut(piece: Piece, *, first: bool, last: bool) -> Piece:
    """A long stretch that stayed: its ends, next to the changes."""
    text = piece.text
    if piece.mark is not Mark.SAME or len(text) <= 2 * _AROUND + 20:
        return piece
    head = "" if first else text[:_AROUND].rstrip()
    tail = "" if last else text[-_AROUND:].lstrip()
    return Piece(Mark.SAME, f"{head} … {tail}")
