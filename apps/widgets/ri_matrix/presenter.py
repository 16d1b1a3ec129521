"""A scenario and its result as the page shows them: the open panel, the tabs, the matrix."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from apps.widgetkit.manifest import Json, Query

from .change_view import change_context
from .domain.presets import PRESETS
from .follow_view import follow_context
from .forms import CHANGE, FOLLOW, NEEDS, panel_of
from .matrix_view import (
    Highlight,
    change_highlight,
    follow_highlight,
    matrix_context,
    needs_highlight,
)
from .needs_view import SHORT_NAMES, needs_context

LESSON = "ec2-pricing"
_TITLES = {FOLLOW: "할인이 따라오나", NEEDS: "필요로 고르기", CHANGE: "수정·교환"}
_VIEWS = {FOLLOW: follow_context, NEEDS: needs_context, CHANGE: change_context}


@dataclass(frozen=True, slots=True)
class Tab:
    """A panel and the address of its first situation."""

    panel: str
    title: str
    query: str
    current: bool


def present(scenario: Json, result: Json, query: Query) -> Json:
    """The template's context. With an empty result (a prediction is asked) nothing is judged."""
    panel = panel_of(scenario)
    context: Json = {"lesson": LESSON, "panel": panel, "tabs": _tabs(panel), "matrix": None}
    context |= dict.fromkeys(_VIEWS)
    context[panel] = _VIEWS[panel](scenario, result, query)
    if result:
        highlight = _highlight(panel, scenario, result)
        opened = query.get("cell", ("",))[-1]
        context["matrix"] = matrix_context(highlight, SHORT_NAMES, opened)
    return context


def _highlight(panel: str, scenario: Json, result: Json) -> Highlight:
    if panel == FOLLOW:
        return follow_highlight(scenario, result)
    return needs_highlight(result) if panel == NEEDS else change_highlight(scenario)


def _tabs(panel: str) -> list[Tab]:
    return [
        Tab(name, title, _first_situation(name), name == panel) for name, title in _TITLES.items()
    ]


@cache
def _first_situation(panel: str) -> str:
    """Nothing is carried over: the panels ask different things."""
    name = next(preset[0] for preset in PRESETS if panel_of(preset[-1]) == panel)
    return urlencode({"preset": name})
