"""Writing one question: the form, its saves (by hand and while typing), its preview."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from apps.accounts.access import instructor_required, signed_in_user
from apps.quizzes.domain.spec import Level
from apps.quizzes.models import Question
from apps.studio.forms.editor import change_rows
from apps.studio.forms.typed import Typed, typed_from, typed_live, typed_of
from apps.studio.models import Draft
from apps.studio.presenting.editor import id_of
from apps.studio.presenting.editor_page import editor_page, gone_page, kind_cards
from apps.studio.presenting.preview import previewed
from apps.studio.services.keeping import GoneError, keep_typed
from apps.studio.services.pictures import MOST_UPLOADED, PictureError, keep_picture, markdown_of
from apps.studio.services.publishing import check_document
from apps.studio.services.refusals import StaleError
from apps.studio.services.writing import OTHER_TOPIC, discard_draft
from apps.studio.views.access import editable_question

PAGE = "studio/editor.html"
_BEGINNING = {"topic": OTHER_TOPIC, "level": Level.UNDERSTAND.label, "difficulty": 2}


@instructor_required
@never_cache
@vary_on_headers("Accept", "Cookie")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The form. Nothing is refused for being no question yet; two tabs never undo each other."""
    if request.method == "POST" and not Question.objects.filter(uuid=uuid).exists():
        return _gone(request)
    question = editable_question(request, uuid)
    draft = _own_draft(request, question)
    shown = typed_of(draft) if draft else typed_live(question)
    if request.method == "POST" and "stem" not in request.POST:
        return _choose_kind(request, question, shown)
    if request.method == "POST":
        return _save(request, question, draft, typed_from(request.POST, shown.document))
    if not shown.kind:
        return render(request, "studio/new.html", kind_cards(question))
    checked = "checked" in request.GET
    more = request.GET.get("more", "")
    return render(request, PAGE, editor_page(question, draft, shown, checked=checked, more=more))


@instructor_required
@never_cache
@require_POST
def preview(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """What learners would see of the form as it stands; nothing is stored."""
    question = editable_question(request, uuid)
    draft = _own_draft(request, question)
    kept = typed_of(draft) if draft else typed_live(question)
    typed = typed_from(request.POST, kept.document)
    return render(request, "studio/_preview.html", previewed(typed.document))


@instructor_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Throws the own draft away, after asking; a question that was only a draft goes with it."""
    question = editable_question(request, uuid)
    draft = _own_draft(request, question)
    if draft is None:
        return redirect("studio:edit", uuid=uuid) if question.current else redirect("studio:bank")
    if request.method != "POST":
        context = {"question": question, "draft": draft, "section": "studio", "part": "bank"}
        return render(request, "studio/editor_discard.html", context)
    discard_draft(draft=draft)
    if question.current_id is None:
        return redirect("studio:bank")
    return redirect("studio:question", uuid=uuid)


def _own_draft(request: HttpRequest, question: Question) -> Draft | None:
    editor = signed_in_user(request)
    return Draft.objects.filter(question=question, editor=editor).first()


def _choose_kind(request: HttpRequest, question: Question, shown: Typed) -> HttpResponseBase:
    """A draft that has no kind yet gets one; one that has keeps it."""
    if not shown.kind:
        typed = typed_from(request.POST, {})
        if not typed.kind:
            page = {**kind_cards(question), "refused": True}
            return render(request, "studio/new.html", page, status=422)
        document = {**_BEGINNING, **shown.document, "kind": typed.kind}
        typed = replace(shown, document=document)
        editor = signed_in_user(request)
        keep_typed(question=question, editor=editor, typed=typed, now=timezone.now())
    return redirect("studio:edit", uuid=question.uuid)


def _save(
    request: HttpRequest, question: Question, draft: Draft | None, typed: Typed
) -> HttpResponseBase:
    go = request.POST.get("go", "save")
    quiet = request.headers.get("Accept") == "application/json"
    if not typed.kind:  # a script's doing: the page always says it
        return render(request, "studio/new.html", kind_cards(question), status=422)
    if typed.errors:
        return _refused(request, question, draft, typed, quiet=quiet)
    document, changed = change_rows(typed.document, typed.kind, go)
    picture, refusal = _picture(request) if go == "picture" else ("", None)
    if picture:
        document = _with_picture(document, request.POST.get("picture_into", ""), picture)
    typed = replace(typed, document=document)
    editor = signed_in_user(request)
    try:
        saved = keep_typed(question=question, editor=editor, typed=typed, now=timezone.now())
    except StaleError as stale:
        return _conflict(request, question, typed, stale, quiet=quiet)
    if quiet:
        return JsonResponse(_saved(saved))
    if refusal:
        page = editor_page(question, saved, typed_of(saved), picture_error=refusal)
        return render(request, PAGE, page, status=422)
    return redirect(_next(question, typed, go, changed))


def _saved(draft: Draft) -> dict[str, Any]:
    checked = check_document(draft.document)
    return {
        "status": "saved",
        "revision": draft.revision,
        "problems": len(checked.problems),
        "advice": len(checked.advice),
    }


def _next(question: Question, typed: Typed, go: str, changed: str) -> str:
    """Where the button leads."""
    here = reverse("studio:edit", args=[question.uuid])
    if changed and go.startswith("add-"):
        rows = typed.document.get(changed)
        number = len(rows) if isinstance(rows, list) else 0
        return f"{here}?{urlencode({'more': changed})}#{id_of(f'{changed}[{number}]')}-row"
    if changed:
        return f"{here}#{id_of(changed)}"
    if go == "publish":
        return reverse("studio:publish", args=[question.uuid])
    if go == "sentences":
        lesson = typed.document.get("lesson")
        slug = lesson if isinstance(lesson, str) and lesson.replace("-", "").isalnum() else "-"
        back = urlencode({"question": str(question.uuid)})
        return f"{reverse('studio:sentences', args=[slug])}?{back}"
    if go in {"preview", "picture"}:
        return f"{here}#{'preview' if go == 'preview' else 'pictures'}"
    return f"{here}?checked=1"


def _refused(
    request: HttpRequest, question: Question, draft: Draft | None, typed: Typed, *, quiet: bool
) -> HttpResponse:
    """What the draft's own columns do not hold; nothing was stored, and all of it is shown."""
    if quiet:
        return JsonResponse({"status": "invalid", "errors": typed.errors}, status=422)
    return render(request, PAGE, editor_page(question, draft, typed), status=422)


def _conflict(
    request: HttpRequest, question: Question, typed: Typed, stale: StaleError, *, quiet: bool
) -> HttpResponse:
    """Both wordings side by side. Saving again has seen the stored one, so it may replace it."""
    stored = None if isinstance(stale, GoneError) else _own_draft(request, question)
    revision = stored.revision if stored else 0
    typed = replace(typed, revision=revision, errors={})
    page = editor_page(question, stored, typed, refusal=str(stale))
    if not quiet:
        return render(request, PAGE, page, status=409)
    html = render(request, "studio/_editor_conflict.html", page).content.decode()
    return JsonResponse({"status": "conflict", "revision": revision, "html": html}, status=409)


def _gone(request: HttpRequest) -> HttpResponse:
    """The question itself went with its last draft: what was typed may become a new one."""
    typed = typed_from(request.POST, {})
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"status": "gone"}, status=409)
    return render(request, "studio/editor_gone.html", gone_page(typed, request.POST), status=409)


def _picture(request: HttpRequest) -> tuple[str, PictureError | None]:
    """The Markdown of the picture that came with the form, or why it was not kept."""
    sent = request.FILES.get("picture")
    try:
        if sent is None:
            raise PictureError("올릴 그림 파일을 골라 주세요.")
        picture = keep_picture(
            owner=signed_in_user(request),
            data=sent.read(MOST_UPLOADED + 1),
            alt=request.POST.get("picture_alt", ""),
            now=timezone.now(),
        )
    except PictureError as error:
        return "", error
    return markdown_of(picture), None


def _with_picture(document: dict[str, Any], into: str, markdown: str) -> dict[str, Any]:
    name = "explanation" if into == "explanation" else "stem"
    text = document.get(name)
    before = text.rstrip() if isinstance(text, str) else ""
    return {**document, name: f"{before}\n\n{markdown}".lstrip()}
