"""The people of a class, for its instructors."""

from collections.abc import Collection
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from apps.accounts.access import instructor_required, signed_in_user
from apps.accounts.codes import spoken_code
from apps.classrooms.access import ArchivedError, taught_classroom
from apps.classrooms.forms.rooms import PersonForm
from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.queries.rooms import SORTS, is_waiting, namesakes, people_of
from apps.classrooms.services.people import (
    bring_back,
    issue_entry_codes,
    rename_person,
    send_out,
)
from apps.classrooms.services.resets import may_reset, reset_for_learner
from apps.classrooms.services.rooms import RefusedError
from apps.classrooms.views.code import is_loopback, shown_address
from apps.core.htmx import HtmxHttpRequest, wants_fragment

LONGEST_SEARCH = 60
DONE = {
    "saved": "저장했습니다.",
    "removed": "내보냈습니다. 참여 코드로 다시 들어올 수 있습니다.",
    "blocked": "차단했습니다. 참여 코드로도 개인 코드로도 들어올 수 없습니다.",
    "restored": "다시 반에 넣었습니다.",
}


@never_cache
@vary_on_headers("HX-Request", "Cookie")
@require_safe
@instructor_required
def people(request: HtmxHttpRequest, public_id: UUID) -> HttpResponse:
    """Everybody in the class and who is out of it; `q` searches, `sort` sorts."""
    classroom = taught_classroom(request, public_id)
    context = _people(request, classroom)
    page = "_people_table.html" if wants_fragment(request) else "people.html"
    return render(request, f"classrooms/{page}", context)


def _people(request: HttpRequest, classroom: Classroom) -> dict[str, object]:
    search = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\0", "")
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "number"
    found = people_of(classroom, search=search, sort=sort)
    return {
        "section": "classrooms",
        "classroom": classroom,
        "people": found,
        "search": search,
        "sort": sort,
        "sorts": SORTS.items(),
        "chosen": set(),
        "waiting": found.waiting,
        "has_cards": any(place.learner.user_id is None for place in found.inside),
    }


@never_cache
@require_POST
@instructor_required
def cards(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """New personal codes for the chosen people, shown this once, to be printed and cut."""
    classroom = taught_classroom(request, public_id)
    chosen = _read_ids(request.POST.getlist("chosen"))
    if request.POST.get("everybody") == "waiting":
        # A roster's cards that were never printed: nobody should have to tick thirty boxes.
        inside = people_of(classroom).inside
        chosen = {place.public_id for place in inside if is_waiting(place)}
    try:
        made = issue_entry_codes(
            classroom=classroom, chosen=chosen, by=signed_in_user(request), now=timezone.now()
        )
    except (RefusedError, ArchivedError) as refusal:
        context = {**_people(request, classroom), "problem": str(refusal), "chosen": chosen}
        return render(request, "classrooms/people.html", context, status=HTTPStatus.CONFLICT)
    return cards_page(request, classroom, made, renewed=True)


def _read_ids(sent: Collection[str]) -> set[UUID]:
    """What is no id is nobody's."""
    ids = set()
    for each in sent:
        try:
            ids.add(UUID(each))
        except ValueError:
            continue
    return ids


def cards_page(
    request: HttpRequest,
    classroom: Classroom,
    made: list[tuple[Enrollment, str]],
    *,
    renewed: bool,
) -> HttpResponse:
    """The answer itself, no redirect: nobody can ever ask for these codes again."""
    context = {
        "section": "classrooms",
        "classroom": classroom,
        "cards": [(place, spoken_code(code)) for place, code in made],
        "class_code": spoken_code(classroom.join_code),
        "join_address": shown_address(request, reverse("classrooms:join")),
        "only_here": is_loopback(request),
        "renewed": renewed,
    }
    return render(request, "classrooms/cards.html", context)


def _person(request: HttpRequest, public_id: UUID, enrollment_id: UUID) -> Enrollment:
    classroom = taught_classroom(request, public_id)
    places = classroom.enrollments.select_related("learner__user", "classroom")
    return get_object_or_404(places, public_id=enrollment_id, learner__erased_at__isnull=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def person(request: HttpRequest, public_id: UUID, enrollment_id: UUID) -> HttpResponseBase:
    """Rename somebody; remove, block, bring back (`action`)."""
    place = _person(request, public_id, enrollment_id)
    if request.method != "POST":
        return _person_page(request, place)
    if request.POST.get("action") == "save":
        return _save_person(request, place)
    by, now = signed_in_user(request), timezone.now()
    try:
        match request.POST.get("action"):
            case "remove":
                send_out(place=place, state=Enrollment.State.REMOVED, by=by, now=now)
                done = "removed"
            case "block":
                send_out(place=place, state=Enrollment.State.BLOCKED, by=by, now=now)
                done = "blocked"
            case "restore":
                bring_back(place=place, by=by, now=now)
                done = "restored"
            case _:
                problem = "무엇을 할지 버튼으로 골라 주세요."
                status = HTTPStatus.UNPROCESSABLE_ENTITY
                return _person_page(request, place, problem=problem, status=status)
    except (RefusedError, ArchivedError) as refusal:
        place.refresh_from_db(fields=["state"])
        return _person_page(request, place, problem=str(refusal), status=HTTPStatus.CONFLICT)
    return _person_done(place, done)


def _save_person(request: HttpRequest, place: Enrollment) -> HttpResponseBase:
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _person_page(request, place, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        rename_person(place=place, **form.cleaned_data)
    except RefusedError as refusal:
        form.add_error("student_number", str(refusal))
        return _person_page(request, place, form=form, status=HTTPStatus.CONFLICT)
    except ArchivedError as refusal:
        status = HTTPStatus.CONFLICT
        return _person_page(request, place, form=form, problem=str(refusal), status=status)
    return _person_done(place, "saved")


def _person_done(place: Enrollment, done: str) -> HttpResponseBase:
    address = reverse("classrooms:person", args=[place.classroom.public_id, place.public_id])
    return redirect(f"{address}?done={done}")


def _person_page(
    request: HttpRequest,
    place: Enrollment,
    *,
    form: PersonForm | None = None,
    problem: str = "",
    reset: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    initial = {"name": place.name, "student_number": place.student_number}
    context = {
        "section": "classrooms",
        "classroom": place.classroom,
        "place": place,
        "account": place.learner.user,
        "has_namesake": namesakes(place.classroom, place.name, but=place),
        "no_reset": may_reset(signed_in_user(request), place),
        "reset": spoken_code(reset),
        "form": form or PersonForm(initial=initial),
        "problem": problem,
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "classrooms/people_person.html", context, status=status)


@never_cache
@require_POST
@instructor_required
def reset_code(request: HttpRequest, public_id: UUID, enrollment_id: UUID) -> HttpResponse:
    """A code for a new password, shown this once; 409 with the reason where one may not."""
    place = _person(request, public_id, enrollment_id)
    try:
        code = reset_for_learner(enrollment=place, by=signed_in_user(request), now=timezone.now())
    except (RefusedError, ArchivedError) as refusal:
        return _person_page(request, place, problem=str(refusal), status=HTTPStatus.CONFLICT)
    return _person_page(request, place, reset=code)
