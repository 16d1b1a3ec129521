"""An instructor looks at one learner's attempt."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.access import instructor_required
from apps.classrooms.access import taught_assignment
from apps.classrooms.queries.marks import members_attempt
from apps.classrooms.queries.standings import work_of
from apps.quizzes.domain.results import counted_score
from apps.quizzes.domain.rules import is_late
from apps.quizzes.models import Attempt
from apps.quizzes.presenting.result import sitting_of
from apps.quizzes.presenting.review import breakdown, item_review, scene_styles
from apps.quizzes.queries import current_items
from apps.quizzes.services.taking import close_if_over


@never_cache
@require_safe
@instructor_required
def learner_attempt(request: HttpRequest, public_id: UUID, attempt_id: UUID) -> HttpResponse:
    """The whole review, whenever the learner may see it; a running attempt is left in peace."""
    now = timezone.now()
    assignment = taught_assignment(request, public_id)
    attempt, enrollment = members_attempt(assignment, attempt_id)
    attempt = close_if_over(attempt=attempt, now=now)
    work = work_of(assignment, enrollment, now=now)
    finished_at = attempt.finished_at
    context = {
        "section": "classrooms",
        "classroom": assignment.classroom,
        "assignment": assignment,
        "enrollment": enrollment,
        "attempt": attempt,
        "late": finished_at is not None and is_late(finished_at, work.rules.window),
        "counted": counted_score(sitting_of(attempt), work.rules.window, work.rules.late_deduction),
        "standing": work.standing(now=now),
        "whose": "학습자",
    }
    if not attempt.is_running:
        context |= _told(attempt)
    return render(request, "classrooms/learner_attempt.html", context)


def _told(attempt: Attempt) -> dict[str, object]:
    reviews = [item_review(item) for item in current_items(attempt)]
    return {
        "reviews": reviews,
        "lessons": breakdown((each.lesson, each) for each in reviews if each.lesson),
        "styles": scene_styles(reviews),
    }
