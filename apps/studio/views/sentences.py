"""Choosing the sentence of the notes that a question tests."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from apps.accounts.access import instructor_required, signed_in_user
from apps.core.htmx import HtmxHttpRequest, wants_fragment
from apps.quizzes.models import Question
from apps.studio.forms.typed import typed_live, typed_of
from apps.studio.models import Draft
from apps.studio.presenting.editor_page import lesson_choices
from apps.studio.queries.lesson_text import current_lesson
from apps.studio.queries.sentences import Sentence, find_sentence, sentences_of
from apps.studio.services.keeping import keep_typed
from apps.studio.services.refusals import StaleError
from apps.studio.views.access import editable_question

_LONGEST_SEARCH = 100


@instructor_required
@never_cache
@vary_on_headers("HX-Request", "Cookie")
@require_http_methods(["GET", "HEAD", "POST"])
def sentences(request: HtmxHttpRequest, lesson: str) -> HttpResponseBase:
    """Its sentences (`?q=` searches them); POST puts the chosen one into `?question=`'s draft."""
    question = _question(request)
    if request.method != "POST":
        return _page(request, lesson, question)
    found = current_lesson(lesson)
    chosen = find_sentence(found, request.POST.get("sentence", "")) if found else None
    if question is None or chosen is None:
        return _page(request, lesson, question, refusal="문장 하나를 골라 주세요.", status=422)
    try:
        _keep(request, question, lesson, chosen)
    except StaleError as stale:
        return _page(request, lesson, question, refusal=str(stale), status=409)
    return redirect(f"{reverse('studio:edit', args=[question.uuid])}#place")


def _question(request: HtmxHttpRequest) -> Question | None:
    """The question to which the reader goes back; without one the list is only for reading."""
    asked = request.POST.get("question") or request.GET.get("question", "")
    try:
        return editable_question(request, UUID(asked))
    except ValueError:
        return None


def _keep(request: HtmxHttpRequest, question: Question, lesson: str, chosen: Sentence) -> None:
    editor, now = signed_in_user(request), timezone.now()
    draft = Draft.objects.filter(question=question, editor=editor).first()
    was = typed_of(draft) if draft else typed_live(question)
    place = {
        "lesson": lesson,
        "section": chosen.section,
        "quote": chosen.quote,
        "erratum": chosen.erratum,
    }
    document = {name: value for name, value in was.document.items() if name not in place}
    document |= {name: value for name, value in place.items() if value}
    typed = replace(was, document=document)
    keep_typed(question=question, editor=editor, typed=typed, now=now)


def _page(
    request: HtmxHttpRequest,
    slug: str,
    question: Question | None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    lesson = current_lesson(slug)
    search = " ".join(request.GET.get("q", "").split())[:_LONGEST_SEARCH]
    groups = sentences_of(lesson, search) if lesson else []
    context: dict[str, Any] = {
        "section": "studio",
        "part": "bank",
        "current": "true",
        "lesson": lesson,
        "lessons": lesson_choices(),
        "groups": groups,
        "count": sum(len(group.sentences) for group in groups),
        "search": search,
        "question": question,
        "refusal": refusal,
    }
    template = "studio/_sentences.html" if wants_fragment(request) else "studio/sentences.html"
    return render(request, template, context, status=status)
