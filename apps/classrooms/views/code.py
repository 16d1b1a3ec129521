"""The class's code: a poster to print or project, and its QR code."""

import io
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import instructor_required, signed_in_user
from apps.accounts.codes import spoken_code
from apps.classrooms.access import ArchivedError, taught_classroom
from apps.classrooms.models import Classroom
from apps.classrooms.services.rooms import renew_join_code, set_join_open


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def poster(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Class, address and code in large type; `action` renews the code, closes or opens it."""
    classroom = taught_classroom(request, public_id)
    if request.method != "POST":
        return _page(request, classroom)
    try:
        match request.POST.get("action"):
            case "renew":
                renew_join_code(classroom=classroom, by=signed_in_user(request), now=timezone.now())
            case "close":
                set_join_open(classroom=classroom, is_open=False)
            case "open":
                set_join_open(classroom=classroom, is_open=True)
            case _:
                problem = "코드를 바꿀지, 닫을지, 열지 버튼으로 골라 주세요."
                return _page(request, classroom, problem, HTTPStatus.UNPROCESSABLE_ENTITY)
    except ArchivedError as refusal:
        return _page(request, classroom, str(refusal), HTTPStatus.CONFLICT)
    return redirect("classrooms:code", public_id)


def _page(
    request: HttpRequest, classroom: Classroom, problem: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "section": "classrooms",
        "classroom": classroom,
        "code": spoken_code(classroom.join_code),
        "join_address": shown_address(request, reverse("classrooms:join")),
        "only_here": is_loopback(request),
        "problem": problem,
    }
    return render(request, "classrooms/code.html", context, status=status)


@never_cache
@require_safe
@instructor_required
def qr(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The code's address as a picture; with `to=return` the page for personal codes."""
    classroom = taught_classroom(request, public_id)
    page = "classrooms:return" if request.GET.get("to") == "return" else "classrooms:join-code"
    address = request.build_absolute_uri(reverse(page, args=[classroom.join_code]))
    picture = io.BytesIO()
    # Black on white in either theme: a phone must read it, also from paper.
    segno.make(address, micro=False, error="m").save(
        picture, kind="svg", border=4, dark="#000", light="#fff", svgns=True, omitsize=True
    )
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def shown_address(request: HttpRequest, path: str) -> str:
    """As people type it: the last slash is added by the site."""
    return request.build_absolute_uri(path).rstrip("/")


def is_loopback(request: HttpRequest) -> bool:
    """Whether the address that is shown leads nowhere from a phone."""
    return urlsplit(f"//{request.get_host()}").hostname in {"localhost", "127.0.0.1", "::1"}
