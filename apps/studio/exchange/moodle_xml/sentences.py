"""What is told about an item or a file: not more than anybody reads, and never nothing."""

from collections.abc import Sequence
from typing import Final

from ..items import FileProblem, UnreadableError

MAX_SENTENCES: Final = 50  # about one item
MAX_PROBLEMS: Final = 1_000  # of a file
MAX_ITEMS: Final = 10_000


class Sentences:
    """In the order in which they were said. A hostile file has a hundred thousand of them."""

    def __init__(self) -> None:
        self._said: dict[str, None] = {}
        self._left_out = 0

    def say(self, sentence: str) -> None:
        if sentence in self._said:
            return
        if len(self._said) < MAX_SENTENCES:
            self._said[sentence] = None
        else:
            self._left_out += 1

    def all(self) -> tuple[str, ...]:
        rest = (f"그 밖에 알릴 것이 {self._left_out:,}개 더 있습니다.",) if self._left_out else ()
        return (*self._said, *rest)


def told_of_file(problems: Sequence[FileProblem]) -> tuple[FileProblem, ...]:
    """The problems of a file; of very many the first ones, and how many more there are."""
    rest = len(problems) - MAX_PROBLEMS
    if rest <= 0:
        return tuple(problems)
    more = FileProblem(0, f"그 밖에 읽지 못한 부분이 {rest:,}개 더 있습니다.")
    return (*problems[:MAX_PROBLEMS], more)


def too_many_items() -> UnreadableError:
    return UnreadableError(
        f"문제가 {MAX_ITEMS:,}개를 넘습니다. 나누어 내보낸 뒤 차례로 올려 주십시오."
    )
