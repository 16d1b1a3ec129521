"""Reports as pages show them: rows of a list, and one told whole."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from apps.content.anchor import plain_quote
from apps.lessons.models import Lesson
from apps.quizzes.models import QuestionVersion
from apps.quizzes.presenting.html import block_html, plain
from apps.quizzes.presenting.review import item_review, scene_styles
from apps.reports.models import Report
from apps.reports.places import LessonText
from apps.reports.queries import (
    may_be_told,
    names_in_classes,
    others_on,
    reports_with_subjects,
    subject_counts,
)

UNNAMED = "이름 없는 학습자"
_STEM = 160
_OTHERS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A report in a list. `excerpt`: the sentence or the question, "" where it is not told."""

    report: Report
    title: str
    excerpt: str
    who: str
    others: int


def inbox_rows(reports: Iterable[Report], *, inbox: "QuerySet[Report]") -> list[Row]:
    """For instructors: who sent it, what it is about, how many more are about the same."""
    reports = list(reports)
    names = names_in_classes(reports)
    counts = subject_counts(reports, inbox=inbox)
    return [
        Row(
            report,
            title_of(report),
            _excerpt(report, stem=True),
            names[report.pk] or UNNAMED,
            max(0, counts.get(report.subject, 1) - 1),
        )
        for report in reports
    ]


def own_rows(reports: Iterable[Report]) -> list[Row]:
    """For who sent them. No stems: an exam that is under way may ask the same question."""
    return [Row(each, title_of(each), _excerpt(each, stem=False), "", 0) for each in reports]


def title_of(report: Report) -> str:
    """What it is about, in a few words."""
    if report.lesson is not None:
        return report.lesson.short_title
    if report.item is not None:
        return f"{report.item.attempt.run.quiz.title} {report.item.position}번"
    return "문제"  # the attempt in which it was asked is gone


def _excerpt(report: Report, *, stem: bool) -> str:
    if report.lesson is not None:
        titles = {entry["id"]: entry["title"] for entry in report.lesson.toc}
        return report.quote or str(titles.get(report.section, ""))
    if not stem:
        return ""
    asked = report.item or report.version
    text = plain(asked.spec.shown.stem) if asked is not None else ""
    return text if len(text) <= _STEM else text[:_STEM].rstrip() + "…"


def report_page(
    report: Report, *, inbox: "QuerySet[Report] | None", now: dt.datetime
) -> dict[str, Any]:
    """The template's context. `inbox`: of the instructor who looks; None for who sent it."""
    told = inbox is not None or may_be_told(report, now=now)
    # Who teaches reads it as a part of the class, under the class's menu.
    classroom = report.classroom if inbox is not None else None
    context: dict[str, Any] = {
        "section": "classrooms" if classroom else "reports",
        "classroom": classroom,
        "report": report,
        "title": title_of(report),
        "told": told,
        "answers": list(report.answers.select_related("by")) if told else [],
        "teaching": inbox is not None,
        "now": now,
    }
    if report.lesson is not None:
        context |= _lesson_part(report, report.lesson)
    elif told and report.version is not None:
        context |= _question_part(report, report.version)
    if inbox is not None:
        others = reports_with_subjects(others_on(report, inbox=inbox))[:_OTHERS]
        context["others"] = inbox_rows(others, inbox=inbox)
        context["who"] = names_in_classes([report])[report.pk] or UNNAMED
    return context


def _lesson_part(report: Report, lesson: Lesson) -> dict[str, Any]:
    text = LessonText(lesson)
    place = text.locate(report.quote, report.section) if report.quote else None
    current = lesson.retired_at is None
    return {
        "place": place,
        "quote": plain_quote(report.quote),
        "heading": text.title_of(place.section if place else report.section),
        "gone": report.is_quote_found and place is None,
        "address": text.address(report.section, report.quote) if current else "",
    }


def _question_part(report: Report, version: QuestionVersion) -> dict[str, Any]:
    changed = version.question.current_id not in {None, version.pk}
    if report.item is None:
        return {"stem": block_html(version.spec.shown.stem), "changed": changed, "styles": []}
    review = item_review(report.item)
    return {
        "review": review,
        "stem": review.stem,
        "styles": scene_styles([review]),
        "changed": changed,
    }
