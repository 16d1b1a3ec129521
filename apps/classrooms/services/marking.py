"""What an instructor says of one learner's work: a score, an excuse, a word."""

import datetime as dt

from django.db import transaction

from apps.accounts.models import User
from apps.classrooms.access import refuse_archived
from apps.classrooms.domain.standing import Judgment, Standing
from apps.classrooms.models import Assignment, Classroom, Enrollment, Mark
from apps.classrooms.queries.standings import judgment_of, standings


class StaleMarkError(Exception):
    """Somebody marked the same work meanwhile; nothing was written. `newest` is theirs."""

    def __init__(self, newest: Mark) -> None:
        super().__init__(
            "화면을 연 뒤에 다른 평가가 저장되었습니다. 그 평가를 보고 다시 저장해 주십시오."
        )
        self.newest = newest


class UnfitMarkError(Exception):
    """The mark does not fit the work; the text (Korean) says why."""


@transaction.atomic
def mark_work(
    *,
    assignment: Assignment,
    enrollment: Enrollment,
    judgment: Judgment,
    base: int,
    by: User,
    now: dt.datetime,
) -> Mark | None:
    """Add a mark, unless the newest one says the same already; None where there is nothing to say.

    `base` is the pk of the newest mark that `by` saw (0: none). A judgment without score and excuse
    takes an earlier one back. Raises StaleMarkError, UnfitMarkError and ArchivedError.
    """
    # The learner's place serializes two instructors marking the same work.
    Enrollment.objects.select_for_update(of=("self",)).get(pk=enrollment.pk)
    # As it is now: the page may have been read before somebody put the class away.
    refuse_archived(Classroom.objects.get(pk=assignment.classroom_id))
    newest = newest_mark(assignment, enrollment)
    if judgment == (judgment_of(newest) if newest else Judgment()):
        return newest  # sent twice, or nothing changed
    if newest is not None and newest.pk != base:
        raise StaleMarkError(newest)
    standing = standings([assignment], [enrollment], now=now)[assignment.pk, enrollment.pk]
    _refuse_unfit(judgment, standing)
    return Mark.objects.create(
        assignment=assignment,
        enrollment=enrollment,
        score=judgment.score,
        is_excused=judgment.is_excused,
        reason=judgment.reason,
        comment=judgment.comment,
        made_by=by,
        made_at=now,
    )


def newest_mark(assignment: Assignment, enrollment: Enrollment) -> Mark | None:
    marks = Mark.objects.filter(assignment=assignment, enrollment=enrollment)
    return marks.select_related("made_by").order_by("pk").last()


def _refuse_unfit(judgment: Judgment, standing: Standing) -> None:
    if (judgment.score is not None or judgment.is_excused) and not judgment.reason:
        raise UnfitMarkError("점수를 직접 정하거나 면제하려면 이유를 적어야 합니다.")
    if judgment.score is None:
        return
    if standing.max_score is None:
        raise UnfitMarkError("읽기 과제에는 점수가 없습니다.")
    if not 0 <= judgment.score <= standing.max_score:
        raise UnfitMarkError("점수는 0점부터 만점까지 정할 수 있습니다.")
