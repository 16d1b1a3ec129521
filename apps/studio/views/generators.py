"""Generators: all of them, one with samples, and the test with a thousand seeds."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import instructor_required, signed_in_user
from apps.core.htmx import HtmxHttpRequest, wants_fragment
from apps.quizzes.freezing import GENERATED, NotComputableError, find_generator
from apps.studio.domain.selftest import (
    Report,
    report_from_json,
    report_to_json,
    self_test,
)
from apps.studio.presenting.generators import (
    SAMPLES,
    Control,
    all_groups,
    chosen,
    controls,
    first_seed,
    lessons_of,
    samples,
)
from apps.studio.presenting.selftest import told
from apps.studio.queries.places import place_of
from apps.studio.services.writing import start_question
from apps.widgetkit.asks import Generator
from apps.widgetkit.manifest import Widget
from apps.widgetkit.registry import all_widgets

SEEDS = 1_000
STEP = 100
_HERE: dict[str, Any] = {"section": "studio", "part": "generators"}


@never_cache
@require_safe
@instructor_required
def generators(request: HttpRequest) -> HttpResponse:
    context = {**_HERE, "groups": all_groups(), "widgets": all_widgets()}
    return render(request, "studio/generators.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def generator(request: HttpRequest, generator: str) -> HttpResponseBase:
    """GET: parameters and ten samples; POST with the parameters: a draft of such a question."""
    widget, found = _find(generator)
    if request.method == "POST":
        return _start(request, widget, found)
    chosen_now = controls(found, request.GET)
    first = first_seed(request.GET)
    made = samples(found, chosen(chosen_now), first=first)
    context = _context(widget, found, chosen_now) | {
        "samples": made,
        "first": first,
        "last": first + SAMPLES - 1,
        "styles": widget.styles if widget and any(each.scene for each in made) else (),
        "more": _query(chosen_now, {"from": str(first + SAMPLES)}),
        "back": _query(chosen_now, {"from": str(max(0, first - SAMPLES))}) if first else "",
    }
    return render(request, "studio/generator.html", context)


def _start(request: HttpRequest, widget: Widget | None, found: Generator) -> HttpResponseBase:
    parameters = chosen(controls(found, request.POST))
    document: dict[str, Any] = {"kind": GENERATED, "generator": found.id}
    if parameters:
        document["parameters"] = parameters
    draft = start_question(
        owner=signed_in_user(request),
        document=document | place_of(lessons_of(found, widget)),
        now=timezone.now(),
        title=found.title,
    )
    return redirect("studio:edit", draft.question.uuid)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def generator_test(request: HtmxHttpRequest, generator: str) -> HttpResponseBase:
    """Tried with a thousand seeds: a hundred a request with htmx, else all in one.

    What was found so far travels with the requests, signed; nothing is stored, and a test that is
    left behind stops by itself.
    """
    widget, found = _find(generator)
    sent = request.POST if request.method == "POST" else request.GET
    chosen_now = controls(found, sent)
    context = _context(widget, found, chosen_now) | {"seeds": SEEDS}
    if request.method != "POST":
        return render(request, "studio/generator_test.html", context)
    parameters, fragment = chosen(chosen_now), wants_fragment(request)
    salt = f"studio.generator-test/{found.id}?{urlencode(parameters)}"
    report = _so_far(request.POST.get("so_far", ""), salt)
    if report is None:
        context["is_lost"] = True
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    else:
        end = min(report.tried + STEP, SEEDS) if fragment else SEEDS
        report += self_test(found, parameters, range(report.tried, end))
        context |= {"report": report, **told(report, of=SEEDS)}
        if report.tried < SEEDS:
            context["so_far"] = signing.dumps(report_to_json(report), salt=salt, compress=True)
        status = HTTPStatus.OK
    template = "studio/_generator_test.html" if fragment else "studio/generator_test.html"
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response


def _so_far(sent: str, salt: str) -> Report | None:
    """The report up to now; an empty one at the start; None for what this site did not write."""
    if not sent:
        return Report()
    try:
        return report_from_json(signing.loads(sent, salt=salt, max_age=3600))
    except signing.BadSignature:
        return None


def _find(name: str) -> tuple[Widget | None, Generator]:
    try:
        return find_generator(name)
    except NotComputableError:
        raise Http404 from None


def _context(widget: Widget | None, found: Generator, chosen_now: list[Control]) -> dict[str, Any]:
    return {
        **_HERE,
        "current": "true",
        "widget": widget,
        "generator": found,
        "controls": chosen_now,
        "query": _query(chosen_now),
    }


def _query(chosen_now: list[Control], more: dict[str, str] | None = None) -> str:
    """The address of the same parameters, from the question mark on; "" for the defaults."""
    said = {
        each.name: each.value for each in chosen_now if each.value != each.parameter.default
    } | (more or {})
    return f"?{urlencode(said)}" if said else ""
