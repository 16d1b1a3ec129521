"""Finds widgets: every folder `apps/widgets/<name>/` with a `widget.py` that defines `WIDGET`."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.apps import apps

from apps.widgetkit.manifest import Simulator, Widget

_widgets: dict[str, Widget] = {}


def register(widget: Widget) -> None:
    """Add a widget; slugs and simulator names are unique over the site."""
    if widget.slug in _widgets:
        raise ValueError(f"two widgets are called {widget.slug}")
    taken = {simulator.name for other in _widgets.values() for simulator in other.simulators}
    for simulator in widget.simulators:
        if simulator.name in taken:
            raise ValueError(f"two simulators are called {simulator.name}")
    _widgets[widget.slug] = widget


def discover(package: str) -> None:
    """Register the widget of every installed app inside `package` (called once, at start)."""
    for config in apps.get_app_configs():
        if config.name.startswith(f"{package}."):
            register(import_module(f"{config.name}.widget").WIDGET)


def all_widgets() -> list[Widget]:
    return sorted(_widgets.values(), key=lambda widget: widget.title)


def get_widget(slug: str) -> Widget | None:
    return _widgets.get(slug)


def all_simulators() -> dict[str, Simulator]:
    return {
        simulator.name: simulator for widget in all_widgets() for simulator in widget.simulators
    }


@contextmanager
def temporarily(widget: Widget) -> Iterator[Widget]:
    """Register a widget for the length of a test."""
    register(widget)
    try:
        yield widget
    finally:
        del _widgets[widget.slug]
