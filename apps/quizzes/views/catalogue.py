"""The catalogue of quizzes, and the cover of one: what awaits whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.services import current_learner
from apps.quizzes.models import Attempt, Origin, Quiz
from apps.quizzes.presenting.catalogue import catalogue_groups, current_runs, item_count
from apps.quizzes.presenting.runs import run_view
from apps.quizzes.services.taking import close_if_over


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All quizzes with items, minutes and modes; and where the learner may go on."""
    now = timezone.now()
    open_ones = (
        Attempt.objects.of(current_learner(request))
        .running()
        .exclude(run__origin=Origin.TRIAL)
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
        Quiz.objects.from_files().current().prefetch_related("sections__draws", "runs"), slug=slug
    )
    learner = current_learner(request)
    rows = [run_view(run, learner, now=now) for run in current_runs(quiz)]
    context = {
        "section": "quizzes",
        "quiz": quiz,
        "items": item_count(quiz),
        "rows": rows,
        "now": now,
    }
    return render(request, "quizzes/cover.html", context)
