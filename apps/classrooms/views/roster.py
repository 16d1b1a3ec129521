"""A roster: pasted or uploaded, looked at line by line, then applied."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.access import instructor_required, signed_in_user
from apps.classrooms.access import ArchivedError, refuse_archived, taught_classroom
from apps.classrooms.domain.roster import Roster
from apps.classrooms.domain.roster_text import UnreadableError, decode
from apps.classrooms.forms.rooms import RosterForm
from apps.classrooms.models import Classroom
from apps.classrooms.services.rooms import RefusedError
from apps.classrooms.services.roster import add_roster, compare_roster
from apps.classrooms.views.people import cards_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def roster(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """`go`: preview (the default) shows what would happen, apply does it, edit goes back.

    The preview carries the text along in the page, so nothing is kept until it is applied.
    """
    classroom = taught_classroom(request, public_id)
    if request.method != "POST":
        return _form_page(request, classroom, RosterForm())
    try:
        refuse_archived(classroom)
    except ArchivedError as refusal:
        form = RosterForm(initial={"text": request.POST.get("text", "")})
        return _form_page(request, classroom, form, str(refusal), HTTPStatus.CONFLICT)
    form = RosterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, classroom, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    source = form.source()
    if request.POST.get("go") == "edit":
        return _form_page(request, classroom, RosterForm(initial={"text": source}))
    found = compare_roster(classroom, source)
    if found.refusal:
        form.add_error("file" if isinstance(source, bytes) else "text", found.refusal)
        return _form_page(request, classroom, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.POST.get("go") != "apply" or not found.rows:
        return _preview(request, classroom, found, source)
    return _apply(request, classroom, found, source)


def _apply(
    request: HttpRequest, classroom: Classroom, found: Roster, source: bytes | str
) -> HttpResponse:
    """Only what was seen: where the count differs from the preview's, it is shown again."""
    seen = request.POST.get("seen", "")
    if seen and seen != str(len(found.rows)):
        problem = "그사이 반이 바뀌어 넣을 학습자가 달라졌습니다. 다시 확인해 주세요."
        return _preview(request, classroom, found, source, problem, HTTPStatus.CONFLICT)
    try:
        made = add_roster(
            classroom=classroom, rows=found.rows, by=signed_in_user(request), now=timezone.now()
        )
    except (RefusedError, ArchivedError) as refusal:
        now_found = compare_roster(classroom, source)
        return _preview(request, classroom, now_found, source, str(refusal), HTTPStatus.CONFLICT)
    return cards_page(request, classroom, made, renewed=False)


def _form_page(
    request: HttpRequest,
    classroom: Classroom,
    form: RosterForm,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "section": "classrooms",
        "classroom": classroom,
        "form": form,
        "problem": problem,
    }
    return render(request, "classrooms/roster.html", context, status=status)


def _preview(
    request: HttpRequest,
    classroom: Classroom,
    found: Roster,
    source: bytes | str,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    try:
        text = decode(source)
    except UnreadableError:
        text = ""
    context = {
        "section": "classrooms",
        "classroom": classroom,
        "roster": found,
        "text": text,
        "noted": sum(bool(row.notes) for row in found.rows),
        "problem": problem,
    }
    return render(request, "classrooms/roster_preview.html", context, status=status)
