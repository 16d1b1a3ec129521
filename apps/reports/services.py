"""Sending a report, answering it, closing it and opening it again."""

import datetime as dt

from django.db import transaction

from apps.accounts.models import Learner, User
from apps.accounts.throttling import TooManyTriesError, begin_try
from apps.classrooms.access import refuse_archived
from apps.classrooms.models import Classroom
from apps.lessons.models import Lesson
from apps.quizzes.models import AttemptItem
from apps.reports.models import Report, ReportAnswer
from apps.reports.places import Place

HOUR = dt.timedelta(hours=1)
MAX_AN_HOUR = 10
"""Of one learner."""
MAX_UNNAMED = 10
"""Of one address within the window of `throttling`, from learners whom nobody knows: each new
browser is another learner."""


class RefusedError(Exception):
    """A rule says no; the text (Korean) says which and what can be done."""


class AnsweredMeanwhileError(RefusedError):
    """Somebody answered after this page was opened; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "그사이 다른 사람이 먼저 답했습니다. 아래에서 그 답을 확인하세요. "
            "쓰던 답은 그대로 있고, 필요하면 이어서 보낼 수 있습니다."
        )


def admit_sender(*, learner: Learner | None, address: str, now: dt.datetime) -> None:
    """Counts a report of somebody without account and class. Raises RefusedError.

    Others are counted by who they are: a whole class may sit behind one address.
    """
    if learner is not None and (learner.user is not None or learner.is_admitted):
        return
    try:
        begin_try(account=f"report:{address}", address=address, now=now, most=MAX_UNNAMED)
    except TooManyTriesError as refusal:
        raise RefusedError(
            "지금 이 네트워크에서 보낸 신고가 너무 많습니다. 쓰던 글을 복사해 두고 "
            f"{refusal.minutes}분 뒤에 다시 보내 주세요."
        ) from refusal


def report_lesson(
    *,
    learner: Learner,
    classroom: Classroom | None,
    lesson: Lesson,
    section: str,
    quote: str,
    place: Place | None,
    text: str,
    now: dt.datetime,
) -> Report:
    """Report a sentence of a lesson, or without a quote a section or the whole of it.

    `place` is where the quote stands, None where it was not found. Raises RefusedError after
    `MAX_AN_HOUR` reports of a learner; the same report twice is one.
    """
    where = place.paragraph if place else " ".join(quote.split())[:40]
    report = Report(
        learner=learner,
        classroom=classroom,
        lesson=lesson,
        section=place.section if place else section,
        quote=quote,
        is_quote_found=place is not None,
        subject=f"lesson:{lesson.uuid}:{where or '#' + section}"[:120],
        text=text,
        created_at=now,
    )
    return _send(report)


def report_item(
    *,
    learner: Learner,
    classroom: Classroom | None,
    item: AttemptItem,
    text: str,
    now: dt.datetime,
) -> Report:
    """Report a question as it was dealt. The caller has asked whether the learner may see it.

    Raises RefusedError like `report_lesson`.
    """
    report = Report(
        learner=learner,
        classroom=classroom,
        version=item.version,
        item=item,
        subject=f"question:{item.version.question.uuid}",
        text=text,
        created_at=now,
    )
    return _send(report)


@transaction.atomic
def _send(report: Report) -> Report:
    # One report of a learner after the other, so that the count holds.
    learner = Learner.objects.select_for_update(of=("self",)).get(pk=report.learner_id)
    recent = Report.objects.of(learner).filter(created_at__gt=report.created_at - HOUR)
    same = recent.open().filter(
        subject=report.subject,
        classroom=report.classroom_id,
        quote=report.quote,
        text=report.text,
        item=report.item_id,
    )
    if (earlier := same.first()) is not None:  # the button was pressed twice
        return earlier
    if recent.count() >= MAX_AN_HOUR:
        raise RefusedError(
            f"한 시간에 {MAX_AN_HOUR}건까지 보낼 수 있습니다. "
            "쓰던 글을 복사해 두고 잠시 뒤에 다시 보내 주세요."
        )
    report.save()
    return report


@transaction.atomic
def answer_report(
    *, report: Report, text: str, known_answers: int, by: User, now: dt.datetime
) -> ReportAnswer:
    """Add an answer. `known_answers`: how many the page showed on which it was written.

    Raises AnsweredMeanwhileError when there are more by now, ArchivedError in an archived class.
    """
    locked = _lock(report)
    if locked.answers.count() > known_answers:
        raise AnsweredMeanwhileError
    answer = ReportAnswer.objects.create(report=locked, text=text, by=by, at=now)
    locked.state = Report.State.ANSWERED
    locked.answered_at = now
    locked.save(update_fields=["state", "answered_at"])
    return answer


@transaction.atomic
def close_report(*, report: Report) -> None:
    """Nothing (more) to do about it; the learner sees that. Raises ArchivedError."""
    locked = _lock(report)
    locked.state = Report.State.CLOSED
    locked.save(update_fields=["state"])


@transaction.atomic
def reopen_report(*, report: Report) -> None:
    """Back among those to look at; its answers stay. Raises ArchivedError."""
    locked = _lock(report)
    locked.state = Report.State.OPEN
    locked.save(update_fields=["state"])


def mark_seen(*, reports: list[Report], now: dt.datetime) -> None:
    """The learner has these answers before the eyes."""
    fresh = [report.pk for report in reports if report.has_unseen_answer]
    if fresh:
        # Not what came meanwhile: an answer given after the page was read stays unseen.
        Report.objects.filter(pk__in=fresh, answered_at__lte=now).update(seen_at=now)


def _lock(report: Report) -> Report:
    locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if locked.classroom is not None:
        refuse_archived(locked.classroom)
    return locked
