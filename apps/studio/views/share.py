"""Who else may use a question or a quiz, and handing it over."""

from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.access import instructor_required, signed_in_user
from apps.quizzes.models import Quiz, Right
from apps.studio.forms.history import HandOverForm, RightForm, ShareForm
from apps.studio.presenting.sharing import address_of, share_page
from apps.studio.queries.bank import readable_questions
from apps.studio.services import sharing
from apps.studio.services.refusals import RefusedError
from apps.studio.services.sharing import Shared

DONE = {
    "shared": "공유했습니다.",
    "changed": "권한을 바꾸었습니다.",
    "withdrawn": "공유를 거두었습니다.",
    "handed-over": "넘겼습니다. 이제 주인은 새 강사입니다.",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def question(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The owner's and administrators': 404 where it is not to be seen, 403 where it is all."""
    readable = readable_questions(signed_in_user(request)).select_related("current", "owner")
    return _share(request, get_object_or_404(readable, uuid=uuid))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def quiz(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The same for a quiz, whose questions can be seen with it."""
    visible = Quiz.objects.visible_to(signed_in_user(request)).select_related("owner")
    return _share(request, get_object_or_404(visible, uuid=uuid))


def _share(request: HttpRequest, item: Shared) -> HttpResponseBase:
    if not sharing.may_share(item, signed_in_user(request)):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, item)
    match request.POST.get("do"):
        case "change":
            return _change(request, item)
        case "withdraw":
            return _withdraw(request, item)
        case "hand-over":
            return _hand_over(request, item)
    return _add(request, item)


def _add(request: HttpRequest, item: Shared) -> HttpResponseBase:
    form = ShareForm(request.POST)
    if not form.is_valid():
        return _page(request, item, share_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        sharing.share(
            item=item,
            login_name=form.shared_with,
            right=Right(form.cleaned_data["right"]),
            by=signed_in_user(request),
            now=timezone.now(),
        )
    except RefusedError as refusal:
        form.add_error("login_name", str(refusal))
        return _page(request, item, share_form=form, status=HTTPStatus.CONFLICT)
    return _done(request, "shared")


def _change(request: HttpRequest, item: Shared) -> HttpResponseBase:
    form = RightForm(request.POST)
    if not form.is_valid():
        return _page(
            request,
            item,
            problem="보기, 복제, 편집 가운데 하나를 골라 주세요.",
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    try:
        sharing.change_right(
            item=item,
            share_id=_share_id(request),
            right=Right(form.cleaned_data["right"]),
            by=signed_in_user(request),
            now=timezone.now(),
        )
    except RefusedError as refusal:
        return _page(request, item, problem=str(refusal), status=HTTPStatus.CONFLICT)
    return _done(request, "changed")


def _withdraw(request: HttpRequest, item: Shared) -> HttpResponseBase:
    user = signed_in_user(request)
    try:
        sharing.withdraw(item=item, share_id=_share_id(request), by=user, now=timezone.now())
    except RefusedError as refusal:
        return _page(request, item, problem=str(refusal), status=HTTPStatus.CONFLICT)
    return _done(request, "withdrawn")


def _hand_over(request: HttpRequest, item: Shared) -> HttpResponseBase:
    form, user = HandOverForm(request.POST), signed_in_user(request)
    if not form.is_valid():
        return _page(request, item, hand_over_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        sharing.hand_over(
            item=item,
            login_name=form.cleaned_data["new_owner"],
            by=user,
            now=timezone.now(),
            with_questions=form.cleaned_data["with_questions"],
        )
    except RefusedError as refusal:
        form.add_error("new_owner", str(refusal))
        return _page(request, item, hand_over_form=form, status=HTTPStatus.CONFLICT)
    # Who is no owner any more has no business on this page.
    return _done(request, "handed-over") if user.is_staff else redirect(address_of(item))


def _share_id(request: HttpRequest) -> int:
    """0, which no row has, for nonsense."""
    sent = request.POST.get("share", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else 0


def _done(request: HttpRequest, what: str) -> HttpResponse:
    return redirect(f"{request.path}?done={what}")


def _page(
    request: HttpRequest,
    item: Shared,
    *,
    share_form: Form | None = None,
    hand_over_form: Form | None = None,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        **share_page(item),
        "share_form": share_form or ShareForm(initial={"whom": "one", "right": Right.VIEW}),
        "hand_over_form": hand_over_form or HandOverForm(initial={"with_questions": True}),
        "problem": problem,
        "done": DONE.get(request.GET.get("done", ""), "") if request.method != "POST" else "",
    }
    return render(request, "studio/share.html", context, status=status)
