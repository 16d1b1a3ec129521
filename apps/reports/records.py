"""What happens to a learner's reports when records are moved, exported or erased."""

import datetime as dt
from typing import Any

from django.utils import timezone

from apps.accounts.hooks import Moving, Records
from apps.accounts.models import Learner
from apps.reports.models import Report
from apps.reports.queries import may_be_told, reports_with_subjects


def _count(learner: Learner) -> list[tuple[str, int]]:
    count = Report.objects.of(learner).count()
    return [("오류 신고", count)] if count else []


def _move(moving: Moving) -> None:
    Report.objects.of(moving.source).update(learner=moving.target)


def _export(learner: Learner) -> list[dict[str, Any]]:
    """Oldest first. Who answered is somebody else's name; what was answered is here."""
    now = timezone.now()
    reports = reports_with_subjects(Report.objects.of(learner)).prefetch_related("answers")
    return [_exported(report, now) for report in reports.order_by("created_at", "pk")]


def _exported(report: Report, now: dt.datetime) -> dict[str, Any]:
    about: dict[str, Any] = {}
    if report.lesson is not None:
        about = {"lesson": report.lesson.slug, "section": report.section, "quote": report.quote}
    elif report.item is not None:
        about = {
            "attempt": str(report.item.attempt.public_id),
            "position": report.item.position,
            "try": report.item.try_number,
        }
    told = may_be_told(report, now=now)
    return {
        **about,
        "classroom": report.classroom.name if report.classroom else "",
        "text": report.text,
        "created_at": report.created_at.isoformat(),
        "state": report.state,
        "answers": [
            {"text": answer.text, "at": answer.at.isoformat()}
            for answer in report.answers.all()
            if told
        ],
    }


def _erase(learner: Learner, now: dt.datetime) -> None:
    """A report is a letter: without its writer nothing of it stays, and no statistic needs it."""
    Report.objects.of(learner).delete()


RECORDS = Records("reports", _count, _move, _export, _erase)
