"""The instructor's live page of an assignment: counts, learners, what is missed most."""

import json
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.access import instructor_required, signed_in_user
from apps.accounts.models import User
from apps.classrooms.access import taught_assignment
from apps.classrooms.models import Assignment
from apps.classrooms.queries.assigned import class_run
from apps.classrooms.queries.live import Counts, live_digest, live_view
from apps.core.htmx import HtmxHttpRequest, wants_fragment
from apps.quizzes.models import Quiz

QUIZ_SECONDS, READING_SECONDS = 5, 30
WIDTH = 1000
"""Of the bar, in its own units."""


@instructor_required
@never_cache
@require_safe
def live(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The part that refreshes itself; asked for as a page, the page. 304 while nothing changed."""
    assignment = taught_assignment(request, public_id)
    if wants_fragment(cast("HtmxHttpRequest", request)):
        return _fragment(request, assignment)
    return live_page(request, assignment)


def live_page(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """The whole page. Whoever calls has asked whether this instructor teaches the class."""
    context = _context(assignment, _etag(assignment))
    context["may_print"] = _may_print(signed_in_user(request), assignment)
    response = render(request, "classrooms/live.html", context)
    response["Vary"] = "HX-Request, Cookie"
    return response


def _may_print(user: User, assignment: Assignment) -> bool:
    """A colleague's quiz that was not shared is taken in the class, but is not theirs to read."""
    if assignment.run is None:
        return False
    quizzes = Quiz.objects.current().visible_to(user)
    return quizzes.filter(pk=assignment.run.quiz_id).exists()


def _fragment(request: HttpRequest, assignment: Assignment) -> HttpResponseBase:
    etag = _etag(assignment)
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or render(request, "classrooms/_live.html", _context(assignment, etag))
    response["ETag"] = etag
    response["Vary"] = "HX-Request, Cookie"
    # What the page says about its age is true also when nothing else is sent.
    response["X-Refreshed"] = timezone.localtime().strftime("%H:%M:%S")
    return response


def _etag(assignment: Assignment) -> str:
    return f'"{live_digest(assignment, now=timezone.now())}"'


def _context(assignment: Assignment, etag: str) -> dict[str, Any]:
    now = timezone.now()
    view = live_view(assignment, now=now)
    archived = assignment.classroom.is_archived
    return {
        "section": "classrooms",
        "assignment": assignment,
        "classroom": assignment.classroom,
        "run": assignment.run,
        "own": class_run(assignment.run, now=now) if assignment.run else None,
        "view": view,
        "bar": _bar(view.counts),
        "polls": not archived and not view.is_final,
        "seconds": READING_SECONDS if assignment.is_reading else QUIZ_SECONDS,
        "headers": json.dumps({"If-None-Match": etag}),
        "now": now,
    }


def _bar(counts: Counts) -> list[tuple[str, int, int]]:
    """(group, x, width) of what is not empty, in units of the bar."""
    sizes = [
        ("done", counts.done),
        ("working", counts.working),
        ("waiting", counts.waiting),
        ("excused", counts.excused),
    ]
    parts, before = [], 0
    for group, size in sizes:
        if size:
            start = before * WIDTH // counts.total
            end = (before + size) * WIDTH // counts.total
            parts.append((group, start, end - start))
        before += size
    return parts
