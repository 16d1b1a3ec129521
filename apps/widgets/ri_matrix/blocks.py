"""Quantities as blocks: a container that fills, and what does not fit drawn outside it.

Geometry only, no HTML. Lengths are percentages of the drawing's width, so that it stretches with
the page while corners and letters keep their size.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from apps.kernel.pricing.amounts import write_amount

MOST_BLOCKS = 24
"""More would be too narrow to count on a phone; one block then stands for more."""
FEWEST_BLOCKS = 3
SMALLEST_BLOCK = Fraction(1, 4)  # the smallest factor: nano
MOST_THINGS = 24
_GAP = Fraction(5)  # percent between a container and what found no place in it at all
_ROUND = 1000


@dataclass(frozen=True, slots=True)
class Span:
    """From where, and how wide: `12.5%`."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block, and how much of it is filled; `filled` is empty where nothing is."""

    x: str
    width: str
    filled: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One drawing.

    `container` holds what it can; `blocks` are all things, filled as far as they are held;
    `spare` is the room left in the container; `things` are lines along the blocks of one instance,
    one line for all where they are too many to tell apart.
    """

    container: Span | None
    blocks: tuple[Block, ...]
    spare: tuple[Span, ...]
    things: tuple[Span, ...]
    block: str
    """How much one block stands for: `1`, `0.25`, `8`."""
    counted: bool
    """Whether each of the `things` is one instance."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A bar with its title, what is in it line by line, its legend, and all that in a sentence."""

    id: str
    title: str
    lines: tuple[str, ...]
    bar: Bar
    unit: str
    """What one block stands for; empty where another bar says it."""
    sentence: str
    inside: str = ""
    over: str = ""
    """What lies outside the container."""
    spare: str = ""
    """The room left in it."""
    wrong: bool = False
    """Whether what lies outside, or the room, is a mistake."""
    quiet: bool = False
    """Whether the text beside it says the same: the sentence is then for those who cannot see."""


def draw(
    capacity: Fraction,
    things: Sequence[tuple[Fraction, int]],
    held: Fraction,
    *,
    width: Fraction | None = None,
    block: Fraction | None = None,
    gap: bool = False,
) -> Bar:
    """A container of `capacity`, and things (how large, how many) of which `held` is inside.

    What finds no place at all stands apart. `width`, `block` and `gap` bring several bars to one
    scale: the most that any of them shows (see `extent`), how much a block stands for (see
    `block_for`), and whether anything in any of them stands apart. Amounts are at least 0.
    """
    total = sum((size * count for size, count in things), Fraction(0))
    outside = total - held
    apart = held == 0 and capacity > 0 and total > 0
    full = width or capacity + outside
    size = block or block_for(full)
    scale = _Scale(full or Fraction(1), _GAP if apart or gap else Fraction(0))
    start = capacity if apart else Fraction(0)
    shift = scale.gap if apart else Fraction(0)
    return Bar(
        container=scale.span(Fraction(0), capacity) if capacity else None,
        blocks=tuple(_blocks(scale, start, shift, things, held, size)),
        spare=tuple(scale.span(low, high - low) for low, high in _cut(held, capacity - held, size)),
        things=tuple(_lines(scale, start, shift, things)),
        block=write_amount(size),
        counted=sum(count for _, count in things) <= MOST_THINGS,
    )


def extent(capacity: Fraction, total: Fraction, held: Fraction) -> Fraction:
    """How much a bar shows from end to end."""
    return capacity + total - held


def block_for(full: Fraction) -> Fraction:
    """A power of two that makes blocks enough to see a quantity, and few enough to count them."""
    size = Fraction(1)
    while full / size > MOST_BLOCKS:
        size *= 2
    while full / size < FEWEST_BLOCKS and size > SMALLEST_BLOCK:
        size /= 2
    return size


def percent(share: Fraction) -> str:
    """`Fraction(1, 3)` → `33.3%`; half up, and no zeros behind the point."""
    tenths = int(share * 1000 + Fraction(1, 2))
    whole, rest = divmod(tenths, 10)
    return f"{whole:,}.{rest}%" if rest else f"{whole:,}%"


def plain(amount: Fraction) -> str:
    """An exact amount for a sentence: `1,000`, `0.5`, `20/7`."""
    if amount.denominator == 1:
        return f"{amount.numerator:,}"
    return write_amount(amount)


@dataclass(frozen=True, slots=True)
class _Scale:
    full: Fraction
    gap: Fraction

    def at(self, amount: Fraction) -> Fraction:
        return amount / self.full * (100 - self.gap)

    def span(self, start: Fraction, length: Fraction, shift: Fraction = Fraction(0)) -> Span:
        return Span(_css(self.at(start) + shift), _css(self.at(length)))


def _css(value: Fraction) -> str:
    thousandths = int(value * _ROUND + Fraction(1, 2))
    whole, rest = divmod(thousandths, _ROUND)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".") + "%"


def _blocks(
    scale: _Scale,
    start: Fraction,
    shift: Fraction,
    things: Sequence[tuple[Fraction, int]],
    held: Fraction,
    size: Fraction,
) -> Iterator[Block]:
    """Each thing begins a block of its own, unless there are too many of them to tell apart."""
    at = Fraction(0)
    for length in _lengths(things):
        for low, high in _cut(at, length, size):
            inside = min(max(held - low, Fraction(0)), high - low)
            span = scale.span(start + low, high - low, shift)
            yield Block(span.x, span.width, _css(scale.at(inside)) if inside else "")
        at += length


def _lines(
    scale: _Scale, start: Fraction, shift: Fraction, things: Sequence[tuple[Fraction, int]]
) -> Iterator[Span]:
    at = start
    for length in _lengths(things):
        yield scale.span(at, length, shift)
        at += length


def _lengths(things: Sequence[tuple[Fraction, int]]) -> Iterator[Fraction]:
    one_by_one = sum(count for _, count in things) <= MOST_THINGS
    for size, count in things:
        if one_by_one:
            yield from [size] * count
        elif count:
            yield size * count


def _cut(start: Fraction, length: Fraction, size: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """A length in blocks; the last one may be a part of a block."""
    at, end = start, start + max(length, Fraction(0))
    while at < end:
        yield at, min(at + size, end)
        at += size
