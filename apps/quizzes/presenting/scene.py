"""The state of a widget that an item asks about: shown without its outcome, opened with it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from apps.quizzes.freezing import frozen_from_json
from apps.quizzes.models import AttemptItem
from apps.widgetkit.manifest import Widget
from apps.widgetkit.registry import get_widget
from apps.widgetkit.state import permalink
from apps.widgetkit.views import render_scene


@dataclass(frozen=True, slots=True)
class Scene:
    widget: Widget
    html: SafeString


def scene_of(item: AttemptItem) -> Scene | None:
    """The picture of the scenario while it is asked about; nothing in it tells the outcome."""
    if item.frozen is None:
        return None
    frozen = frozen_from_json(item.frozen)
    widget = get_widget(frozen.widget)
    # This installation has lost the widget, or its engine no longer reads what was frozen under an
    # older one: the stem has to do.
    if widget is None or "problems" in widget.evaluate(frozen.scenario):
        return None
    uid = f"item-{item.position}"
    return Scene(widget, render_scene(widget, frozen.scenario, uid=uid))


def widget_address(item: AttemptItem) -> str:
    """Where the widget shows this very state with its outcome; "" where there is none."""
    if item.frozen is None:
        return ""
    frozen = frozen_from_json(item.frozen)
    widget = get_widget(frozen.widget)
    if widget is None or "problems" in widget.evaluate(frozen.scenario):
        return ""
    address = permalink(reverse("widgetkit:detail", args=[widget.slug]), widget, frozen.scenario)
    return address if frozen.step is None else f"{address}#w-step-{frozen.step}"
