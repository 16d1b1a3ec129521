"""The panel never contradicts the table: what is said of a case is what the cell says of all."""

import pytest

from apps.widgets.ri_matrix.domain.commitment import Scenario, read_scenario
from apps.widgets.ri_matrix.domain.flexibility import assess
from apps.widgets.ri_matrix.domain.matrix import Column, row_of
from apps.widgets.ri_matrix.domain.ways import Way

from .strategies import UNSCOPED, Json, grid, scenario

USAGE = (
    "m5.large x1 us-east-1a",
    "m5.xlarge x1 us-east-1b",
    "c5.large x1 eu-west-1a Windows dedicated",
    "c5.large x1 eu-west-1a host",
)


def unscoped(option: str) -> list[Json]:
    return [scenario(f"{option} m5.large x1 us-east-1a → {running}") for running in USAGE]


DOCUMENTS = [*grid(), *(document for option in UNSCOPED for document in unscoped(option))]


@pytest.mark.parametrize("column", list(Column)[:6])
def test_a_way_in_which_a_change_follows_stands_in_its_cell(column: Column) -> None:
    met = set()
    for document in DOCUMENTS:
        reading = read_scenario(document)
        assert isinstance(reading, Scenario)
        cell = row_of(reading.option, reading.scope).cells[column]
        for finding in assess(reading).attributes:
            if finding.name.value != column.value or not finding.changed:
                continue
            met.add((reading.option, reading.scope))
            # A cell says what may be done; whether a condition of it is met, the case says.
            assert finding.way in {*cell.ways, Way.IMPOSSIBLE}
            assert cell.ways != (Way.IMPOSSIBLE,) or finding.way is Way.IMPOSSIBLE
    # A regional RI names no zone, so that none can differ from it.
    assert len(met) == (9 if column is Column.AZ else 11)
