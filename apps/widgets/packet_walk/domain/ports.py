"""Port ranges and sets of ports: interval arithmetic, so that no port is ever sampled."""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias


class PortRange(NamedTuple):
    """Both ends belong to the range; 0 ≤ low ≤ high ≤ 65535."""

    low: int
    high: int


PortSet: TypeAlias = tuple[PortRange, ...]
"""Ascending ranges that neither overlap nor touch, so that equal sets are equal tuples."""

MAX_PORT = 65535
ALL_PORTS = PortRange(0, MAX_PORT)


def merge(ranges: Iterable[PortRange]) -> PortSet:
    """The set of all ports of `ranges`, which may come in any order and overlap."""
    merged: list[PortRange] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1].high + 1:
            if high > merged[-1].high:
                merged[-1] = PortRange(merged[-1].low, high)
        else:
            merged.append(PortRange(low, high))
    return tuple(merged)


def intersect(ports: PortSet, window: PortRange) -> PortSet:
    """The ports of `ports` that lie inside `window`."""
    first, last = window
    return tuple(
        PortRange(max(low, first), min(high, last))
        for low, high in ports
        if low <= last and high >= first
    )


def subtract(ports: PortSet, window: PortRange) -> PortSet:
    """The ports of `ports` that lie outside `window`."""
    first, last = window
    left: list[PortRange] = []
    for low, high in ports:
        if low < first:
            left.append(PortRange(low, min(high, first - 1)))
        if high > last:
            left.append(PortRange(max(low, last + 1), high))
    return tuple(left)
