"""The catalogue of quizzes, and the cover of one: what awaits whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.services import current_learner
from apps.quizzes.domain.rules import Window, is_over
from apps.quizzes.models import Attempt, Quiz
from apps.quizzes.presenting.catalogue import catalogue_groups, current_runs, item_count
from apps.quizzes.presenting.result import counted_attempt, result_line
from apps.quizzes.queries import attempts_left, extension_of, window_of
from apps.quizzes.services.taking import close_if_over


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All quizzes with items, minutes and modes; and where the learner may go on."""
    now = timezone.now()
    open_ones = (
        Attempt.objects.of(current_learner(request))
        .running()
        .select_related("run__quiz", "learner")
        .order_by("-started_at")
    )
    looked_at = [close_if_over(attempt=attempt, now=now) for attempt in open_ones]
    running = [attempt for attempt in looked_at if attempt.is_running]
    context = {"section": "quizzes", "groups": catalogue_groups(), "running": running}
    return render(request, "quizzes/index.html", context)


@never_cache
@require_safe
def cover(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules of each run before anything starts, and the learner's own attempts."""
    now = timezone.now()
    quiz = get_object_or_404(
        Quiz.objects.current().prefetch_related("sections__draws", "runs"), slug=slug
    )
    learner = current_learner(request)
    rows = []
    for run in current_runs(quiz):
        own = list(
            Attempt.objects.of(learner)
            .filter(run=run)
            .select_related("run__quiz", "learner")
            .order_by("number")
        )
        own = [close_if_over(attempt=attempt, now=now) for attempt in own]
        window = window_of(run, extension_of(run, learner) if learner else None)
        counted = counted_attempt(run, own, window)
        rows.append(
            {
                "run": run,
                "window": window,
                "opens_later": window.opens_at is not None and now < window.opens_at,
                "closed": is_over(window.ends_at, now=now),
                "limit": _limit_words(window),
                "left": attempts_left(run, learner),
                "running": next((each for each in own if each.is_running), None),
                "attempts": [
                    (each, result_line(each, now=now), each == counted) for each in reversed(own)
                ],
            }
        )
    context = {"section": "quizzes", "quiz": quiz, "items": item_count(quiz), "rows": rows}
    return render(request, "quizzes/cover.html", context)


def _limit_words(window: Window) -> str:
    """15분, 1분 30초; "" without a limit. What a personal factor makes of it, seconds whole."""
    if window.time_limit is None:
        return ""
    whole = int(round(window.time_limit.total_seconds()) * window.time_factor)
    minutes, seconds = divmod(whole, 60)
    words = [f"{minutes}분"] * bool(minutes) + [f"{seconds}초"] * bool(seconds)
    return " ".join(words)
