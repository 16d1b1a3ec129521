"""From a state of a widget to a question about it."""

from collections.abc import Sequence
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.access import instructor_required, signed_in_user
from apps.quizzes.freezing import SCENARIO
from apps.studio.presenting.generators import asked
from apps.studio.queries.places import place_of
from apps.studio.services.writing import start_question
from apps.widgetkit.asks import Ask
from apps.widgetkit.manifest import Json, Widget
from apps.widgetkit.registry import get_widget
from apps.widgetkit.state import State, is_too_long, permalink, read_state
from apps.widgetkit.views import render_scene

_LONGEST_TITLE = 120


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def from_widget(request: HttpRequest, widget: str) -> HttpResponseBase:
    """GET: what can be asked about the state in the address; POST `ask`: a draft that asks it."""
    found = get_widget(widget)
    if found is None:
        raise Http404
    state = read_state(found, request.GET)
    problems = problems_of(found, state)
    asks = [] if problems else found.asks(state.scenario)
    if request.method == "POST" and not problems:
        ask = next((each for each in asks if each.id == request.POST.get("ask")), None)
        if ask is not None:
            draft = start_question(
                owner=signed_in_user(request),
                document=document_of(found, state, ask) | place_of(found.lessons),
                now=timezone.now(),
                title=_title(found, state),
            )
            return redirect("studio:edit", draft.question.uuid)
    refused = request.method == "POST"
    return render(
        request,
        "studio/from_widget.html",
        _context(found, state, asks, problems, refused=refused)
        | {"back": _back(found, request.GET)},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problems or refused else HTTPStatus.OK,
    )


def problems_of(widget: Widget, state: State) -> list[str]:
    """Why nothing can be asked about this state, in Korean.

    The widget's own page falls back on its first situation; a question about another state than
    the one that was meant would be a surprise.
    """
    if state.problems:
        return list(state.problems)
    result = widget.evaluate(state.scenario)
    return [f"{each['path']}: {each['message']}" for each in result.get("problems", [])]


def document_of(widget: Widget, state: State, ask: Ask) -> Json:
    """The question's document, but for its place. A preset goes by its name, as in files."""
    where = {"preset": state.preset.name} if state.preset else {"scenario": state.scenario}
    expect = [choice.id for choice in ask.choices if choice.id in ask.key]
    return {"kind": SCENARIO, "widget": widget.slug, **where, "ask": ask.id, "expect": expect}


def _title(widget: Widget, state: State) -> str:
    return f"{widget.title}: {state.preset.title if state.preset else '직접 고친 상황'}"[
        :_LONGEST_TITLE
    ]


def _back(widget: Widget, sent: QueryDict) -> str:
    """The widget as it was left, whatever was wrong with it; as it begins if that was too long."""
    path = reverse("widgetkit:detail", args=[widget.slug])
    return f"{path}?{sent.urlencode()}" if sent and not is_too_long(sent) else path


def _context(
    widget: Widget, state: State, asks: Sequence[Ask], problems: list[str], *, refused: bool
) -> Json:
    path = reverse("widgetkit:detail", args=[widget.slug])
    address = "" if problems else permalink(path, widget, state.scenario)
    own = reverse("studio:from-widget", args=[widget.slug])
    return {
        "section": "studio",
        "part": "generators",
        "current": "true",
        "widget": widget,
        "state": state,
        "problems": problems,
        "is_gone": refused and not problems,
        "cards": [] if problems else asked(widget, state.scenario, asks),
        "scene": "" if problems else render_scene(widget, state.scenario, uid="state"),
        "widget_address": address,
        "own": own,
        "action": f"{own}?{address.partition('?')[2]}",
    }
