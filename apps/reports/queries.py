"""Reads: who gets a report, whose inbox holds what, which answers a learner has not seen."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from apps.accounts.models import Learner, User
from apps.classrooms.models import Assignment, Classroom, Enrollment
from apps.quizzes.models import AttemptItem
from apps.quizzes.queries import may_see_item
from apps.reports.models import Report

_WHOLE = (
    "learner__user",
    "classroom",
    "lesson",
    "version__question",
    "item__version__question",
    "item__attempt__run__quiz",
    "item__attempt__learner",
)


def recipients_of(learner: Learner | None) -> list[Classroom]:
    """The classes whose instructors the learner may write to; none: the administrators get it."""
    return list(Classroom.objects.attended_by(learner).current())


def classroom_of(item: AttemptItem) -> Classroom | None:
    """The class in which the question was set; None for one that everybody may take."""
    assignment = Assignment.objects.select_related("classroom").filter(run=item.attempt.run_id)
    found = assignment.first()
    return found.classroom if found else None


def reports_with_subjects(reports: "QuerySet[Report]") -> "QuerySet[Report]":
    """With everything that a list shows of each, in one query; lessons without their text."""
    return reports.select_related(*_WHOLE).defer("lesson__blocks", "lesson__objectives")


def whole_reports(reports: "QuerySet[Report]") -> "QuerySet[Report]":
    """With everything that the page of one shows, but for its answers."""
    return reports.select_related(*_WHOLE)


def names_in_classes(reports: Iterable[Report]) -> dict[int, str]:
    """Report pk → how the class knows who sent it, else the learner's own name, or ""."""
    reports = list(reports)
    rows = Enrollment.objects.filter(
        learner__in={report.learner_id for report in reports},
        classroom__in={report.classroom_id for report in reports if report.classroom_id},
    ).values_list("classroom_id", "learner_id", "name")
    known = {(classroom, learner): name for classroom, learner, name in rows}
    return {
        report.pk: known.get((report.classroom_id or 0, report.learner_id))
        or report.learner.shown_name
        for report in reports
    }


def others_on(report: Report, *, inbox: "QuerySet[Report]") -> "QuerySet[Report]":
    """Other reports of the same paragraph or question, among those of the inbox."""
    return inbox.filter(subject=report.subject).exclude(pk=report.pk)


def reported_classes(user: User) -> list[Classroom]:
    """The instructor's classes from which there are reports, archived ones too."""
    taught = Classroom.objects.taught_by(user)
    return list(taught.filter(pk__in=Report.objects.values("classroom")))


def state_counts(inbox: "QuerySet[Report]") -> dict[str, int]:
    """How many reports are in each state; every state is there."""
    counted = dict(inbox.order_by().values_list("state").annotate(count=Count("pk")))
    return {state: int(counted.get(state, 0)) for state in Report.State.values}


def subject_counts(reports: Iterable[Report], *, inbox: "QuerySet[Report]") -> dict[str, int]:
    """How many reports of the inbox are about each of the subjects of these."""
    subjects = {report.subject for report in reports}
    rows = inbox.filter(subject__in=subjects).order_by().values_list("subject")
    return dict(rows.annotate(count=Count("pk")))


def may_be_told(report: Report, *, now: dt.datetime) -> bool:
    """Whether the learner may see the question and what was answered about it.

    An answer about an exam's question may tell its key, so it obeys the rule of the review.
    """
    return report.item is None or may_see_item(report.item, now=now)


def unseen_answers(learner: Learner | None) -> int:
    """How many of the learner's reports have an answer that was not looked at: one query."""
    return Report.objects.of(learner).unseen().count()


def open_reports(user: User, /, classroom: Classroom | None = None) -> int:
    """How many reports wait in this instructor's inbox, or in one class of it: one query."""
    waiting = Report.objects.inbox_of(user).open()
    return (waiting.filter(classroom=classroom) if classroom else waiting).count()
