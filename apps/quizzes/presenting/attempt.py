"""A running attempt: the page of one item, and the summary before submitting."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.rules import deadline
from apps.quizzes.models import Attempt, AttemptItem, Response
from apps.quizzes.presenting.fields import build_field
from apps.quizzes.presenting.html import block_html
from apps.quizzes.presenting.lateness import lateness_of
from apps.quizzes.presenting.review import item_review
from apps.quizzes.presenting.runs import section_of
from apps.quizzes.presenting.scene import scene_of
from apps.quizzes.queries import attempts_left, current_items, may_see_item, own_window
from apps.quizzes.services.grading import counted_response, counted_responses
from apps.quizzes.services.taking import Saved


@dataclass(frozen=True, slots=True)
class Cell:
    """An item in the grid that leads to all others."""

    position: int
    state: str  # empty | partial | answered | checked
    is_flagged: bool
    is_here: bool
    word: str


_WORDS = {
    "empty": "비어 있음",
    "partial": "덜 답함",
    "answered": "답함",
    "checked": "확인함",
}


def item_page(
    item: AttemptItem,
    items: list[AttemptItem],
    *,
    now: dt.datetime,
    conflict: Saved | None = None,
    typed: dict[str, Any] | None = None,
    insist: bool = False,
) -> dict[str, Any]:
    """The template's context. `typed` is an answer that was not kept; `insist`: it is not whole."""
    attempt = item.attempt
    shown = item.spec.shown
    kind = kind_of(shown.kind)
    newest = counted_response(item)
    stored = newest.answer if newest else {}
    answer = stored if typed is None else typed
    empty = not answer or kind.is_empty(shown.body, answer)
    problem = "" if empty else kind.problem(shown.body, answer)
    if insist and empty:
        problem = "아직 답하지 않았습니다. 답을 고른 뒤에 확인하세요."
    tells = may_see_item(item, now=now)
    return {
        **frame(attempt, now=now),
        "item": item,
        "position": item.position,
        "total": len(items),
        "grid": grid(items, here=item.position),
        "kind": kind,
        "stem": block_html(shown.stem),
        "scene": scene_of(item),
        "field": build_field(item, answer, readonly=item.checked_at is not None),
        "template": f"quizzes/kinds/_{shown.kind}.html",
        "revision": newest.revision if newest else 0,
        "has_answer": not empty,
        "problem": problem,
        "conflict": conflict,
        "stored_field": build_field(item, conflict.answer, readonly=True) if conflict else None,
        "is_last": item.position == items[-1].position,
        "is_first": item.position == items[0].position,
        "review": item_review(item) if tells else None,
    }


def frame(attempt: Attempt, *, now: dt.datetime) -> dict[str, Any]:
    """What every page of an attempt shows: the quiz, the mode, the time that is left."""
    window = own_window(attempt)
    end = deadline(window, started_at=attempt.started_at) if attempt.is_running else None
    return {
        "section": section_of(attempt.run),
        "now": now,
        "attempt": attempt,
        "run": attempt.run,
        "quiz": attempt.run.quiz,
        "practice": attempt.run.is_practice,
        "deadline": end,
        "lateness": lateness_of(attempt, window, now=now) if attempt.is_running else None,
        "seconds_left": None if end is None else max(0, int((end - now).total_seconds())),
    }


def grid(items: list[AttemptItem], *, here: int | None = None) -> list[Cell]:
    cells = []
    responses = counted_responses(items)
    for item in items:
        state = item_state(item, responses.get(item.pk))
        cells.append(
            Cell(item.position, state, item.is_flagged, item.position == here, _WORDS[state])
        )
    return cells


def item_state(item: AttemptItem, newest: Response | None) -> str:
    if item.checked_at is not None:
        return "checked"
    shown = item.spec.shown
    kind = kind_of(shown.kind)
    if newest is None or kind.is_empty(shown.body, newest.answer):
        return "empty"
    return "partial" if kind.problem(shown.body, newest.answer) else "answered"


def summary_page(attempt: Attempt, *, now: dt.datetime) -> dict[str, Any]:
    """What is empty, what is not whole, and what submitting means here."""
    cells = grid(current_items(attempt))
    return {
        **frame(attempt, now=now),
        "grid": cells,
        "total": len(cells),
        "empty": [cell for cell in cells if cell.state == "empty"],
        "partial": [cell for cell in cells if cell.state == "partial"],
        "flagged": [cell for cell in cells if cell.is_flagged],
        "attempts_left": attempts_left(attempt.run, attempt.learner),
    }
