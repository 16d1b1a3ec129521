"""Before publishing: what is wrong, what changes, whom it meets; then the new version."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.access import instructor_required, signed_in_user
from apps.quizzes.models import Question, QuestionVersion
from apps.studio.forms.history import NoteForm
from apps.studio.models import Draft
from apps.studio.presenting.publish import frame, publish_page
from apps.studio.queries.history import own_draft
from apps.studio.services import publishing
from apps.studio.services.publishing import InvalidError
from apps.studio.services.rebasing import go_on_from
from apps.studio.services.refusals import StaleError
from apps.studio.views.access import editable_question


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def publish(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The own draft held against the live version; POST publishes it, or (`go=rebase`) leads on.

    What is sent names what was seen: the draft's `revision`, and the live version (`seen`).
    """
    question = editable_question(request, uuid)
    draft = own_draft(question, signed_in_user(request))
    if draft is None:
        return _nothing_to_publish(request, question)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, draft, form)
    if request.POST.get("go") == "rebase":
        return _go_on(request, draft, form)
    if not form.is_valid():
        return _page(request, draft, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _publish(request, draft, form)


def _publish(request: HttpRequest, draft: Draft, form: NoteForm) -> HttpResponseBase:
    question, before = draft.question, draft.question.current_id
    if request.POST.get("revision") != str(draft.revision):
        refusal = "다른 창에서 초안을 고쳤습니다. 아래에서 달라진 내용을 확인하고 발행해 주세요."
        return _page(request, draft, form, refusal=refusal, status=HTTPStatus.CONFLICT)
    try:
        published = publishing.publish(
            draft=draft,
            by=signed_in_user(request),
            now=timezone.now(),
            note=form.cleaned_data["note"],
            seen=seen_version(request, question),
        )
    except InvalidError as refusal:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, draft, form, refusal=str(refusal), status=status)
    except StaleError as refused:
        return _changed_meanwhile(request, question, form, refused)
    return _to_history(question, "settings" if published.current_id == before else "published")


def _changed_meanwhile(
    request: HttpRequest, question: Question, form: NoteForm, refused: StaleError
) -> HttpResponseBase:
    """Whatever happened, the page has to show it."""
    question = editable_question(request, question.uuid)
    stored = own_draft(question, signed_in_user(request))
    if stored is None:
        return _nothing_to_publish(request, question)
    return _page(request, stored, form, refusal=str(refused), status=HTTPStatus.CONFLICT)


def _go_on(request: HttpRequest, draft: Draft, form: NoteForm) -> HttpResponseBase:
    """Go on editing on top of what the other published, which the page has shown."""
    seen, live = seen_version(request, draft.question), draft.question.current
    if seen is None or live is None or seen.pk != live.pk:
        refusal = "그사이 한 번 더 발행되었습니다. 달라진 내용을 다시 확인해 주세요."
        return _page(request, draft, form, refusal=refusal, status=HTTPStatus.CONFLICT)
    try:
        go_on_from(draft=draft, onto=seen, now=timezone.now())
    except StaleError as refused:
        return _changed_meanwhile(request, draft.question, form, refused)
    return redirect("studio:edit", draft.question.uuid)


def seen_version(request: HttpRequest, question: Question) -> QuestionVersion | None:
    """The live version that the page showed when it was sent."""
    number = request.POST.get("seen", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return question.versions.filter(number=int(number)).first()


def _nothing_to_publish(request: HttpRequest, question: Question) -> HttpResponseBase:
    """Most often a second click on the button: the first one has published already."""
    user, live = signed_in_user(request), question.current
    if request.method == "POST" and live is not None and live.author_id == user.pk:
        return _to_history(question)
    context = {**frame(question, user, now=timezone.now()), "name": question.title}
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    return render(request, "studio/publish_none.html", context, status=status)


def _to_history(question: Question, done: str = "published") -> HttpResponse:
    return redirect(f"{reverse('studio:history', args=[question.uuid])}?done={done}")


def _page(
    request: HttpRequest,
    draft: Draft,
    form: NoteForm,
    *,
    refusal: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = publish_page(draft, signed_in_user(request), now=timezone.now())
    context |= {"form": form, "refusal": refusal}
    return render(request, "studio/publish.html", context, status=status)
