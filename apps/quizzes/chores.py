"""What attempts need when nobody looks at them."""

import datetime as dt

from apps.core.maintenance import Chore
from apps.quizzes.domain.rules import is_over
from apps.quizzes.models import Attempt
from apps.quizzes.queries import deadline_of
from apps.quizzes.services.taking import close_overdue


def _count_overdue(now: dt.datetime) -> int:
    running = Attempt.objects.running().select_related("run", "learner")
    return sum(is_over(deadline_of(attempt), now=now) for attempt in running)


CHORES = (
    Chore("attempts", "시간이 끝난 응시", _count_overdue, lambda now: close_overdue(now=now)),
)
