"""Classes: the list, a class's own page, its settings."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import instructor_required, signed_in_user, to_sign_in
from apps.accounts.models import User
from apps.accounts.services import current_learner
from apps.classrooms.access import ArchivedError, own_enrollment, taught_classroom, teaches
from apps.classrooms.forms.rooms import ClassroomForm, InstructorForm, JoinCodeForm
from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.queries.assignments import instructor_rows, learner_rows
from apps.classrooms.queries.rooms import attended_places, instructors_of, taught_rooms
from apps.classrooms.services.rooms import (
    RefusedError,
    add_instructor,
    archive_classroom,
    change_classroom,
    open_classroom,
    remove_instructor,
    restore_classroom,
)

DONE = {
    "saved": "저장했습니다.",
    "instructor-added": "담당 강사를 넣었습니다.",
    "instructor-removed": "담당 강사를 뺐습니다.",
}


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Classes one teaches, classes one attends, and the way into another one."""
    user = request.user
    context = {
        "section": "classrooms",
        "at_index": True,
        "taught": taught_rooms(user) if isinstance(user, User) and user.may_teach else None,
        "attended": attended_places(current_learner(request)),
        "form": JoinCodeForm(),
    }
    return render(request, "classrooms/index.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def new(request: HttpRequest) -> HttpResponseBase:
    """Open a class."""
    form = ClassroomForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = open_classroom(
            name=form.cleaned_data["name"],
            guests_allowed=form.cleaned_data["guests_allowed"],
            instructor=signed_in_user(request),
            now=timezone.now(),
        )
        return redirect(made)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"section": "classrooms", "form": form}
    return render(request, "classrooms/room_new.html", context, status=status)


@never_cache
@require_safe
def room(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """For its instructors the overview, for its learners the class page; 404 for anybody else.

    Who is nobody yet in this browser is led to the sign-in page, which also leads to the codes.
    """
    if not request.user.is_authenticated and current_learner(request) is None:
        return to_sign_in(request)
    classroom = get_object_or_404(Classroom, public_id=public_id)
    if teaches(request, classroom):
        return _overview(request, classroom)
    return _class_page(request, own_enrollment(request, classroom))


def _overview(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    now = timezone.now()
    places = classroom.enrollments.active()
    context = {
        "section": "classrooms",
        "classroom": classroom,
        "instructors": instructors_of(classroom),
        "people": places.count(),
        "waiting": places.filter(entered_at__isnull=True).count(),
        "assignment_rows": instructor_rows(classroom, now),
        "now": now,
    }
    return render(request, "classrooms/room.html", context)


def _class_page(request: HttpRequest, place: Enrollment) -> HttpResponse:
    """Never who else is in the class: a learner sees the own work only."""
    now = timezone.now()
    context = {
        "section": "classrooms",
        "classroom": place.classroom,
        "place": place,
        "instructors": instructors_of(place.classroom),
        "assignment_rows": learner_rows(place, now),
        "now": now,
    }
    return render(request, "classrooms/room_learner.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def settings(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Name, ways in, instructors, archive."""
    classroom = taught_classroom(request, public_id)
    if request.method != "POST":
        return _settings_page(request, classroom)
    form = ClassroomForm(request.POST)
    if not form.is_valid():
        return _settings_page(request, classroom, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        change_classroom(classroom=classroom, **form.cleaned_data)
    except ArchivedError as refusal:
        return _settings_page(
            request, classroom, form=form, problem=str(refusal), status=HTTPStatus.CONFLICT
        )
    return _settings_done(classroom, "saved")


def _settings_done(classroom: Classroom, done: str) -> HttpResponseBase:
    address = reverse("classrooms:settings", args=[classroom.public_id])
    return redirect(f"{address}?done={done}")


def _settings_page(
    request: HttpRequest,
    classroom: Classroom,
    *,
    form: ClassroomForm | None = None,
    instructor_form: InstructorForm | None = None,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    initial: dict[str, Any] = {
        "name": classroom.name,
        "guests_allowed": classroom.guests_allowed,
    }
    context = {
        "section": "classrooms",
        "classroom": classroom,
        "form": form or ClassroomForm(initial=initial),
        "instructor_form": instructor_form or InstructorForm(),
        "instructors": instructors_of(classroom),
        "problem": problem,
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "classrooms/settings.html", context, status=status)


@never_cache
@require_POST
@instructor_required
def archive(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Put the class away (`action=archive`) or bring it back (`restore`)."""
    classroom = taught_classroom(request, public_id)
    by, now = signed_in_user(request), timezone.now()
    match request.POST.get("action"):
        case "archive":
            archive_classroom(classroom=classroom, by=by, now=now)
        case "restore":
            restore_classroom(classroom=classroom, by=by, now=now)
        case _:
            return _settings_page(
                request,
                classroom,
                problem="보관할지 되돌릴지 버튼으로 골라 주세요.",
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
            )
    return redirect(classroom)


@never_cache
@require_POST
@instructor_required
def instructors(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Add an instructor by login name, or take one off (`action=remove`, `user`)."""
    classroom = taught_classroom(request, public_id)
    if request.POST.get("action") == "remove":
        return _remove_instructor(request, classroom)
    form = InstructorForm(request.POST)
    if not form.is_valid():
        return _settings_page(
            request, classroom, instructor_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    try:
        add_instructor(
            classroom=classroom,
            login_name=form.cleaned_data["login_name"],
            by=signed_in_user(request),
            now=timezone.now(),
        )
    except RefusedError as refusal:
        form.add_error("login_name", str(refusal))
        return _settings_page(request, classroom, instructor_form=form, status=HTTPStatus.CONFLICT)
    except ArchivedError as refusal:
        return _settings_page(
            request,
            classroom,
            instructor_form=form,
            problem=str(refusal),
            status=HTTPStatus.CONFLICT,
        )
    return _settings_done(classroom, "instructor-added")


def _remove_instructor(request: HttpRequest, classroom: Classroom) -> HttpResponseBase:
    sent = request.POST.get("user", "")
    if not (sent.isascii() and sent.isdigit() and len(sent) < 19):
        raise Http404
    user = get_object_or_404(User, instructorships__classroom=classroom, pk=int(sent))
    by = signed_in_user(request)
    try:
        remove_instructor(classroom=classroom, user=user, by=by, now=timezone.now())
    except (RefusedError, ArchivedError) as refusal:
        return _settings_page(request, classroom, problem=str(refusal), status=HTTPStatus.CONFLICT)
    if user == by and not by.is_staff:
        return redirect("classrooms:index")
    return _settings_done(classroom, "instructor-removed")
