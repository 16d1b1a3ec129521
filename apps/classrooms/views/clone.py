"""A class again: its name and first day, the new dates, then the class."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.access import instructor_required, signed_in_user
from apps.classrooms.access import taught_classroom
from apps.classrooms.forms.rooms import CloneForm
from apps.classrooms.models import Classroom
from apps.classrooms.services.cloning import (
    NotAssignableError,
    Planned,
    clone_classroom,
    first_day,
    plan_clone,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def clone(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """An archived class, too, may be taught again. `go=create` after the preview makes it."""
    classroom = taught_classroom(request, public_id)
    zone, now = timezone.get_current_timezone(), timezone.now()
    first = first_day(classroom, zone)
    if request.method != "POST":
        initial = {"name": f"{classroom.name[:76]} (새)", "start": timezone.localdate(now)}
        return _page(request, classroom, CloneForm(first_day=first, initial=initial))
    form = CloneForm(request.POST, first_day=first)
    if not form.is_valid():
        return _page(request, classroom, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    name, start = form.cleaned_data["name"], form.cleaned_data.get("start")
    planned = plan_clone(classroom, start, zone, by=signed_in_user(request))
    if request.POST.get("go") != "create":
        return _page(request, classroom, form, planned=planned)
    try:
        made = clone_classroom(
            classroom=classroom,
            name=name,
            start=start,
            zone=zone,
            by=signed_in_user(request),
            now=now,
        )
    except NotAssignableError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, classroom, form, planned=planned, status=HTTPStatus.CONFLICT)
    return redirect(made)


def _page(
    request: HttpRequest,
    classroom: Classroom,
    form: CloneForm,
    *,
    planned: list[Planned] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    now = timezone.now()
    context = {
        "section": "classrooms",
        "classroom": classroom,
        "form": form,
        "planned": planned,
        "kept": sum(not each.problem for each in planned or []),
        "past": any(each.due_at and each.due_at < now for each in planned or []),
        "now": now,
    }
    return render(request, "classrooms/clone.html", context, status=status)
