"""The form of a report: about a lesson, or about a question that was told."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.services import current_learner, ensure_learner
from apps.accounts.throttling import client_address
from apps.lessons.models import Lesson
from apps.lessons.queries import course_for
from apps.quizzes.models import AttemptItem
from apps.quizzes.presenting.html import block_html
from apps.quizzes.queries import may_see_item
from apps.quizzes.services.taking import close_if_over
from apps.reports.forms import LessonReportForm, ReportForm
from apps.reports.models import MAX_QUOTE, Report
from apps.reports.places import LessonText
from apps.reports.queries import classroom_of, recipients_of
from apps.reports.services import RefusedError, admit_sender, report_item, report_lesson


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """`?lesson=…&section=…&quote=…` or `?attempt=…&position=…&try=…`; with neither one chooses."""
    asked = request.POST if request.method == "POST" else request.GET
    if asked.get("attempt"):
        return _about_item(request, asked)
    if asked.get("lesson"):
        return _about_lesson(request, asked)
    context = {"section": "reports", "course": course_for(None)}
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/choose.html", context, status=status)


def _about_lesson(request: HttpRequest, asked: QueryDict) -> HttpResponseBase:
    slug = asked.get("lesson", "").replace("\0", "")  # which PostgreSQL refuses to compare
    lesson = get_object_or_404(Lesson, slug=slug, retired_at__isnull=True)
    text = LessonText(lesson)
    classrooms = recipients_of(current_learner(request))
    if request.method != "POST":
        form = LessonReportForm(
            initial=_first_words(asked, text), lesson_text=text, classrooms=classrooms
        )
        quote = form.initial["quote"]
        form.offers_as_typed = bool(quote) and text.locate(quote) is None
        return _lesson_form(request, lesson, form)
    form = LessonReportForm(request.POST, lesson_text=text, classrooms=classrooms)
    if not form.is_valid():
        return _lesson_form(request, lesson, form, status=422)

    def send(now: dt.datetime) -> Report:
        return report_lesson(
            learner=ensure_learner(request, now=now),
            classroom=form.recipient,
            lesson=lesson,
            section=form.cleaned_data["section"],
            quote=form.cleaned_data["quote"],
            place=form.place,
            text=form.cleaned_data["text"],
            now=now,
        )

    try:
        return redirect(_sent(request, send))
    except RefusedError as refusal:
        return _lesson_form(request, lesson, form, status=409, refusal=str(refusal))


def _first_words(asked: QueryDict, text: LessonText) -> dict[str, Any]:
    """What the address says, as far as it makes sense in this lesson."""
    quote = " ".join(asked.get("quote", "").replace("\0", "").split())[:MAX_QUOTE]
    section = asked.get("section", "")
    place = text.locate(quote, section) if quote else None
    if place is not None:
        section = place.section
    return {"quote": quote, "section": section if text.title_of(section) else ""}


def _about_item(request: HttpRequest, asked: QueryDict) -> HttpResponseBase:
    item = _told_item(request, asked)
    learner = item.attempt.learner
    classrooms = recipients_of(learner)
    if request.method != "POST":
        of_run = classroom_of(item)
        first = {"classroom": str(of_run.public_id) if of_run in classrooms and of_run else ""}
        form = ReportForm(initial=first, classrooms=classrooms)
        return _item_form(request, item, form)
    form = ReportForm(request.POST, classrooms=classrooms)
    if not form.is_valid():
        return _item_form(request, item, form, status=422)

    def send(now: dt.datetime) -> Report:
        return report_item(
            learner=ensure_learner(request, now=now),
            classroom=form.recipient,
            item=item,
            text=form.cleaned_data["text"],
            now=now,
        )

    try:
        return redirect(_sent(request, send))
    except RefusedError as refusal:
        return _item_form(request, item, form, status=409, refusal=str(refusal))


def _told_item(request: HttpRequest, asked: QueryDict) -> AttemptItem:
    """An item of an own attempt, whose review the learner may see; else 404."""
    now = timezone.now()
    items = AttemptItem.objects.select_related(
        "version__question", "attempt__run__quiz", "attempt__learner__user"
    ).filter(attempt__learner=current_learner(request))
    try:
        found = items.filter(
            attempt__public_id=UUID(asked.get("attempt", "")),
            position=_number(asked.get("position", "")),
        )
        if tried := asked.get("try"):
            found = found.filter(try_number=_number(tried))
    except ValueError as error:
        raise Http404 from error
    item = found.order_by("-try_number").first()
    if item is None:
        raise Http404
    item.attempt = close_if_over(attempt=item.attempt, now=now)
    if not may_see_item(item, now=now):
        raise Http404
    return item


def _number(text: str) -> int:
    """A small number; ValueError for anything else, as no column holds it."""
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise ValueError(text)
    return int(text)


def _sent(request: HttpRequest, send: Callable[[dt.datetime], Report]) -> Report:
    now = timezone.now()
    learner = current_learner(request)
    admit_sender(learner=learner, address=client_address(request), now=now)
    return send(now)


def _lesson_form(
    request: HttpRequest,
    lesson: Lesson,
    form: LessonReportForm,
    *,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    context = {"section": "reports", "lesson": lesson, "form": form, "refusal": refusal}
    return render(request, "reports/new_lesson.html", context, status=status)


def _item_form(
    request: HttpRequest,
    item: AttemptItem,
    form: ReportForm,
    *,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    context = {
        "section": "reports",
        "item": item,
        "stem": block_html(item.spec.shown.stem),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "reports/new_item.html", context, status=status)
