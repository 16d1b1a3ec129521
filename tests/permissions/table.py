"""Reads the tables of docs/permissions.md."""

from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
ACTORS = (
    *("visitor", "outsider", "guest", "pupil", "classmate", "removed", "blocked"),
    *("instructor", "colleague", "stranger", "admin"),
)


@dataclass(frozen=True)
class Row:
    """What the page says of one address and method: the answer to each actor."""

    place: str  # "" or the heading's id, such as "archived"
    page: str
    method: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return "-".join(filter(None, [self.place, self.page, self.method]))


def rows() -> list[Row]:
    """Every row of every table that begins with `page`; headings with `(archived)` say where."""
    found: list[Row] = []
    columns: list[str] = []
    place = ""
    for line in PAGE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            place = "archived" if "archived" in line else ""
        if not line.startswith("|"):
            columns = []
            continue
        cells = [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        if cells[0] == "page":
            columns = cells
        elif columns and not set(cells[0]) <= set("-: "):
            assert len(cells) == len(columns), line
            found.append(_row(place, dict(zip(columns, cells, strict=True))))
    return found


def _row(place: str, cells: dict[str, str]) -> Row:
    page, method = cells.pop("page"), cells.pop("method")
    answers: dict[str, str] = {}
    for names, answer in cells.items():
        for name in ACTORS if names == "everybody" else names.split(", "):
            assert name in ACTORS, name
            answers[name] = answer
    assert set(answers) == set(ACTORS), (page, set(ACTORS) - set(answers))
    return Row(place, page, method, answers)
