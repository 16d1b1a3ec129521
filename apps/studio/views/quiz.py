"""The editor of a quiz: one page, and one POST for each change."""

from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from apps.accounts.access import instructor_required, signed_in_user
from apps.accounts.services import current_learner
from apps.core.htmx import HtmxHttpRequest, wants_fragment
from apps.quizzes.models import Quiz
from apps.studio.domain.quiz_changes import (
    Change,
    ChangeError,
    add_section,
    move_draw,
    move_draw_to,
    move_section,
    read_place,
    remove_draw,
    remove_section,
    rename_section,
    set_points,
    shuffle_section,
    wish_of,
)
from apps.studio.models import QuizRevision
from apps.studio.presenting.quiz_findings import quiz_findings
from apps.studio.presenting.quizzes import quiz_view
from apps.studio.queries.quizzes import assignments_of, own_classrooms
from apps.studio.services.quizzes import UNDONE, change_quiz, undo_change
from apps.studio.services.refusals import RefusedError, StaleError
from apps.studio.services.trials import trials_of
from apps.studio.views.quiz_access import (
    base_revision,
    editable_quiz,
    may_copy,
    may_edit,
    visible_quiz,
)


@instructor_required
@never_cache
@require_safe
@vary_on_headers("HX-Request", "Cookie")
def quiz(request: HtmxHttpRequest, uuid: UUID) -> HttpResponse:
    """What the quiz asks, in order; to be changed by who may, to be read by who may see it."""
    return quiz_page(request, visible_quiz(request, uuid), focus=request.GET.get("at", ""))


def quiz_page(
    request: HtmxHttpRequest, found: Quiz, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The whole page, or its changing part alone for htmx."""
    user = signed_in_user(request)
    now = timezone.now()
    today = timezone.localdate(now)
    view = quiz_view(found, user, today=today)
    newest = found.revisions.select_related("author").filter(number=found.revision).first()
    editable = may_edit(request, found)
    context = {
        "section": "studio",
        "part": "quizzes",
        "current": "true",
        "quiz": found,
        "view": view,
        "findings": quiz_findings(view, today=today) if editable else [],
        "may_edit": editable,
        "last": newest if newest and newest.number > 1 else None,
        "undone": newest is not None and newest.note.startswith(UNDONE),
        **more,
    }
    if wants_fragment(request):
        return render(request, "studio/_quiz_body.html", context, status=status)
    named, elsewhere = assignments_of([found.pk], user)
    context |= {
        "is_own": found.owner_id == user.pk or (user.is_staff and context["may_edit"]),
        "may_copy": may_copy(request, found),
        "classrooms": own_classrooms(user),
        "set_to": named.get(found.pk, []),
        "elsewhere": elsewhere.get(found.pk, 0),
        "trials": trials_of(found, current_learner(request)),
    }
    return render(request, "studio/quiz.html", context, status=status)


@instructor_required
@never_cache
@require_POST
@vary_on_headers("HX-Request", "Cookie")
def change(request: HtmxHttpRequest, uuid: UUID) -> HttpResponseBase:
    """`do` and its fields, guarded by `revision`. 409: what is stored now, and what was wanted."""
    found = editable_quiz(request, uuid)
    user, now, revision = signed_in_user(request), timezone.now(), base_revision(request)
    if request.POST.get("do") == "undo":
        return _undo(request, found)
    try:
        wanted = _change_of(request)
        done = change_quiz(quiz=found, by=user, now=now, base_revision=revision, change=wanted)
    except ChangeError as refusal:
        return _refused(request, found, str(refusal))
    except StaleError as refusal:
        return _refused(request, found, str(refusal), wish=_wish(found, revision, wanted))
    except RefusedError as refusal:
        return _refused(request, found, str(refusal))
    return done_page(request, found, said=done.note, focus=done.focus)


def done_page(
    request: HtmxHttpRequest, found: Quiz, *, said: str, focus: str = ""
) -> HttpResponseBase:
    """After a change: the part of the page, or back to the page at the place of the change."""
    if wants_fragment(request):
        return quiz_page(request, found, said=said, focus=focus, button=request.POST.get("do", ""))
    response = redirect("studio:quiz", found.uuid)
    if focus:
        response["Location"] += f"?at={focus}#{focus}"
    return response


def _undo(request: HtmxHttpRequest, found: Quiz) -> HttpResponseBase:
    user, revision = signed_in_user(request), base_revision(request)
    try:
        said = undo_change(quiz=found, by=user, now=timezone.now(), base_revision=revision)
    except StaleError as refusal:
        return _refused(request, found, str(refusal), wish="마지막 변경을 되돌리기")
    except RefusedError as refusal:
        return _refused(request, found, str(refusal))
    return done_page(request, found, said=said)


def _refused(
    request: HtmxHttpRequest, found: Quiz, refusal: str, *, wish: str = ""
) -> HttpResponse:
    found.refresh_from_db()
    return quiz_page(
        request,
        found,
        status=HTTPStatus.CONFLICT,
        refusal=refusal,
        wish=wish,
        typed={name: request.POST.get(name, "") for name in ("title", "points", "at", "do")},
    )


def _wish(found: Quiz, revision: int, wanted: Change) -> str:
    """What was to be done, said by doing it to the quiz as the sender saw it."""
    seen = QuizRevision.objects.filter(quiz=found, number=revision).first()
    if seen is None:
        return ""
    try:
        return wish_of(wanted(seen.document).note)
    except ChangeError:
        return ""


def _change_of(request: HttpRequest) -> Change:
    """The change that a form asks for. Raises ChangeError for places that cannot be."""
    sent = request.POST
    do, place = sent.get("do", ""), read_place(sent.get("at", "1"))
    section = place[0]
    match do:
        case "section-add":
            return partial(add_section, title=sent.get("title", ""))
        case "section-rename":
            return partial(rename_section, section=section, title=sent.get("title", ""))
        case "section-remove":
            return partial(remove_section, section=section)
        case "section-up" | "section-down":
            step = -1 if do == "section-up" else 1
            return partial(move_section, section=section, step=step)
        case "section-shuffle":
            return partial(shuffle_section, section=section, shuffle=sent.get("on") == "1")
        case "up" | "down":
            return partial(move_draw, place=place, step=-1 if do == "up" else 1)
        case "remove":
            return partial(remove_draw, place=place)
        case "points":
            return partial(set_points, place=place, points=sent.get("points", ""))
        case "move":
            to = read_place(sent.get("to", ""))[0]
            return partial(move_draw_to, place=place, section=to)
    raise BadRequest("unknown change")
