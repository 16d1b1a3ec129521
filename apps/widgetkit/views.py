"""The gallery, and one view for all widgets: page, fragment, prediction."""

import re
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.htmx import HtmxHttpRequest, wants_fragment
from apps.widgetkit.asks import Ask
from apps.widgetkit.manifest import Json, Widget
from apps.widgetkit.predictions import Prediction, record
from apps.widgetkit.registry import all_widgets, get_widget
from apps.widgetkit.state import (
    State,
    as_parameters,
    as_query,
    is_too_long,
    permalink,
    read_state,
)
from apps.widgetkit.ways import ways_on

PREDICT = "predict"
# Two embeds of one widget may stand on a page: ids in its markup carry this prefix. On its own page
# a widget has a fixed one.
UID = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")
PAGE_UID = "w"


@never_cache  # the header says who is here
@require_safe
def gallery(request: HtmxHttpRequest) -> HttpResponse:
    return render(
        request, "widgetkit/gallery.html", {"section": "widgets", "widgets": all_widgets()}
    )


@never_cache
@require_http_methods(["GET", "HEAD"])
def detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """The widget in the state of the query string; the fragment alone for htmx."""
    widget = _find(slug)
    if wants_fragment(request) and is_too_long(request.GET):
        # Swapping in another state would take away what was typed; the script says what is wrong.
        return HttpResponse(status=HTTPStatus.REQUEST_URI_TOO_LONG)
    state = read_state(widget, request.GET)
    if request.GET.get("mode") == PREDICT:
        return _ask(request, widget, state)
    return _respond(request, _context(widget, state))


@never_cache
@require_POST
def predict(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """The outcome, after the learner has committed to an answer."""
    widget = _find(slug)
    state = read_state(widget, request.POST)
    ask = _find_ask(widget, state, request.POST.get("ask", ""))
    if ask is None:
        return _respond(request, _context(widget, state))
    answer = frozenset(request.POST.getlist("answer")) & {choice.id for choice in ask.choices}
    if not answer:
        return _ask(request, widget, state, ask=ask, unanswered=True)
    prediction = Prediction(widget.slug, state.scenario, ask, answer)
    record(request, prediction)
    context = _context(widget, state)
    context["prediction"] = prediction
    context["picked"] = [ask.choice(choice_id) for choice_id in sorted(answer)]
    context["right"] = [choice for choice in ask.choices if choice.id in ask.key]
    return _respond(request, context)


def _uid(parameters: QueryDict) -> str:
    uid = parameters.get("uid", "")
    return uid if UID.match(uid) else PAGE_UID


def _find(slug: str) -> Widget:
    widget = get_widget(slug)
    if widget is None:
        raise Http404
    return widget


def _find_ask(widget: Widget, state: State, ask_id: str) -> Ask | None:
    """The ask of that id, else the first one; None where the scenario allows none."""
    asks = widget.asks(state.scenario)
    return next((ask for ask in asks if ask.id == ask_id), asks[0] if asks else None)


def _context(widget: Widget, state: State) -> Json:
    result = widget.evaluate(state.scenario)
    path = reverse("widgetkit:detail", args=[widget.slug])
    valid = "problems" not in result
    return {
        **widget.present(state.scenario, result, state.query),
        "section": "widgets",
        "widget": widget,
        "state": state,
        "result": result,
        "valid": valid,
        "path": path,
        "permalink": permalink(path, widget, state.scenario) if valid else "",
        # What was pressed in the editor is not part of the state, and must not be pressed again.
        "parameters": widget.encode(state.scenario) if valid else as_parameters(state.query),
    }


def _ask(
    request: HtmxHttpRequest,
    widget: Widget,
    state: State,
    *,
    ask: Ask | None = None,
    unanswered: bool = False,
) -> HttpResponse:
    """The question without the outcome: result, trace and fixes never reach this template."""
    ask = ask or _find_ask(widget, state, request.GET.get("ask", ""))
    if ask is None:  # the scenario is not valid: show what is wrong with it
        return _respond(request, _context(widget, state))
    path = reverse("widgetkit:detail", args=[widget.slug])
    context = {
        **widget.present(state.scenario, {}, state.query),
        "section": "widgets",
        "widget": widget,
        "state": state,
        "valid": True,  # else the engine would have asked nothing
        "asking": True,
        "ask": ask,
        "unanswered": unanswered,
        "path": path,
        "permalink": permalink(path, widget, state.scenario),
        "parameters": widget.encode(state.scenario),
    }
    response = _respond(request, context)
    response["Cache-Control"] = "private, no-store"
    if unanswered:
        response.status_code = 422
    return response


def _respond(request: HtmxHttpRequest, context: Json) -> HttpResponse:
    fragment = wants_fragment(request)
    uid = _uid(request.POST if request.method == "POST" else request.GET) if fragment else PAGE_UID
    context["uid"] = uid
    context["embedded"] = uid != PAGE_UID
    if context["valid"] and not context["embedded"]:
        # Of the state alone: on a page that asks, the address says more.
        query = context["permalink"].partition("?")[2]
        context["ways"] = ways_on(request, context["widget"], query)
    template = "widgetkit/_widget.html" if fragment else "widgetkit/widget.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    if fragment and request.method == "GET" and not context["embedded"]:
        # On its own page the address follows the state. Typing replaces it; else every letter would
        # be a stop on the way back.
        header = "HX-Replace-Url" if "edit" in request.GET else "HX-Push-Url"
        response[header] = _address(request, context)
    return response


def _address(request: HtmxHttpRequest, context: Json) -> str:
    """The short address of a valid state; what is not valid keeps all that was typed."""
    if not context["valid"]:
        return request.get_full_path()
    address: str = context["permalink"]
    if context.get("asking"):
        address += f"&{urlencode({'mode': PREDICT, 'ask': context['ask'].id})}"
    return address


def render_embed(slug: str, preset: str, *, uid: str) -> SafeString:
    """The widget inside a lesson, in a preset: nothing in it depends on a request."""
    widget = _find(slug)
    parameters = QueryDict(mutable=True)
    parameters["preset"] = preset
    context = {**_context(widget, read_state(widget, parameters)), "uid": uid, "embedded": True}
    return render_to_string("widgetkit/_widget.html", context)


def render_scene(widget: Widget, scenario: Json, *, uid: str) -> SafeString:
    """The scenario as a prediction shows it – picture and rules, no outcome –, for a quiz item."""
    query = as_query(widget.encode(scenario))
    context = {
        **widget.present(scenario, {}, query),
        "widget": widget,
        "valid": True,
        "asking": True,
        "uid": uid,
        "embedded": True,
        "path": reverse("widgetkit:detail", args=[widget.slug]),
    }
    return render_to_string(widget.template, context)
