"""One table that a screen and a file both render, so that the two cannot differ."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that is written down; "" where there is nothing to write.

    A number is digits with a point and no unit, which the column's label says.
    """

    text: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the screen. A file has one for each of its `labels`.

    `key` is what it is sorted by; `title` and `note` head it on the screen, `href` leads on.
    """

    key: str
    title: str
    labels: tuple[str, ...]
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """As many values as its column has labels; `state` is for the look, `href` for a press.

    `title` is its column's again, for where a row is a card and columns have no heads.
    """

    values: tuple[Value, ...]
    title: str = ""
    state: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order in which they are shown; ValueError where one does not fit the columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        widths = [len(column.labels) for column in self.columns]
        for row in self.rows:
            if [len(cell.values) for cell in row.cells] != widths:
                raise ValueError(f"a row of {len(row.cells)} cells does not fit the columns")

    def lines(self) -> Iterator[tuple[Value, ...]]:
        """As a file has them: the labels, then each row's values."""
        yield tuple(Value(label) for column in self.columns for label in column.labels)
        for row in self.rows:
            yield tuple(value for cell in row.cells for value in cell.values)
