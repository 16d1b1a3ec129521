"""An instructor takes a quiz as learners would."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from apps.accounts.access import instructor_required, signed_in_user
from apps.accounts.services import ensure_learner
from apps.core.htmx import HtmxHttpRequest
from apps.quizzes.services.taking import RefusedError
from apps.quizzes.views.access import fresh_seed
from apps.studio.services.trials import start_trial, throw_away_trials
from apps.studio.views.quiz import quiz_page
from apps.studio.views.quiz_access import visible_quiz


@instructor_required
@never_cache
@require_POST
def trial(request: HtmxHttpRequest, uuid: UUID) -> HttpResponseBase:
    """A fresh trial of the quiz as it is now; `do=discard` throws all own trials of it away."""
    quiz = visible_quiz(request, uuid)
    user, now = signed_in_user(request), timezone.now()
    if request.POST.get("do") == "discard":
        throw_away_trials(quiz=quiz, user=user)
        return redirect("studio:quiz", quiz.uuid)
    learner = ensure_learner(request, now=now)
    try:
        attempt = start_trial(quiz=quiz, user=user, learner=learner, now=now, seed=fresh_seed())
    except RefusedError:
        reason = (
            "보관한 퀴즈는 미리 풀 수 없습니다. 보관을 풀고 다시 해 주세요."
            if quiz.retired_at is not None
            else "낼 문제가 모자라 미리 풀 수 없습니다. 아래 ‘살펴볼 것’을 확인하세요."
        )
        return quiz_page(request, quiz, refusal=reason, status=HTTPStatus.CONFLICT)
    return redirect(attempt)
