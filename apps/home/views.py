"""The course map."""

from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from apps.core.public_pages import public_response
from apps.lessons.queries import content_version, course_for


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """All units and lessons; the reader's ticks come as a fragment."""
    return public_response(request, version=content_version(), render=_page)


def _page() -> str:
    return render_to_string(
        "home/home.html", {"course": course_for(None), "section": "learn", "at_home": True}
    )
