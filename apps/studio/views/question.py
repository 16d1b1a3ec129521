"""One question of the bank: as learners meet it, with its key, and the ways on from it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import instructor_required, signed_in_user
from apps.quizzes.models import Question
from apps.studio.presenting.bank import with_row_parts
from apps.studio.presenting.question import question_page
from apps.studio.queries.bank import annotated, readable_questions
from apps.studio.services.archiving import archive_question, delete_question, restore_question
from apps.studio.services.copying import copy_question
from apps.studio.services.refusals import RefusedError

DONE = {
    "archived": "보관했습니다. 문제은행의 ‘보관함’에서 언제든 되살릴 수 있습니다.",
    "restored": "되살렸습니다. 다시 고를 수 있는 문제가 되었습니다.",
}


@never_cache
@require_safe
@instructor_required
def question(request: HttpRequest, uuid: UUID) -> HttpResponse:
    done = DONE.get(request.GET.get("done", ""), "")
    return _page(request, _readable(request, uuid), done=done)


@never_cache
@require_POST
@instructor_required
def copy(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """복제하여 편집: an own question with a draft that says the same; its editor opens."""
    found, user = _readable(request, uuid), signed_in_user(request)
    if not Question.objects.copyable_by(user).filter(pk=found.pk).exists():
        raise PermissionDenied
    try:
        draft = copy_question(question=found, owner=user, now=timezone.now())
    except RefusedError as refusal:
        return _page(request, found, refusal=str(refusal), status=409)
    return redirect("studio:edit", draft.question.uuid)


@never_cache
@require_POST
@instructor_required
def archive(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """`do=archive` puts it away, `restore` brings it back, `delete` is for what nobody used."""
    found, user, now = _readable(request, uuid), signed_in_user(request), timezone.now()
    if not Question.objects.editable_by(user).filter(pk=found.pk).exists():
        raise PermissionDenied
    try:
        match request.POST.get("do"):
            case "archive":
                archive_question(question=found, by=user, now=now)
                done = "archived"
            case "restore":
                restore_question(question=found, by=user)
                done = "restored"
            case "delete":
                delete_question(question=found, by=user, now=now)
                return redirect(f"{reverse('studio:bank')}?whose=mine&done=deleted")
            case _:
                raise BadRequest("unknown action")
    except RefusedError as refusal:
        return _page(request, found, refusal=str(refusal), status=409)
    return redirect(f"{reverse('studio:question', args=[found.uuid])}?done={done}")


def _readable(request: HttpRequest, uuid: UUID) -> Question:
    user = signed_in_user(request)
    found = with_row_parts(annotated(readable_questions(user), user), user)
    return get_object_or_404(found, uuid=uuid)


def _page(request: HttpRequest, found: Question, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "section": "studio",
        "part": "bank",
        **question_page(found, signed_in_user(request)),
        **more,
    }
    return render(request, "studio/question.html", context, status=status)
