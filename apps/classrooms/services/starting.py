"""A learner begins a quiz that was set to the class."""

import datetime as dt

from apps.classrooms.access import refuse_archived
from apps.classrooms.models import Assignment, Enrollment
from apps.classrooms.services.assigning import asks_exam_questions
from apps.quizzes.models import Attempt
from apps.quizzes.services.taking import RefusedError, start_attempt


def start_assignment(
    *, assignment: Assignment, enrollment: Enrollment, now: dt.datetime, seed: int
) -> Attempt:
    """The running attempt or a new one. Raises ArchivedError, and RefusedError of taking."""
    current = Assignment.objects.with_targets().get(pk=assignment.pk)
    _refuse_outside_the_class(current, enrollment)
    if current.run is None:
        raise RefusedError(
            "읽기 과제에는 응시가 없습니다. 레슨 끝의 ‘읽음으로 표시하기’를 누르세요."
        )
    if current.run.is_practice and asks_exam_questions(current.run.quiz):
        # Set as practice, and since then a question of it was kept for exams.
        raise RefusedError(
            "이 퀴즈에 시험 문제가 들어와 문제마다 정답을 볼 수 없게 되었습니다. "
            "강사에게 알려 주시기 바랍니다."
        )

    def guard() -> None:
        # Once more where the attempt is opened: dealing takes a while. The class is not locked for
        # it, since whoever locks a class locks learners after it.
        again = Assignment.objects.select_related("classroom").get(pk=current.pk)
        _refuse_outside_the_class(again, enrollment)

    return start_attempt(
        run=current.run, learner=enrollment.learner, now=now, seed=seed, guard=guard
    )


def _refuse_outside_the_class(assignment: Assignment, enrollment: Enrollment) -> None:
    refuse_archived(assignment.classroom)
    if assignment.retired_at is not None:
        raise RefusedError("강사가 내린 과제입니다. 이제 새로 시작할 수 없습니다.")
    if not Enrollment.objects.active().filter(pk=enrollment.pk).exists():
        raise RefusedError("지금은 이 반의 학습자가 아니어서 시작할 수 없습니다.")
