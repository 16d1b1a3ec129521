"""The settings of a quiz."""

from functools import partial
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.access import instructor_required, signed_in_user
from apps.quizzes.models import Quiz
from apps.studio.domain.quiz_changes import change_settings
from apps.studio.domain.quiz_words import differences
from apps.studio.forms.quizzes import SettingsForm
from apps.studio.queries.quizzes import estimated_minutes
from apps.studio.services.quiz_documents import document_of
from apps.studio.services.quizzes import change_quiz
from apps.studio.services.refusals import RefusedError, StaleError
from apps.studio.views.quiz_access import base_revision, editable_quiz


@instructor_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """422: what was typed wrong; 409: somebody changed the quiz meanwhile, what was typed stays."""
    quiz = editable_quiz(request, uuid)
    if request.method != "POST":
        return _page(request, quiz, SettingsForm(quiz=quiz))
    form = SettingsForm(request.POST, quiz=quiz)
    if not form.is_valid():
        return _page(request, quiz, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    wanted = form.values()
    try:
        change_quiz(
            quiz=quiz,
            by=signed_in_user(request),
            now=timezone.now(),
            base_revision=base_revision(request),
            change=partial(change_settings, values=wanted),
        )
    except StaleError as refusal:
        quiz.refresh_from_db()
        stored = document_of(quiz)
        lines = differences(stored, {**stored, **wanted}, {})
        said = f"{refusal} 쓴 내용은 아래에 그대로 있습니다. 저장하면 지금 저장된 것을 바꿉니다."
        return _page(request, quiz, form, refusal=said, lines=lines, status=HTTPStatus.CONFLICT)
    except RefusedError as refusal:
        return _page(request, quiz, form, refusal=str(refusal), status=HTTPStatus.CONFLICT)
    return redirect("studio:quiz", quiz.uuid)


def _page(
    request: HttpRequest,
    quiz: Quiz,
    form: SettingsForm,
    *,
    refusal: str = "",
    lines: list[str] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "section": "studio",
        "part": "quizzes",
        "current": "true",
        "quiz": quiz,
        "form": form,
        "refusal": refusal,
        "lines": lines,
        "estimate": estimated_minutes(document_of(quiz), quiz),
    }
    return render(request, "studio/quiz_settings.html", context, status=status)
