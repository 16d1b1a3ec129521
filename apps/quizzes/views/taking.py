"""Taking: one item a page, saved as it is answered, with and without scripts."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.services import ensure_learner
from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.models import Attempt, AttemptItem, QuizRun
from apps.quizzes.presenting.attempt import item_page, summary_page
from apps.quizzes.presenting.runs import section_of
from apps.quizzes.presenting.saving import saved_message, saved_state
from apps.quizzes.queries import current_items
from apps.quizzes.services.taking import (
    RefusedError,
    Saved,
    SaveStatus,
    check_item,
    flag_item,
    save_response,
    start_attempt,
    submit_attempt,
    try_again,
)
from apps.quizzes.views.access import fresh_seed, item_at, newest_item, own_attempt

JSON_HEADER = "X-Gureum-Save"
MAX_COUNTER = 2**31 - 1
MAX_CLIENT = 40


@never_cache
@require_POST
def start(request: HttpRequest, slug: str, run: str) -> HttpResponseBase:
    """The running attempt or a new one; a refusal says which rule it was, on the cover."""
    now = timezone.now()
    found = get_object_or_404(
        QuizRun.objects.offered().select_related("quiz"),
        quiz__slug=slug,
        quiz__retired_at__isnull=True,
        slug=run,
    )
    learner = ensure_learner(request, now=now)
    try:
        attempt = start_attempt(run=found, learner=learner, now=now, seed=fresh_seed())
    except RefusedError as refusal:
        context = {"section": section_of(found), "run": found, "reason": str(refusal)}
        return render(request, "quizzes/refused.html", context, status=409)
    return redirect(attempt)


@never_cache
@require_safe
def attempt(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Where the learner left off: the first empty item, else the summary, else the review."""
    now = timezone.now()
    found = own_attempt(request, public_id, now=now)
    if not found.is_running:
        return redirect("quizzes:review", public_id)
    page = summary_page(found, now=now)
    empty = next((cell for cell in page["grid"] if cell.state == "empty"), None)
    if empty is None:
        return redirect("quizzes:summary", public_id)
    return redirect("quizzes:item", public_id, empty.position)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, public_id: UUID, position: int) -> HttpResponseBase:
    """One item. A POST saves the answer first, then does what its button says."""
    now = timezone.now()
    found = own_attempt(request, public_id, now=now)
    if request.method == "POST":
        return _save(request, newest_item(found, position))
    current, items = item_at(found, position)
    if not found.is_running:
        return redirect("quizzes:review", public_id)
    context = item_page(current, items, now=now)
    return render(request, "quizzes/item.html", context)


def _save(request: HttpRequest, current: AttemptItem) -> HttpResponseBase:
    now = timezone.now()
    found = current.attempt
    shown = current.spec.shown
    answer = kind_of(shown.kind).read_answer(shown.body, dict(request.POST.lists()))
    wants_json = JSON_HEADER in request.headers
    if _is_of_another_try(request, current):
        # The tab still shows the try before: its answer belongs to that item, not to this one.
        if wants_json:
            return JsonResponse({"status": "locked", "message": saved_message(SaveStatus.LOCKED)})
        return redirect("quizzes:item", found.public_id, current.position)
    if current.checked_at is not None and not found.is_running and not wants_json:
        # The page of a checked item holds no answer: nothing came late.
        return redirect("quizzes:review", found.public_id)
    saved = save_response(
        item=current,
        answer=answer,
        base_revision=_counter(request.POST.get("revision", "")),
        client=_client(request.POST.get("client", "")) if wants_json else "",
        sequence=_counter(request.POST.get("sequence", "")),
        now=now,
    )
    if wants_json:
        return JsonResponse(saved_state(current, saved))
    return _then(request, found, current, saved, answer)


def _is_of_another_try(request: HttpRequest, current: AttemptItem) -> bool:
    sent = request.POST.get("try", "")
    return sent != "" and sent != str(current.try_number)


def _then(
    request: HttpRequest,
    found: Attempt,
    current: AttemptItem,
    saved: Saved,
    answer: dict[str, Any],
) -> HttpResponseBase:
    """Where the pressed button leads, unless the answer could not be kept as it was sent."""
    now = timezone.now()
    if saved.status is SaveStatus.LATE:
        return redirect("quizzes:review", found.public_id)
    go = request.POST.get("go", "")
    items = current_items(found)
    if saved.status is SaveStatus.CONFLICT:
        context = item_page(current, items, now=now, conflict=saved, typed=answer)
        return render(request, "quizzes/item.html", context, status=409)
    if go == "flag":
        flag_item(item=current, flagged=not current.is_flagged, now=now)
    elif go == "check":
        return _check(request, current, items)
    elif go == "again":
        try:
            try_again(item=current, seed=fresh_seed(), now=now)
        except RefusedError as refusal:
            return _refused(request, current, items, refusal)
    return redirect(*_destination(go, found, current, items))


def _check(request: HttpRequest, current: AttemptItem, items: list[AttemptItem]) -> HttpResponse:
    """Practice: an answer that is not whole is not judged yet; the page says what is missing."""
    now = timezone.now()
    context = item_page(current, items, now=now, insist=True)
    if context["problem"]:
        return render(request, "quizzes/item.html", context, status=422)
    try:
        check_item(item=current, now=now)
    except RefusedError as refusal:
        return _refused(request, current, items, refusal)
    address = redirect("quizzes:item", current.attempt.public_id, current.position)
    address["Location"] += "#result"
    return address


def _refused(
    request: HttpRequest, current: AttemptItem, items: list[AttemptItem], refusal: RefusedError
) -> HttpResponse:
    context = {**item_page(current, items, now=timezone.now()), "problem": str(refusal)}
    return render(request, "quizzes/item.html", context, status=409)


def _destination(
    go: str, found: Attempt, current: AttemptItem, items: list[AttemptItem]
) -> tuple[Any, ...]:
    positions = [each.position for each in items]
    if go.isascii() and go.isdigit() and len(go) < 5 and int(go) in positions:
        return "quizzes:item", found.public_id, int(go)
    if go == "summary" or (go == "next" and current.position == positions[-1]):
        return "quizzes:summary", found.public_id
    step = {"next": 1, "previous": -1}.get(go, 0)
    index = min(max(positions.index(current.position) + step, 0), len(positions) - 1)
    return "quizzes:item", found.public_id, positions[index]


def _client(text: str) -> str:
    """A tab's name for itself; "" for what is none (a database takes no NUL, for one)."""
    plain = text.isascii() and text.replace("-", "").isalnum()
    return text if plain and len(text) <= MAX_CLIENT else ""


def _counter(text: str) -> int:
    return (
        min(int(text), MAX_COUNTER) if text.isascii() and text.isdigit() and len(text) < 11 else 0
    )


@never_cache
@require_safe
def summary(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """What is answered and what is not, and what submitting means."""
    now = timezone.now()
    found = own_attempt(request, public_id, now=now)
    if not found.is_running:
        return redirect("quizzes:review", public_id)
    return render(request, "quizzes/summary.html", summary_page(found, now=now))


@never_cache
@require_POST
def submit(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    now = timezone.now()
    found = own_attempt(request, public_id, now=now)
    submit_attempt(attempt=found, now=now)
    return redirect("quizzes:review", public_id)
