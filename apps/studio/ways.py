"""The way from a widget's page into the studio."""

from django.http import HttpRequest
from django.urls import reverse

from apps.widgetkit.manifest import Widget
from apps.widgetkit.ways import Way


def from_widget(request: HttpRequest, widget: Widget, query: str) -> Way | None:
    """For instructors only; whoever brings no session costs no query."""
    if not getattr(request.user, "may_teach", False):
        return None
    address = reverse("studio:from-widget", args=[widget.slug])
    return Way("이 상태로 문제 만들기", f"{address}?{query}" if query else address)
