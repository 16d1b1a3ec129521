"""Lesson pages (public, identical for everyone) and the personal fragments beside them."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.services import current_learner, ensure_learner
from apps.content.anchor import plain_quote
from apps.content.errata import KIND_LABELS, SourceSpec, erratum_source_line
from apps.core.htmx import HtmxHttpRequest, wants_fragment
from apps.core.public_pages import public_response
from apps.lessons.embeds import embed_html, embedded_widgets
from apps.lessons.forms import PositionForm
from apps.lessons.models import Erratum, Lesson, ReadingProgress
from apps.lessons.queries import content_version, course_for
from apps.lessons.services import mark_read, remember_position

ACTIONS = ("read", "unread")
PARTS = {"tree": "lessons/_course_tree.html", "map": "lessons/_course_map.html"}


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A lesson: one query while its page is cached, whatever its length."""
    return public_response(request, version=content_version(), render=lambda: _lesson_page(slug))


def _lesson_page(slug: str) -> str:
    lesson = get_object_or_404(Lesson, slug=slug, retired_at__isnull=True)
    course = course_for(None)
    previous, following = course.neighbors(lesson)
    context = {
        "section": "learn",
        "lesson": lesson,
        "course": course,
        "previous": previous,
        "next": following,
        "sections": _sections(lesson),
        "widgets": embedded_widgets(lesson.blocks),
        "embed_count": sum(block["kind"] == "widget" for block in lesson.blocks),
        "errata": [_erratum_row(erratum) for erratum in lesson.errata.filter(retired_at=None)],
    }
    return render_to_string("lessons/lesson.html", context)


def _sections(lesson: Lesson) -> list[dict[str, object]]:
    """Stretches of the author's text, and between them what is embedded (rendered now, not when
    it was loaded)."""
    sections: list[dict[str, object]] = []
    stretch: list[SafeString] = []
    for block, html in zip(lesson.blocks, lesson.html_blocks, strict=True):
        if block["kind"] != "widget":
            stretch.append(html)
            continue
        if stretch:
            sections.append({"text": stretch})
            stretch = []
        if embed := embed_html(block["name"], block["params"]):
            sections.append({"embed": embed})
    if stretch:
        sections.append({"text": stretch})
    return sections


def _erratum_row(erratum: Erratum) -> dict[str, object]:
    return {
        "erratum": erratum,
        "quote": plain_quote(erratum.quote),
        "kind": KIND_LABELS[erratum.kind],
        "sources": [
            {**source, "line": erratum_source_line(SourceSpec(**source))}
            for source in erratum.sources
        ],
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_progress(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """The reader's mark on this lesson: a fragment of its page, and a page of its own."""
    lesson = get_object_or_404(Lesson.objects.current(), slug=slug)
    if request.method == "POST":
        action = request.POST.get("action")
        if action not in ACTIONS:  # a form that arrived torn must not mark anything
            raise BadRequest("unknown action")
        now = timezone.now()
        learner = ensure_learner(request, now=now)
        mark_read(learner=learner, lesson=lesson, read=action == "read", now=now)
        if not wants_fragment(request):
            return redirect("lessons:lesson-progress", slug=slug)
    progress = ReadingProgress.objects.of(current_learner(request)).filter(lesson=lesson).first()
    fragment = wants_fragment(request)
    template = "lessons/_lesson_progress.html" if fragment else "lessons/lesson_progress.html"
    course = course_for(None)
    context = {
        "lesson": lesson,
        "progress": progress,
        "next": course.neighbors(lesson)[1],
        "heading": _heading_title(lesson, progress),
    }
    response = render(request, template, context)
    response["Vary"] = "HX-Request, Cookie"
    if request.method == "POST":
        response["HX-Trigger"] = "progress-changed"
    return response


def _heading_title(lesson: Lesson, progress: ReadingProgress | None) -> str:
    if progress is None or not progress.heading:
        return ""
    titles = {entry["id"]: entry["title"] for entry in lesson.toc}
    return str(titles.get(progress.heading, ""))


@never_cache
@require_POST
def lesson_position(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """Remembers the place in the lesson; the page's script calls it, nobody waits for it."""
    lesson = get_object_or_404(Lesson.objects.current(), slug=slug)
    form = PositionForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    learner = ensure_learner(request, now=timezone.now())
    remember_position(
        learner=learner,
        lesson=lesson,
        block=form.cleaned_data["block"],
        heading=form.cleaned_data["heading"],
        now=timezone.now(),
    )
    return HttpResponse(status=204)


@never_cache
@require_safe
def progress(request: HtmxHttpRequest) -> HttpResponse:
    """The parts of the course with the reader's ticks that other pages swap in.

    For whoever opens it as a page: `/me/`, where all of the record is.
    """
    part = PARTS.get(request.GET.get("part", ""))
    if part and wants_fragment(request):
        context = {
            "course": course_for(current_learner(request)),
            "personal": True,
            "here": request.GET.get("lesson", ""),
        }
        response = render(request, part, context)
    else:
        response = redirect("home:me")
    response["Vary"] = "HX-Request, Cookie"
    return response
