"""Many questions at once: what would change is shown first, then it is done."""

from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from apps.accounts.access import instructor_required, signed_in_user
from apps.accounts.models import User
from apps.quizzes.models import Question, Quiz
from apps.studio.forms.bulk import ACTIONS, LABELS, WITHOUT_VALUE, ValueForm
from apps.studio.presenting.bank import rows, with_row_parts
from apps.studio.queries.bank import BankFilter, annotated, readable_questions
from apps.studio.services.bulk import MOST, Action, Outcome, apply, plan, prepare

EXPORT = "export"
_LONGEST_BACK = 1000


@never_cache
@require_POST
@instructor_required
def bulk(request: HttpRequest) -> HttpResponseBase:
    """`action`, `ids`, `value` → what would change; with `apply=1` and `seen=<value>` it is done.

    `back`: the query string of the list that one came from.
    """
    user = signed_in_user(request)
    questions = _questions(request, user)
    if questions and request.POST.get("action") == EXPORT:
        return _to_export(questions)
    action = _action(request)
    if action is None or not questions:
        problem = "할 일을 고르세요." if questions else "먼저 문제를 하나 이상 고르세요."
        return _page(request, user, questions, action, problem=problem, status=422)
    if len(questions) > MOST:
        problem = f"한 번에 {MOST}개까지 바꿀 수 있습니다. 나누어 해 주세요."
        return _page(request, user, questions[:MOST], action, problem=problem, status=422)
    form = ValueForm(action, user, questions, request.POST)
    if action not in WITHOUT_VALUE and not form.is_valid():
        status = 422 if form.is_bound else 200
        return _page(request, user, questions, action, form=form, status=status)
    value = form.cleaned_data["value"] if action not in WITHOUT_VALUE else ""
    quiz = _quiz(user, value) if action == Action.QUIZ else None
    wanted = prepare(action, user, questions, value, quiz)
    # Another value than the page showed the changes of is looked at first, too.
    if request.POST.get("apply") != "1" or request.POST.get("seen", "") != value:
        outcomes = plan(wanted, questions)
        return _page(request, user, questions, action, form=form, outcomes=outcomes)
    outcomes = apply(wanted, questions, now=timezone.now())
    planned = [each for each in outcomes if each.goes]
    if not planned:
        return _page(request, user, questions, action, form=form, outcomes=outcomes, status=409)
    if quiz is not None:
        return redirect("studio:quiz", quiz.uuid)
    query = urlencode([*parse_qsl(_back(request)), ("done", action.value), ("n", len(planned))])
    return redirect(f"{reverse('studio:bank')}?{query}")


def _to_export(questions: list[Question]) -> HttpResponseBase:
    """The page that asks for the format; it takes its questions from the address."""
    query = urlencode([("ids", str(question.uuid)) for question in questions[:MOST]])
    return redirect(f"{reverse('studio:export')}?{query}")


def _questions(request: HttpRequest, user: User) -> list[Question]:
    """Those that were ticked and may be read, in the order of the list. One more than allowed."""
    wanted = []
    for text in request.POST.getlist("ids")[: MOST + 1]:
        try:
            wanted.append(UUID(text))
        except ValueError:
            continue
    found = readable_questions(user).filter(uuid__in=wanted)
    return list(with_row_parts(annotated(found, user), user).order_by("pk"))


def _action(request: HttpRequest) -> Action | None:
    try:
        return Action(request.POST.get("action", ""))
    except ValueError:
        return None


def _quiz(user: User, uuid: str) -> Quiz:
    return Quiz.objects.editable_by(user).get(uuid=uuid)


def _back(request: HttpRequest) -> str:
    """Only what filters know, so that nothing else is carried along."""
    known = {*BankFilter.__dataclass_fields__, "page"}
    pairs = parse_qsl(request.POST.get("back", "")[:_LONGEST_BACK])
    return urlencode([(name, value) for name, value in pairs if name in known])


def _page(
    request: HttpRequest,
    user: User,
    questions: list[Question],
    action: Action | None,
    *,
    form: ValueForm | None = None,
    outcomes: list[Outcome] | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    by_key = {each.question.pk: each for each in outcomes or []}
    lines = [(row, by_key.get(row.question.pk)) for row in rows(questions, user)]
    context: dict[str, Any] = {
        "section": "studio",
        "action": action,
        "label": LABELS.get(action, "") if action else "",
        "actions": ACTIONS,
        "form": form,
        "problem": problem,
        "back": _back(request),
        "decided": outcomes is not None,
        "lines": lines,
        "going": [line for line in lines if line[1] and line[1].goes],
        "refused": [line for line in lines if line[1] and line[1].refusal],
        "same": [line for line in lines if line[1] and not line[1].goes and not line[1].refusal],
    }
    return render(request, "studio/bulk.html", context, status=status)
