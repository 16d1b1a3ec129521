"""An instructor sets a quiz or a lesson to the class, changes it, takes it down."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import instructor_required, signed_in_user
from apps.classrooms.access import ArchivedError, taught_assignment, taught_classroom
from apps.classrooms.forms.assignments import (
    EditQuizForm,
    EditReadingForm,
    NewQuizForm,
    NewReadingForm,
)
from apps.classrooms.models import Assignment, Classroom
from apps.classrooms.queries.choices import lesson_choices, quiz_choices, rules_proposed_by
from apps.classrooms.services.assigning import (
    NeedsConsentError,
    RefusedError,
    create_quiz_assignment,
    create_reading_assignment,
    edit_quiz_assignment,
    edit_reading_assignment,
    restore_assignment,
    retire_assignment,
)

NewForm = NewQuizForm | NewReadingForm
EditForm = EditQuizForm | EditReadingForm
FORM_PAGE = "classrooms/assignment_form.html"


@instructor_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """`?kind=reading`: a lesson; else a quiz. `?quiz=` and `?lesson=` choose one beforehand."""
    now = timezone.now()
    classroom = taught_classroom(request, public_id)
    form = _new_form(request, now)
    if request.method != "POST":
        return _form_page(request, classroom, form)
    if classroom.is_archived:
        return _form_page(request, classroom, form, refusal=str(ArchivedError()), status=409)
    if not form.is_valid():
        return _form_page(request, classroom, form, status=422)
    try:
        assignment = _create(request, classroom, form, now)
    except ArchivedError as refusal:
        return _form_page(request, classroom, form, refusal=str(refusal), status=409)
    except RefusedError as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return _form_page(request, classroom, form, status=409)
    return redirect(assignment)


def _new_form(request: HttpRequest, now: dt.datetime) -> NewForm:
    data = request.POST if request.method == "POST" else None
    if request.GET.get("kind") == "reading":
        initial = {"lesson": request.GET.get("lesson", "")}
        return NewReadingForm(data, initial=initial, now=now, choices=lesson_choices())
    user, quiz = signed_in_user(request), request.GET.get("quiz", "").replace("\0", "")
    initial = {
        "quiz": quiz,
        "max_attempts": "1",
        "late_deduction": "0",
        "counts": "best",
        "feedback": "after_submit",
        **rules_proposed_by(user, quiz),
    }
    return NewQuizForm(data, initial=initial, user=user, now=now, choices=quiz_choices(user))


def _create(
    request: HttpRequest, classroom: Classroom, form: NewForm, now: dt.datetime
) -> Assignment:
    typed = form.cleaned_data
    common: dict[str, Any] = {
        "classroom": classroom,
        "title": typed["title"],
        "note": typed["note"],
        "by": signed_in_user(request),
        "now": now,
    }
    if isinstance(form, NewReadingForm):
        return create_reading_assignment(
            **common,
            lesson=typed["lesson"],
            opens_at=typed["opens_at"],
            due_at=typed["due_at"],
        )
    return create_quiz_assignment(**common, quiz=typed["quiz"], rules=form.rules())


@instructor_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """What would touch work that was begun is asked first: 409 with the consequences."""
    assignment = taught_assignment(request, public_id)
    form = _edit_form(request, assignment)
    page: dict[str, Any] = {"assignment": assignment}
    if request.method != "POST":
        return _form_page(request, assignment.classroom, form, **page)
    if assignment.classroom.is_archived:
        page["refusal"] = str(ArchivedError())
        return _form_page(request, assignment.classroom, form, **page, status=409)
    if not form.is_valid():
        return _form_page(request, assignment.classroom, form, **page, status=422)
    try:
        _edit(request, assignment, form)
    except NeedsConsentError as question:
        page["consequences"] = question.consequences
    except ArchivedError as refusal:
        page["refusal"] = str(refusal)
    except RefusedError as refusal:
        form.add_error(refusal.field or None, str(refusal))
    else:
        return redirect(assignment)
    return _form_page(request, assignment.classroom, form, **page, status=409)


def _edit_form(request: HttpRequest, assignment: Assignment) -> EditForm:
    data = request.POST if request.method == "POST" else None
    texts = {"title": assignment.title, "note": assignment.note}
    run = assignment.run
    if run is None:
        times = {"opens_at": assignment.opens_at, "due_at": assignment.due_at}
        return EditReadingForm(data, initial={**texts, **times})
    minutes = None if run.time_limit is None else -(-run.time_limit // 60)
    rules = {
        "opens_at": run.opens_at,
        "closes_at": run.closes_at,
        "late_until": run.late_until,
        "late_deduction": run.late_deduction,
        "time_limit": minutes,
        "max_attempts": run.max_attempts,
        "counts": run.counts,
        "feedback": run.feedback,
    }
    return EditQuizForm(data, initial={**texts, **rules}, quiz=run.quiz)


def _edit(request: HttpRequest, assignment: Assignment, form: EditForm) -> None:
    typed = form.cleaned_data
    common: dict[str, Any] = {
        "assignment": assignment,
        "title": typed["title"],
        "note": typed["note"],
        "by": signed_in_user(request),
        "now": timezone.now(),
        "consent": tuple(request.POST.getlist("consent")),
    }
    if isinstance(form, EditReadingForm):
        edit_reading_assignment(**common, opens_at=typed["opens_at"], due_at=typed["due_at"])
    else:
        edit_quiz_assignment(**common, rules=form.rules())


def _form_page(
    request: HttpRequest,
    classroom: Classroom,
    form: NewForm | EditForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "section": "classrooms",
        "classroom": classroom,
        "form": form,
        "reading": isinstance(form, NewReadingForm | EditReadingForm),
        "now": timezone.now(),
        **more,
    }
    return render(request, FORM_PAGE, context, status=status)


@instructor_required
@never_cache
@require_POST
def retire(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """`do=retire` takes the assignment down, `do=restore` puts it back; attempts stay."""
    assignment = taught_assignment(request, public_id)
    action = {"retire": retire_assignment, "restore": restore_assignment}.get(
        request.POST.get("do", "")
    )
    if action is None:
        raise BadRequest("unknown action")
    try:
        action(assignment=assignment, by=signed_in_user(request), now=timezone.now())
    except ArchivedError as refusal:
        context = {
            "section": "classrooms",
            "classroom": assignment.classroom,
            "assignment": assignment,
            "reason": str(refusal),
        }
        return render(request, "classrooms/assignment_refused.html", context, status=409)
    return redirect(assignment)
