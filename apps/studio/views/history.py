"""What a question was: its versions, each against the others, and back to one of them."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import instructor_required, signed_in_user
from apps.quizzes.models import Question, QuestionVersion
from apps.studio.forms.history import NoteForm
from apps.studio.presenting.history import history_page, restore_page, version_page
from apps.studio.queries.bank import readable_questions
from apps.studio.services.publishing import InvalidError
from apps.studio.services.refusals import RefusedError
from apps.studio.services.restoring import restore_version
from apps.studio.views.access import editable_question
from apps.studio.views.publish import seen_version

DONE = {
    "published": "발행했습니다. 지금부터 시작하는 응시는 이 문제를 풉니다.",
    "settings": "이름과 쓰임, 꼬리표를 저장했습니다. 문제 내용은 지금 발행본과 같습니다.",
    "restored": "되살렸습니다. 지금부터 시작하는 응시는 이 문제를 풉니다.",
}


@never_cache
@require_safe
@instructor_required
def history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All versions, the newest first; `before` leads on to the older ones."""
    question = _readable(request, uuid)
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    user = signed_in_user(request)
    context = history_page(question, user, before=number, now=timezone.now())
    context["done"] = DONE.get(request.GET.get("done", ""), "")
    return render(request, "studio/history.html", context)


@never_cache
@require_safe
@instructor_required
def version(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """One version as learners meet it, against the one before it and the live one."""
    found = _version(_readable(request, uuid), number)
    user = signed_in_user(request)
    return render(request, "studio/version.html", version_page(found, user, now=timezone.now()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def restore(request: HttpRequest, uuid: UUID, number: int) -> HttpResponseBase:
    """What restoring would change; POST publishes that wording again as a new version."""
    question = editable_question(request, uuid)
    found = _version(question, number)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _restore_page(request, found, form)
    if not form.is_valid():
        return _restore_page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    seen = seen_version(request, question)
    try:
        restore_version(
            version=found,
            seen=found if seen is None else seen,
            by=signed_in_user(request),
            now=timezone.now(),
            note=form.cleaned_data["note"],
        )
    except InvalidError:
        refusal = "지금은 그대로 되살릴 수 없습니다. 그때와 달라진 곳이 있습니다."
        return _restore_page(request, found, form, refusal=refusal, status=HTTPStatus.CONFLICT)
    except RefusedError as refused:
        refusal = str(refused)
        found = _version(editable_question(request, uuid), number)
        return _restore_page(request, found, form, refusal=refusal, status=HTTPStatus.CONFLICT)
    return redirect(f"{reverse('studio:history', args=[question.uuid])}?done=restored")


def _restore_page(
    request: HttpRequest,
    found: QuestionVersion,
    form: NoteForm,
    *,
    refusal: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = restore_page(found, signed_in_user(request), now=timezone.now())
    context |= {"form": form, "refusal": refusal}
    return render(request, "studio/restore.html", context, status=status)


def _readable(request: HttpRequest, uuid: UUID) -> Question:
    readable = readable_questions(signed_in_user(request))
    return get_object_or_404(readable.select_related("current"), uuid=uuid)


def _version(question: Question, number: int) -> QuestionVersion:
    versions = question.versions.select_related("author")
    found: QuestionVersion = get_object_or_404(versions, number=number)
    found.question = question
    return found
