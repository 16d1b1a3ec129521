"""Into a class and out of it: by its code, with an account, by name, back with a personal code."""

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import open_to_all, to_sign_in
from apps.accounts.codes import ALPHABET, read_code, spoken_code
from apps.accounts.models import User
from apps.accounts.services.learners import LEFT_KEY, current_learner, use_in_this_browser
from apps.accounts.services.signing import after_sign_in
from apps.accounts.throttling import TooManyTriesError, begin_try, client_address
from apps.classrooms.access import ArchivedError, own_enrollment
from apps.classrooms.forms.rooms import EntryCodeForm, JoinCodeForm, JoinForm
from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.queries.rooms import namesakes
from apps.classrooms.services import joining
from apps.classrooms.services.joining import RefusedError
from apps.classrooms.services.people import leave as leave_classroom

UNKNOWN_CODE = "이 코드의 반이 없습니다. 코드를 다시 확인하거나, 바뀌었는지 강사에게 물어보세요."
WRONG_ENTRY_CODE = (
    "개인 코드가 맞지 않습니다. 참여 코드와 개인 코드가 바뀌지 않았는지 확인하고, "
    "그래도 안 되면 강사에게 새 카드를 받으세요."
)
_MOST_SIGNS = 12
_UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponseBase:
    """Type the code of a class."""
    form = JoinCodeForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _code_page(request, form)
    if not form.is_valid():
        return _code_page(request, form, _UNPROCESSABLE)
    try:
        found = _find(request, form.cleaned_data["code"])
    except TooManyTriesError as refusal:
        form.add_error("code", str(refusal))
        return _code_page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    if found is None:
        form.add_error("code", UNKNOWN_CODE)
        return _code_page(request, form, _UNPROCESSABLE)
    return redirect("classrooms:join-code", found.join_code)


def _code_page(
    request: HttpRequest, form: JoinCodeForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"section": "classrooms", "form": form}
    return render(request, "classrooms/join.html", context, status=status)


def _find(request: HttpRequest, code: str) -> Classroom | None:
    """The class of a code; raises TooManyTriesError after many codes that do not exist.

    Only those count as tries: a class that comes in all at once writes nothing here. What protects
    the codes is their number (2^39); what is slowed down is the trying.
    """
    typed = read_code(code)
    # No code has other signs, and a database may choke on some of them.
    may_be_one = set(typed) <= set(ALPHABET)
    found = Classroom.objects.filter(join_code=typed).first() if may_be_one else None
    if found is None:
        address = client_address(request)
        begin_try(account=f"join:{address}", address=address, now=timezone.now())
    return found


@dataclass(frozen=True)
class Door:
    """One class as whoever asks stands before it. `place`: the one this browser has had in it."""

    request: HttpRequest
    classroom: Classroom
    place: Enrollment | None

    @property
    def user(self) -> User | None:
        return self.request.user if isinstance(self.request.user, User) else None


def _door(request: HttpRequest, code: str) -> Door | HttpResponseBase:
    """The class behind a code of the address, or the page that says that there is none."""
    form = JoinCodeForm({"code": code[:_MOST_SIGNS]})
    try:
        found = _find(request, code)
    except TooManyTriesError as refusal:
        form.add_error("code", str(refusal))
        return _code_page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    if found is None:
        form.add_error("code", UNKNOWN_CODE)
        return _code_page(request, form, HTTPStatus.NOT_FOUND)
    places = Enrollment.objects.of(current_learner(request)).select_related("learner__user")
    return Door(request, found, places.filter(classroom=found).first())


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_code(request: HttpRequest, code: str) -> HttpResponseBase:
    """The ways into one class; who is in it already goes straight on."""
    door = _door(request, code)
    if not isinstance(door, Door):
        return door
    if door.place is not None and door.place.is_active:
        return redirect(door.classroom)
    if request.method != "POST":
        return _join_page(door, _empty_form(door))
    form = JoinForm(request.POST)
    if not form.is_valid():
        return _join_page(door, form, status=_UNPROCESSABLE)
    try:
        return _come_in(door, form, timezone.now())
    except RefusedError as refusal:
        if str(refusal) == joining.NUMBER_TAKEN:
            form.add_error("student_number", str(refusal))
            return _join_page(door, form, status=HTTPStatus.CONFLICT)
        return _join_page(door, form, str(refusal), HTTPStatus.CONFLICT)


def _empty_form(door: Door) -> JoinForm:
    name = door.place.name if door.place else door.user.display_name if door.user else ""
    number = door.place.student_number if door.place else ""
    return JoinForm(initial={"name": name, "student_number": number, "place": uuid4()})


def _come_in(door: Door, form: JoinForm, now: dt.datetime) -> HttpResponseBase:
    """Raises RefusedError."""
    name, number = form.cleaned_data["name"], form.cleaned_data["student_number"]
    if door.user is None and door.place is not None:
        return redirect(joining.rejoin(place=door.place, now=now).classroom)
    joining.refuse_outsiders(door.classroom, user=door.user, place=door.place)
    means_it = bool(number) or form.cleaned_data["same_name"] == name
    if not means_it and namesakes(door.classroom, name, but=door.place):
        return _ask_for_number(door, form, name)
    if door.user is not None:
        joining.join_with_account(
            classroom=door.classroom, user=door.user, name=name, student_number=number, now=now
        )
        return redirect(after_sign_in(door.request, door.classroom.get_absolute_url()))
    place, code = joining.join_by_name(
        classroom=door.classroom,
        name=name,
        student_number=number,
        now=now,
        place=form.cleaned_data["place"],
    )
    use_in_this_browser(door.request, place.learner, shared=form.cleaned_data["shared"])
    return _welcome(door, place, code)


def _ask_for_number(door: Door, form: JoinForm, name: str) -> HttpResponse:
    """Two of one name are allowed, but nobody becomes the second one by mistake."""
    form.add_error(
        "student_number",
        "반에 같은 이름이 있습니다. 학번을 적으면 강사가 구별할 수 있습니다. "
        "학번이 없으면 아래 버튼을 한 번 더 누르세요.",
    )
    return _join_page(door, form, status=_UNPROCESSABLE, same_name=name)


def _welcome(door: Door, place: Enrollment, code: str) -> HttpResponse:
    """The answer itself, no redirect: the code is shown now or never."""
    onward = door.classroom.get_absolute_url()
    context = {
        "section": "classrooms",
        "classroom": door.classroom,
        "place": place,
        "entry_code": spoken_code(code),
        "class_code": spoken_code(door.classroom.join_code),
        "onward": after_sign_in(door.request, onward),
        "room": onward,
    }
    return render(door.request, "classrooms/join_welcome.html", context)


def _join_page(
    door: Door,
    form: JoinForm,
    problem: str = "",
    status: int = HTTPStatus.OK,
    *,
    same_name: str = "",
) -> HttpResponse:
    classroom = door.classroom
    context = {
        "section": "classrooms",
        "classroom": classroom,
        "is_open": classroom.join_open and not classroom.is_archived,
        "account": door.user,
        "teaches": door.user is not None
        and classroom.instructorships.filter(user=door.user).exists(),
        "place": door.place,
        "form": form,
        "problem": problem,
        "same_name": same_name,
    }
    return render(door.request, "classrooms/join_room.html", context, status=status)


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest, code: str) -> HttpResponseBase:
    """In again with the personal code, or for the first time with a card."""
    door = _door(request, code)
    if not isinstance(door, Door):
        return door
    form = EntryCodeForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _return_page(door, form)
    if not form.is_valid():
        return _return_page(door, form, _UNPROCESSABLE)
    now = timezone.now()
    try:
        place = _tried(door, form.cleaned_data["entry_code"], now)
        if place is None:
            form.add_error("entry_code", WRONG_ENTRY_CODE)
            return _return_page(door, form, _UNPROCESSABLE)
        return _let_in(door, form, place, now)
    except TooManyTriesError as refusal:
        form.add_error("entry_code", str(refusal))
        return _return_page(door, form, HTTPStatus.TOO_MANY_REQUESTS)
    except RefusedError as refusal:
        form.add_error("entry_code", str(refusal))
        return _return_page(door, form, HTTPStatus.CONFLICT)


def _tried(door: Door, entry_code: str, now: dt.datetime) -> Enrollment | None:
    """Whose code it is; raises TooManyTriesError after too many wrong ones."""
    address = client_address(door.request)
    # By address: the class's code hangs on the wall, and whoever read it there must not be able to
    # lock the class out from home.
    begun = begin_try(account=f"entry:{door.classroom.pk}:{address}", address=address, now=now)
    place = joining.find_by_entry_code(door.classroom, entry_code)
    if place is not None:
        begun.succeeded()
    return place


def _let_in(
    door: Door, form: EntryCodeForm, place: Enrollment, now: dt.datetime
) -> HttpResponseBase:
    """Raises RefusedError. An account that is signed in takes the place over, once it said so."""
    if door.user is None:
        joining.come_back(place=place, now=now)
        use_in_this_browser(door.request, place.learner, shared=form.cleaned_data["shared"])
        if door.place is not None and door.place != place:
            # Two places in one class are two people at one computer: the one before comes back
            # with a code of their own, and what they did is offered to nobody else.
            door.request.session.pop(LEFT_KEY, None)
    elif door.request.POST.get("go") == "claim":
        joining.claim(enrollment=place, user=door.user, now=now)
    else:
        return _return_page(door, form, claims=place)
    return redirect(after_sign_in(door.request, door.classroom.get_absolute_url()))


def _return_page(
    door: Door,
    form: EntryCodeForm,
    status: int = HTTPStatus.OK,
    *,
    claims: Enrollment | None = None,
) -> HttpResponse:
    context = {
        "section": "classrooms",
        "classroom": door.classroom,
        "account": door.user,
        "form": form,
        "claims": claims,
    }
    return render(door.request, "classrooms/join_return.html", context, status=status)


@never_cache
@require_POST
def leave(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The learner leaves; the class keeps what was done."""
    if not request.user.is_authenticated and current_learner(request) is None:
        return to_sign_in(request)
    place = own_enrollment(request, get_object_or_404(Classroom, public_id=public_id))
    try:
        leave_classroom(place=place)
    except ArchivedError as refusal:
        context = {
            "section": "classrooms",
            "classroom": place.classroom,
            "place": place,
            "problem": str(refusal),
        }
        return render(request, "classrooms/join_leave.html", context, status=HTTPStatus.CONFLICT)
    return redirect("classrooms:index")
