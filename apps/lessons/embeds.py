"""What a lesson may embed with `::widget{…}` and `::quiz{…}`, and how it comes to the page."""

from typing import Any

from django.utils.safestring import SafeString

from apps.widgetkit.manifest import Widget
from apps.widgetkit.registry import all_widgets, get_widget
from apps.widgetkit.views import render_embed


def known_embeds() -> dict[str, dict[str, frozenset[str]]]:
    """Kind → name → presets. Diagrams are content files and are known to apps.content."""
    widgets = {
        widget.slug: frozenset(preset.name for preset in widget.presets) for widget in all_widgets()
    }
    return {"widget": widgets, "quiz": {}}


def embed_html(name: str, params: dict[str, str]) -> SafeString:
    """The widget in its preset (the first one if none is named).

    Its ids begin with `<name>-<preset>`, so that the lesson's links can point to its steps.
    """
    widget = get_widget(name)
    if widget is None:  # loaded when this installation still had the widget
        return SafeString("")
    preset = params.get("preset", widget.presets[0].name)
    return render_embed(name, preset, uid=f"{name}-{preset}")


def embedded_widgets(blocks: list[dict[str, Any]]) -> list[Widget]:
    """The widgets of a lesson, each once: their styles and scripts belong to its page."""
    names = dict.fromkeys(block["name"] for block in blocks if block["kind"] == "widget")
    return [widget for name in names if (widget := get_widget(name))]
