"""Choosing what a quiz asks: questions from the bank, or a random draw."""

from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from apps.accounts.access import instructor_required, signed_in_user
from apps.core.htmx import HtmxHttpRequest, wants_fragment
from apps.quizzes.models import Question, Quiz
from apps.studio.domain.quiz_changes import (
    ChangeError,
    Document,
    add_random,
    change_random,
    draws_of,
    item_count,
    read_place,
)
from apps.studio.forms.quizzes import DrawForm
from apps.studio.queries.bank import tags_in_use
from apps.studio.queries.quizzes import drawable, unsaved_draw
from apps.studio.services.quiz_documents import document_of
from apps.studio.services.quizzes import add_questions, change_quiz, refusal_of
from apps.studio.services.refusals import RefusedError
from apps.studio.views.bank import bank_page
from apps.studio.views.quiz_access import base_revision, editable_quiz

_MOST = 200


@instructor_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request", "Cookie")
def pick(request: HtmxHttpRequest, uuid: UUID) -> HttpResponseBase:
    """The bank with boxes to tick; POST fixes the ticked ones in `section`. 409 keeps the ticks."""
    quiz = editable_quiz(request, uuid)
    if request.method != "POST":
        return _pick_page(request, quiz)
    user, picked = signed_in_user(request), _picked(request)
    found = list(Question.objects.visible_to(user).filter(uuid__in=picked))
    found.sort(key=lambda question: picked.index(question.uuid))
    try:
        at = read_place(request.POST.get("section", "1"))[0]
        done = add_questions(
            quiz=quiz,
            questions=found,
            by=user,
            now=timezone.now(),
            section=at,
            base_revision=base_revision(request),
        )
    except (ChangeError, RefusedError) as refusal:
        quiz.refresh_from_db()
        return _pick_page(request, quiz, refusal=str(refusal), status=HTTPStatus.CONFLICT)
    if request.POST.get("go") == "more":
        return _pick_page(request, quiz, said=done.note, forget=True)
    response = redirect("studio:quiz", quiz.uuid)
    response["Location"] += f"?at={done.focus}#{done.focus}"
    return response


def _picked(request: HttpRequest) -> list[UUID]:
    """In the order of the page; what is no uuid is nothing."""
    found: dict[UUID, None] = {}
    for text in request.POST.getlist("question")[:_MOST]:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return list(found)


def _pick_page(
    request: HtmxHttpRequest,
    quiz: Quiz,
    *,
    refusal: str = "",
    said: str = "",
    forget: bool = False,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = bank_page(request, signed_in_user(request))
    document = document_of(quiz)
    there = {draw["question"] for _, draw in draws_of(document) if "question" in draw}
    picked = set() if forget else {str(each) for each in _picked(request)}
    asked = request.POST.get("section") or request.GET.get("section", "")
    context |= {
        "part": "quizzes",
        "current": "true",
        "quiz": quiz,
        "refusal": refusal,
        "said": said,
        "choices": [
            {
                "row": row,
                "is_there": str(row.question.uuid) in there,
                "reason": refusal_of(row.question),
                "is_picked": str(row.question.uuid) in picked,
            }
            for row in context["rows"]
        ],
        "elsewhere": _elsewhere(context, picked),
        "sections": _section_choices(document, asked),
        "items": sum(item_count(draw) for _, draw in draws_of(document)),
        "asked_section": asked if asked.isascii() and asked.isdigit() else "",
    }
    template = "studio/_pick_found.html" if wants_fragment(request) else "studio/pick.html"
    return render(request, template, context, status=status)


def _elsewhere(context: dict[str, Any], picked: set[str]) -> list[str]:
    """What was ticked and is not on this page of the list: it stays ticked."""
    shown = {str(row.question.uuid) for row in context["rows"]}
    return sorted(picked - shown)


def _section_choices(document: Document, asked: str) -> list[dict[str, Any]]:
    """The last one is proposed: quizzes grow at their end."""
    sections = document["sections"] or [{"title": ""}]
    numbers = [str(at + 1) for at in range(len(sections))]
    chosen = asked if asked in numbers else numbers[-1]
    return [
        {
            "value": number,
            "label": section["title"] or f"{number}번째 영역",
            "is_chosen": number == chosen,
        }
        for number, section in zip(numbers, sections, strict=True)
    ]


@instructor_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request", "Cookie")
def draw(request: HtmxHttpRequest, uuid: UUID) -> HttpResponseBase:
    """A random draw: new in `section`, or the one `at` a place. `go=count` only counts."""
    quiz = editable_quiz(request, uuid)
    own = quiz.owner_id == signed_in_user(request).pk
    document = document_of(quiz)
    at = request.GET.get("at", "")
    try:
        stored = _stored(document, at)
    except ChangeError as refusal:
        if request.method != "POST":
            return redirect("studio:quiz", quiz.uuid)
        form = DrawForm(request.POST, own=own)
        return _draw_page(request, quiz, form, refusal=str(refusal), status=HTTPStatus.CONFLICT)
    if request.method != "POST":
        return _draw_page(request, quiz, DrawForm(own=own, initial=stored), stored=stored)
    form = DrawForm(request.POST, own=own)
    if not form.is_valid():
        return _draw_page(request, quiz, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.POST.get("go") == "count":
        return _draw_page(request, quiz, form, stored=form.values())
    return _draw_save(request, quiz, form, at)


def _draw_save(request: HtmxHttpRequest, quiz: Quiz, form: DrawForm, at: str) -> HttpResponseBase:
    values = form.values()
    try:
        section = read_place(request.GET.get("section", "") or "1")[0]
        change = (
            partial(change_random, place=read_place(at), draw=values)
            if at
            else partial(add_random, section=section, draw=values)
        )
        done = change_quiz(
            quiz=quiz,
            by=signed_in_user(request),
            now=timezone.now(),
            base_revision=base_revision(request),
            change=change,
        )
    except (ChangeError, RefusedError) as refusal:
        quiz.refresh_from_db()
        return _draw_page(
            request, quiz, form, stored=values, refusal=str(refusal), status=HTTPStatus.CONFLICT
        )
    response = redirect("studio:quiz", quiz.uuid)
    response["Location"] += f"?at={done.focus}#{done.focus}"
    return response


def _stored(document: Document, at: str) -> dict[str, Any]:
    """The draw to change; of a new one what is proposed."""
    if not at:
        return {"source": "file", "pool": "practice", "count": 5, "points": "1"}
    found = dict(draws_of(document)).get(read_place(at))
    if found is None or "question" in found:
        raise ChangeError("그 무작위 출제가 없습니다. 그사이 누가 뺐거나 옮겼습니다.")
    return found


def _draw_page(
    request: HtmxHttpRequest,
    quiz: Quiz,
    form: DrawForm,
    *,
    stored: dict[str, Any] | None = None,
    refusal: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    known = stored is not None and (stored.get("topic") or stored.get("tag"))
    context = {
        "section": "studio",
        "part": "quizzes",
        "current": "true",
        "quiz": quiz,
        "form": form,
        "is_new": not request.GET.get("at"),
        "refusal": refusal,
        "available": _available(quiz, stored) if known and stored else None,
        "wanted": stored.get("count") if stored else None,
        "tags": tags_in_use(signed_in_user(request)),
    }
    template = (
        "studio/_quiz_draw_count.html" if wants_fragment(request) else "studio/quiz_draw.html"
    )
    return render(request, template, context, status=status)


def _available(quiz: Quiz, values: dict[str, Any]) -> int:
    document = document_of(quiz)
    fixed = [draw["question"] for _, draw in draws_of(document) if "question" in draw]
    keys = Question.objects.filter(uuid__in=fixed).values_list("pk", flat=True)
    today = timezone.localdate(timezone.now())
    return drawable(unsaved_draw(quiz, values), fixed=keys, today=today).count()
