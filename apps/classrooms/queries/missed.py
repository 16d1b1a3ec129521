"""Which questions most of those who submitted got wrong. Never for learners' eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, F, Max, OuterRef, Q, Subquery

from apps.quizzes.models import AttemptItem, Grade
from apps.quizzes.presenting.html import plain

FEWEST = 3
"""Of fewer submissions nothing is said: it would be about persons."""
MOST_SHOWN = 5
STEM_LENGTH = 120


@dataclass(frozen=True, slots=True)
class MissedItem:
    """A question with how many of those who were asked it did not get all points."""

    stem: str
    wrong: int
    asked: int

    @property
    def percent(self) -> int:
        return round(Fraction(self.wrong * 100, self.asked))


def missed_items(attempts: Sequence[int]) -> list[MissedItem]:
    """The most missed first, by share; only questions that FEWEST or more were asked. Two queries.

    By the first try of each item: in practice the later ones have seen the key. What still waits
    for a grader is left out.
    """
    if len(attempts) < FEWEST:
        return []
    newest = Grade.objects.filter(item=OuterRef("pk")).order_by("-pk").values("score")[:1]
    rows = (
        AttemptItem.objects.filter(attempt__in=attempts, try_number=1)
        .annotate(given=Subquery(newest))
        .filter(given__isnull=False)
        .order_by()
        .values("version__question")
        .annotate(
            asked=Count("pk"),
            wrong=Count("pk", filter=Q(given__lt=F("points"))),
            sample=Max("pk"),
        )
        .filter(asked__gte=FEWEST, wrong__gt=0)
    )
    ranked = sorted(
        rows, key=lambda row: (-Fraction(row["wrong"], row["asked"]), -row["wrong"], row["sample"])
    )[:MOST_SHOWN]
    stems = _stems([row["sample"] for row in ranked])
    return [MissedItem(stems[row["sample"]], row["wrong"], row["asked"]) for row in ranked]


def _stems(items: Sequence[int]) -> dict[int, str]:
    found = AttemptItem.objects.filter(pk__in=items).select_related("version")
    return {each.pk: _short(plain(each.spec.shown.stem)) for each in found}


def _short(text: str) -> str:
    return text if len(text) <= STEM_LENGTH else f"{text[: STEM_LENGTH - 1].rstrip()}…"
