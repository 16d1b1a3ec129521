"""The list of quizzes; a new one, a copy, the archive."""

from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import instructor_required, signed_in_user
from apps.studio.forms.quizzes import NewQuizForm
from apps.studio.queries.quizzes import quiz_groups
from apps.studio.services.quizzes import (
    archive_quiz,
    copy_quiz,
    create_quiz,
    delete_quiz,
    unarchive_quiz,
)
from apps.studio.services.refusals import RefusedError
from apps.studio.views.quiz_access import may_copy, owned_quiz, visible_quiz


@instructor_required
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Own, shared, shipped and archived quizzes, and where each is set."""
    return _index(request)


def _index(request: HttpRequest, *, refusal: str = "", status: int = 200) -> HttpResponse:
    groups = quiz_groups(signed_in_user(request))
    context = {
        "section": "studio",
        "part": "quizzes",
        "groups": groups,
        "refusal": refusal,
        "done": _DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "studio/quizzes.html", context, status=status)


_DONE = {"deleted": "퀴즈를 지웠습니다. 안에 있던 문제는 문제은행에 그대로 있습니다."}


@instructor_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Only a title is asked; the rest is done in the editor."""
    form = NewQuizForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        user = signed_in_user(request)
        made = create_quiz(owner=user, title=form.cleaned_data["title"], now=timezone.now())
        return redirect("studio:quiz", made.uuid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"section": "studio", "part": "quizzes", "current": "true", "form": form}
    return render(request, "studio/quiz_new.html", context, status=status)


@instructor_required
@never_cache
@require_POST
def copy(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """An own quiz that asks the same questions; leads to its editor."""
    quiz = visible_quiz(request, uuid)
    if not may_copy(request, quiz):
        raise PermissionDenied
    try:
        made = copy_quiz(quiz=quiz, owner=signed_in_user(request), now=timezone.now())
    except RefusedError as refusal:
        return _index(request, refusal=str(refusal), status=HTTPStatus.CONFLICT)
    return redirect("studio:quiz", made.uuid)


@instructor_required
@never_cache
@require_POST
def archive(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """`do=archive`, `do=restore`, or `do=delete` for good where nothing points at it."""
    quiz = owned_quiz(request, uuid)
    match request.POST.get("do", ""):
        case "archive":
            archive_quiz(quiz=quiz, now=timezone.now())
        case "restore":
            unarchive_quiz(quiz=quiz)
        case "delete":
            try:
                delete_quiz(quiz=quiz)
            except RefusedError as refusal:
                return _index(request, refusal=str(refusal), status=HTTPStatus.CONFLICT)
            response = redirect("studio:quizzes")
            response["Location"] += "?done=deleted"
            return response
        case _:
            raise BadRequest("unknown action")
    return redirect("studio:quiz", quiz.uuid)
