"""What became of a quiz, change by change, and the way back."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import instructor_required, signed_in_user
from apps.quizzes.models import Quiz
from apps.studio.presenting.quiz_history import history_entries
from apps.studio.services.quizzes import restore_revision
from apps.studio.services.refusals import RefusedError
from apps.studio.views.quiz_access import base_revision, editable_quiz, may_edit, visible_quiz


@instructor_required
@never_cache
@require_safe
def history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who changed what and when, the newest first; quick changes of one person as one entry."""
    return _page(request, visible_quiz(request, uuid))


@instructor_required
@never_cache
@require_POST
def restore(request: HttpRequest, uuid: UUID, number: int) -> HttpResponseBase:
    """The quiz as it was after change `number`, as one more change."""
    quiz = editable_quiz(request, uuid)
    try:
        restore_revision(
            quiz=quiz,
            number=number,
            by=signed_in_user(request),
            now=timezone.now(),
            base_revision=base_revision(request),
        )
    except RefusedError as refusal:
        quiz.refresh_from_db()
        return _page(request, quiz, refusal=str(refusal), status=HTTPStatus.CONFLICT)
    return redirect("studio:quiz", quiz.uuid)


def _page(
    request: HttpRequest, quiz: Quiz, *, refusal: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "section": "studio",
        "part": "quizzes",
        "current": "true",
        "quiz": quiz,
        "entries": history_entries(quiz),
        "may_edit": may_edit(request, quiz),
        "refusal": refusal,
    }
    return render(request, "studio/quiz_history.html", context, status=status)
