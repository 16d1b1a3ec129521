"""Setting quizzes and lessons to a class, changing what was set, taking it down."""

import datetime as dt
import uuid
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Q

from apps.accounts.models import User
from apps.accounts.services.audit import record_audit
from apps.classrooms.access import refuse_archived
from apps.classrooms.domain.run_rules import RunRules, problems_of
from apps.classrooms.models import Assignment, Classroom
from apps.classrooms.queries.consequences import consequences_of, reading_consequences
from apps.lessons.models import Lesson
from apps.quizzes.models import Attempt, Authorship, Draw, Origin, Pool, Quiz, QuizRun
from apps.quizzes.models.words import Feedback

__all__ = [
    "NeedsConsentError",
    "RefusedError",
    "RunRules",
    "asks_exam_questions",
    "create_quiz_assignment",
    "create_reading_assignment",
    "edit_quiz_assignment",
    "edit_reading_assignment",
    "restore_assignment",
    "retire_assignment",
    "rules_of",
    "usable_quizzes",
]

RUN_TITLE_LENGTH = 60


class RefusedError(Exception):
    """The assignment cannot be so; the text (Korean) says why. `field`: the rule it is about."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class NeedsConsentError(Exception):
    """A change would touch work that was begun; `consequences` (Korean) say whose and how."""

    def __init__(self, consequences: tuple[str, ...]) -> None:
        super().__init__(" ".join(consequences))
        self.consequences = consequences


def rules_of(run: QuizRun) -> RunRules:
    """The rules as they stand."""
    return RunRules(
        opens_at=run.opens_at,
        closes_at=run.closes_at,
        late_until=run.late_until,
        late_deduction=run.late_deduction,
        time_limit=run.time_limit,
        max_attempts=run.max_attempts,
        counts=run.counts,
        feedback=run.feedback,
    )


def asks_exam_questions(quiz: Quiz) -> bool:
    """Whether it holds or draws anything that is kept for exams."""
    kept = Q(pool=Pool.EXAM) | Q(question__pool=Pool.EXAM)
    return Draw.objects.filter(section__quiz=quiz).filter(kept).exists()


@transaction.atomic
def create_quiz_assignment(
    *,
    classroom: Classroom,
    quiz: Quiz,
    title: str,
    note: str,
    by: User,
    now: dt.datetime,
    rules: RunRules,
) -> Assignment:
    """Set a quiz that `by` may use. Without a title it is the quiz's.

    Raises ArchivedError, RefusedError.
    """
    _lock(classroom)
    if quiz.retired_at is not None:
        raise RefusedError("더는 내지 않는 퀴즈입니다. 다른 퀴즈를 고르세요.", "quiz")
    _refuse_anothers(quiz, by)
    _refuse_contradictions(quiz, rules)
    public_id = uuid.uuid4()
    title = title or quiz.title
    run = QuizRun.objects.create(
        quiz=quiz,
        origin=Origin.ASSIGNMENT,
        slug=f"a-{public_id.hex}",
        title=title[:RUN_TITLE_LENGTH],
        **asdict(rules),
    )
    assignment = Assignment.objects.create(
        public_id=public_id,
        classroom=classroom,
        run=run,
        title=title,
        note=note,
        created_at=now,
        created_by=by,
    )
    _audit(assignment, "assignment-created", by=by, now=now)
    return assignment


@transaction.atomic
def create_reading_assignment(
    *,
    classroom: Classroom,
    lesson: Lesson,
    title: str,
    note: str,
    by: User,
    now: dt.datetime,
    opens_at: dt.datetime | None = None,
    due_at: dt.datetime | None = None,
) -> Assignment:
    """Set a lesson to read. Without a title it is the lesson's. Raises as for a quiz."""
    _lock(classroom)
    if lesson.retired_at is not None:
        raise RefusedError("지금 과정에 없는 레슨입니다. 다른 레슨을 고르세요.", "lesson")
    _refuse_reading_times(opens_at, due_at)
    assignment = Assignment.objects.create(
        classroom=classroom,
        lesson=lesson,
        title=title or lesson.title,
        note=note,
        opens_at=opens_at,
        due_at=due_at,
        created_at=now,
        created_by=by,
    )
    _audit(assignment, "assignment-created", by=by, now=now)
    return assignment


@transaction.atomic
def edit_quiz_assignment(
    *,
    assignment: Assignment,
    title: str,
    note: str,
    rules: RunRules,
    by: User,
    now: dt.datetime,
    consent: tuple[str, ...] = (),
) -> None:
    """Change a set quiz; its quiz stays. Written over what others changed meanwhile.

    `consent` are consequences that the instructor has read. Raises ArchivedError, RefusedError,
    and NeedsConsentError while there is a consequence that is not among them.
    """
    _lock(assignment.classroom)
    run = (
        QuizRun.objects.select_for_update(of=("self",))
        .select_related("quiz")
        .get(assignment=assignment)
    )
    before = rules_of(run)
    _refuse_contradictions(run.quiz, rules)
    _refuse_other_kind_of_feedback(run, rules)
    consequences = consequences_of(run, rules, now=now)
    if not set(consequences) <= set(consent):
        raise NeedsConsentError(consequences)
    for name, value in asdict(rules).items():
        setattr(run, name, value)
    run.title = title[:RUN_TITLE_LENGTH]
    run.save()
    changed = _changes(asdict(before), asdict(rules))
    _write_texts(assignment, title, note, changed)
    assignment.run = run
    if changed:
        _audit(assignment, "assignment-edited", by=by, now=now, changed=changed)


@transaction.atomic
def edit_reading_assignment(
    *,
    assignment: Assignment,
    title: str,
    note: str,
    opens_at: dt.datetime | None,
    due_at: dt.datetime | None,
    by: User,
    now: dt.datetime,
    consent: tuple[str, ...] = (),
) -> None:
    """Change a set lesson. Raises as for a quiz."""
    _lock(assignment.classroom)
    _refuse_reading_times(opens_at, due_at)
    consequences = reading_consequences(assignment, due_at)
    if not set(consequences) <= set(consent):
        raise NeedsConsentError(consequences)
    before = {"opens_at": assignment.opens_at, "due_at": assignment.due_at}
    after = {"opens_at": opens_at, "due_at": due_at}
    changed = _changes(before, after)
    Assignment.objects.filter(pk=assignment.pk).update(**after)
    assignment.opens_at, assignment.due_at = opens_at, due_at
    _write_texts(assignment, title, note, changed)
    if changed:
        _audit(assignment, "assignment-edited", by=by, now=now, changed=changed)


@transaction.atomic
def retire_assignment(*, assignment: Assignment, by: User, now: dt.datetime) -> None:
    """Take it down: nobody begins it any more, what was begun may be finished. Twice is once."""
    _lock(assignment.classroom)
    current = Assignment.objects.filter(pk=assignment.pk, retired_at__isnull=True)
    if current.update(retired_at=now):
        QuizRun.objects.filter(assignment=assignment).update(retired_at=now)
        _audit(assignment, "assignment-retired", by=by, now=now)


@transaction.atomic
def restore_assignment(*, assignment: Assignment, by: User, now: dt.datetime) -> None:
    """Put it back as it was. Raises ArchivedError."""
    _lock(assignment.classroom)
    retired = Assignment.objects.filter(pk=assignment.pk, retired_at__isnull=False)
    if retired.update(retired_at=None):
        QuizRun.objects.filter(assignment=assignment).update(retired_at=None)
        _audit(assignment, "assignment-restored", by=by, now=now)


def _lock(classroom: Classroom) -> None:
    """The class as it is now, so that archiving it and writing to it come one after the other."""
    refuse_archived(Classroom.objects.select_for_update(of=("self",)).get(pk=classroom.pk))


def _refuse_contradictions(quiz: Quiz, rules: RunRules) -> None:
    problems = problems_of(rules, asks_exam_questions=asks_exam_questions(quiz))
    if problems:
        raise RefusedError(problems[0].text, problems[0].field)


def usable_quizzes(user: User) -> set[int]:
    """Primary keys of what this instructor may set: shipped, own, and shared for copying."""
    return set(Quiz.objects.copyable_by(user).values_list("pk", flat=True))


def _refuse_anothers(quiz: Quiz, by: User) -> None:
    if quiz.authorship == Authorship.FILE:
        return
    if not Quiz.objects.copyable_by(by).filter(pk=quiz.pk).exists():
        raise RefusedError(
            "다른 강사의 퀴즈이고 복제까지 허락받지 않아 낼 수 없습니다. 다른 퀴즈를 고르세요.",
            "quiz",
        )
    if not Draw.objects.filter(section__quiz=quiz).exists():
        raise RefusedError("아직 문제가 없는 퀴즈입니다. 문제를 넣은 뒤에 내세요.", "quiz")


def _refuse_reading_times(opens_at: dt.datetime | None, due_at: dt.datetime | None) -> None:
    if opens_at is not None and due_at is not None and due_at <= opens_at:
        raise RefusedError("마감은 여는 시각보다 뒤여야 합니다.", "due_at")


def _refuse_other_kind_of_feedback(run: QuizRun, rules: RunRules) -> None:
    """Answers given under one promise are not looked at under the other.

    With immediate feedback a question is answered for good once it was checked, and may be tried
    again: an attempt that began so cannot go on as an exam, nor the other way round.
    """
    was, will = run.is_practice, rules.feedback == Feedback.IMMEDIATE
    if was == will or not Attempt.objects.filter(run=run).exists():
        return
    if will:
        text = (
            "이미 응시한 학습자가 있어 ‘문제마다 바로’로 바꿀 수 없습니다. 제출 뒤에 보기로 하고 "
            "푼 문제의 정답이 푸는 도중에 드러나게 됩니다. 연습으로 내려면 새 과제를 만드세요."
        )
    else:
        text = (
            "이미 응시한 학습자가 있어 ‘문제마다 바로’에서 바꿀 수 없습니다. 정답을 보며 푼 응시가 "
            "시험이 될 수는 없습니다. 시험으로 내려면 새 과제를 만드세요."
        )
    raise RefusedError(text, "feedback")


def _write_texts(
    assignment: Assignment, title: str, note: str, changed: dict[str, list[Any]]
) -> None:
    changed |= _changes({"title": assignment.title}, {"title": title})
    if note != assignment.note:
        changed["note"] = []  # that it changed, not what it says
    Assignment.objects.filter(pk=assignment.pk).update(title=title, note=note)
    assignment.title, assignment.note = title, note


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """What differs, as [before, after] fit for JSON."""
    return {
        name: [_plain(before[name]), _plain(value)]
        for name, value in after.items()
        if before[name] != value
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value


def _audit(
    assignment: Assignment, action: str, *, by: User, now: dt.datetime, **detail: Any
) -> None:
    record_audit(
        actor=by,
        action=action,
        subject=f"{assignment.classroom.name} · {assignment.title}",
        now=now,
        assignment=str(assignment.public_id),
        **detail,
    )
