"""연장: exceptions of single learners to a set quiz, given, changed and taken back."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.access import instructor_required, signed_in_user
from apps.classrooms.access import ArchivedError, taught_assignment
from apps.classrooms.forms.extensions import ExtensionForm
from apps.classrooms.models import Assignment, Enrollment
from apps.classrooms.queries.assigned import class_limit, length_words, limit_of
from apps.classrooms.services.assigning import NeedsConsentError, RefusedError
from apps.classrooms.services.extending import extend_assignment, withdraw_extension
from apps.quizzes.domain.rules import Window
from apps.quizzes.models import Extension, QuizRun
from apps.quizzes.queries import window_of


@dataclass(frozen=True, slots=True)
class Given:
    """One exception with what becomes of the run's rules by it."""

    enrollment: Enrollment
    extension: Extension
    window: Window
    limit: str


@instructor_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def extensions(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The list, and a form for one learner (`?learner=` fills it in); POST gives or withdraws."""
    assignment = taught_assignment(request, public_id)
    run = assignment.run
    if run is None:
        raise Http404
    if request.method != "POST":
        return _page(request, assignment, run, _form(request, assignment, run))
    match request.POST.get("do"):
        case "extend":
            return _extend(request, assignment, run)
        case "withdraw":
            return _withdraw(request, assignment, run)
    raise BadRequest("unknown action")


def _extend(request: HttpRequest, assignment: Assignment, run: QuizRun) -> HttpResponseBase:
    form = ExtensionForm(request.POST, classroom=assignment.classroom, run=run)
    if not form.is_valid():
        return _page(request, assignment, run, form, status=422)
    typed = form.cleaned_data
    more: dict[str, Any] = {}
    try:
        extend_assignment(
            assignment=assignment,
            enrollment=typed["learner"],
            closes_at=typed.get("closes_at"),
            time_factor=typed.get("time_factor") or Decimal(1),
            extra_attempts=typed.get("extra_attempts") or 0,
            by=signed_in_user(request),
            now=timezone.now(),
            consent=tuple(request.POST.getlist("consent")),
        )
    except NeedsConsentError as question:
        more = {"consequences": question.consequences}
    except ArchivedError as refusal:
        more = {"refusal": str(refusal)}
    except RefusedError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    else:
        return redirect("classrooms:extensions", assignment.public_id)
    return _page(request, assignment, run, form, **more, status=409)


def _withdraw(request: HttpRequest, assignment: Assignment, run: QuizRun) -> HttpResponseBase:
    """Also of who has left the class since; what it would do is asked first."""
    places = Enrollment.objects.filter(classroom=assignment.classroom)
    asked = _uuid(request.POST.get("learner", ""))
    if asked is None:
        raise BadRequest("no learner")
    enrollment = get_object_or_404(places, public_id=asked)
    more: dict[str, Any] = {}
    try:
        withdraw_extension(
            assignment=assignment,
            enrollment=enrollment,
            by=signed_in_user(request),
            now=timezone.now(),
            consent=tuple(request.POST.getlist("consent")),
        )
    except NeedsConsentError as question:
        more = {"withdrawing": enrollment, "withdraw_consequences": question.consequences}
    except (ArchivedError, RefusedError) as refusal:
        more = {"refusal": str(refusal)}
    else:
        return redirect("classrooms:extensions", assignment.public_id)
    form = ExtensionForm(classroom=assignment.classroom, run=run)
    return _page(request, assignment, run, form, **more, status=409)


def _form(request: HttpRequest, assignment: Assignment, run: QuizRun) -> ExtensionForm:
    """Empty, or with what the learner of `?learner=` was given."""
    initial: dict[str, Any] = {"learner": request.GET.get("learner", "")}
    given = None
    if asked := _uuid(initial["learner"]):
        place = Enrollment.objects.filter(classroom=assignment.classroom, public_id=asked)
        given = Extension.objects.filter(run=run, learner__in=place.values("learner")).first()
    if given is not None:
        initial |= {
            "closes_at": given.closes_at,
            "time_factor": given.time_factor,
            "extra_attempts": given.extra_attempts,
        }
    return ExtensionForm(initial=initial, classroom=assignment.classroom, run=run)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _page(
    request: HttpRequest,
    assignment: Assignment,
    run: QuizRun,
    form: ExtensionForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "section": "classrooms",
        "assignment": assignment,
        "classroom": assignment.classroom,
        "run": run,
        "form": form,
        "given": _given(assignment, run),
        "limit": class_limit(run),
        "extendable": len(form.fields) > 1,
        "now": timezone.now(),
        **more,
    }
    return render(request, "classrooms/extensions.html", context, status=status)


def _given(assignment: Assignment, run: QuizRun) -> list[Given]:
    """All exceptions, in the order of the roster; of who left the class too."""
    by_learner = {each.learner_id: each for each in Extension.objects.filter(run=run)}
    people = Enrollment.objects.filter(classroom=assignment.classroom_id, learner__in=by_learner)
    rows = []
    for person in people:
        extension = by_learner[person.learner_id]
        window = window_of(run, extension)
        limit = length_words(limit_of(window)) if window.time_limit else ""
        rows.append(Given(person, extension, window, limit))
    return rows
