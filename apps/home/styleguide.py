"""`/styleguide/`: every component on one page, for those who build the site (debug only)."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.lessons.models import Lesson

ROLES = [
    "paper",
    "surface",
    "sunk",
    "ink",
    "ink-2",
    "ink-3",
    "line",
    "line-strong",
    "line-control",
    "accent",
    "accent-soft",
    "allow",
    "allow-soft",
    "deny",
    "deny-soft",
    "pen",
    "pen-soft",
    "memory",
    "memory-soft",
]
# Between them they hold every kind of block: drawings, tables, code, lists, a diagram, notes.
SHOWN_LESSONS = ("cloudfront", "policies-and-roles")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    folder = finders.find("icons")
    icons = sorted(path.stem for path in Path(str(folder)).glob("*.svg"))
    lessons = Lesson.objects.filter(slug__in=SHOWN_LESSONS, retired_at=None)
    blocks = [html for lesson in lessons for html in lesson.html_blocks]
    context = {"roles": ROLES, "icons": icons, "blocks": blocks}
    return render(request, "home/styleguide.html", context)
