"""One cell of the matrix: what holds for one purchase option and one of its attributes."""

from dataclasses import dataclass
from enum import StrEnum

from .claims import Claim
from .ways import Way


class Column(StrEnum):
    """The columns in their order: six attributes of a commitment, then six properties."""

    REGION = "region"
    AZ = "az"
    FAMILY = "family"
    SIZE = "size"
    PLATFORM = "platform"
    TENANCY = "tenancy"
    TERM = "term"
    PAYMENT = "payment"
    DISCOUNT = "discount"
    CAPACITY = "capacity"
    SERVERLESS = "serverless"
    RESALE = "resale"


@dataclass(frozen=True, slots=True)
class Cell:
    """What AWS's documents say, and what the notes say about it.

    `ways` is empty for a property, else the main way comes first. `value` is the short label that
    the table shows, `text` one or two sentences (Korean both). `sources` are keys of
    `apps.kernel.pricing.sources.SOURCES`; none where the statement follows from what the option is
    and no page was read for it. `confidence` is `high`, `medium` or `low`: how well the documents
    bear it out. A cell that they do not settle is not `settled`, and its text says so.
    """

    ways: tuple[Way, ...]
    value: str
    text: str
    conditions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    confidence: str = "high"
    claims: tuple[Claim, ...] = ()

    @property
    def settled(self) -> bool:
        return self.confidence != "low"

    @property
    def claim(self) -> Claim | None:
        """The first of the notes' claims; those that AWS's documents contradict go first."""
        return min(self.claims, key=lambda claim: claim.agrees, default=None)


# A row under construction: every column exactly once.
Cells = dict[Column, Cell]
