"""A set quiz as its learner sees it: the rules, one's own exception, what may be begun now."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from apps.classrooms.models import Assignment, Enrollment
from apps.quizzes.domain.rules import Window, deadline, is_over
from apps.quizzes.models import Extension, QuizRun
from apps.quizzes.presenting.runs import RunView, run_view
from apps.quizzes.queries import extension_of, window_of


@dataclass(frozen=True, slots=True)
class OwnRun:
    """A quiz under the rules of one learner, or of the class where `extension` is None.

    `no`: why nothing can be begun now (Korean), "" where it can. `running_until`: when the running
    attempt ends. `short_until`: the end of who begins now, where the time limit would go further.
    """

    view: RunView
    extension: Extension | None
    no: str
    running_until: dt.datetime | None
    short_until: dt.datetime | None

    @property
    def class_limit(self) -> str:
        """The time limit of the class, as `view.limit` says one's own; "" without one."""
        limit = self.view.window.time_limit
        return "" if limit is None else length_words(limit)


def own_run(assignment: Assignment, enrollment: Enrollment, *, now: dt.datetime) -> OwnRun | None:
    """None for a reading. What is over is closed first."""
    run = assignment.run
    if run is None:
        return None
    view = run_view(run, enrollment.learner, now=now)
    until = None
    if view.running is not None:
        until = deadline(view.window, started_at=view.running.started_at)
    return OwnRun(
        view,
        extension_of(run, enrollment.learner),
        _why_not(assignment, view, now),
        until,
        _short_until(view.window, now),
    )


def class_run(run: QuizRun, *, now: dt.datetime) -> OwnRun:
    """The rules as they are for everybody without an exception; for instructors."""
    return OwnRun(run_view(run, None, now=now), None, "", None, None)


def class_limit(run: QuizRun) -> str:
    """50분, 22분 30초; "" without a limit."""
    window = window_of(run, None)
    return length_words(window.time_limit) if window.time_limit else ""


def _why_not(assignment: Assignment, view: RunView, now: dt.datetime) -> str:
    if assignment.classroom.is_archived:
        return "보관한 반의 과제라 새로 시작할 수 없습니다. 지난 응시는 볼 수 있습니다."
    if assignment.retired_at is not None:
        return "강사가 내린 과제라 새로 시작할 수 없습니다."
    if view.opens_later:
        return "아직 시작할 수 없습니다. 여는 시각이 되면 이 화면에서 시작합니다."
    if is_over(view.window.ends_at, now=now):
        return "마감되어 새로 시작할 수 없습니다."
    if view.left == 0:
        return "정해진 응시 횟수를 모두 썼습니다."
    return ""


def _short_until(window: Window, now: dt.datetime) -> dt.datetime | None:
    """The end of the run, where it comes before the time limit of one who begins now is up."""
    if window.time_limit is None or window.ends_at is None:
        return None
    return window.ends_at if window.ends_at < now + limit_of(window) else None


def limit_of(window: Window) -> dt.timedelta:
    """The time limit with the learner's own factor; for a window that has one."""
    limit = window.time_limit or dt.timedelta(0)
    return dt.timedelta(seconds=float(Decimal(round(limit.total_seconds())) * window.time_factor))


def length_words(length: dt.timedelta) -> str:
    """50분, 22분 30초; whole seconds."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    words = [f"{minutes}분"] * bool(minutes) + [f"{seconds}초"] * bool(seconds)
    return " ".join(words)
