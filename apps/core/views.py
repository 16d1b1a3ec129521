"""Health, robots, the web manifest and error pages."""

import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from apps.core.health import readiness_problems
from apps.core.logging import request_id

logger = logging.getLogger(__name__)

# What is personal, or a door: of no use to who searches the web.
PRIVATE_PATHS = (
    "/progress/",
    "/lessons/*/progress/",
    "/attempts/",
    "/me/",
    "/login/",
    "/logout/",
    "/signup/",
    "/reset/",
    "/setup/",
    "/accounts/",
    "/classrooms/",
    "/assignments/",
    "/runs/",
    "/join/",
    "/reports/",
)
THEME_COLOR = "#fbfcfe"
MANIFEST_ICONS = (
    ("icon-192", "192x192", "any"),
    ("icon-512", "512x512", "any"),
    ("icon-maskable-512", "512x512", "maskable"),
)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready: database reachable, migrations applied, content loaded; 503 and the reasons if not."""
    problems = _database_problems() or readiness_problems()
    for problem in problems:
        logger.warning("not ready: %s", problem)
    body = "".join(f"{problem}\n" for problem in problems) or "ok\n"
    return HttpResponse(body, content_type="text/plain", status=503 if problems else 200)


def _database_problems() -> list[str]:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return ["database unreachable"]
    return ["migrations pending"] if pending else []


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE_PATHS), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_safe
def web_manifest(request: HttpRequest) -> HttpResponse:
    icons = [
        {"src": static(f"img/{name}.png"), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for name, sizes, purpose in MANIFEST_ICONS
    ]
    manifest = {
        "name": "구름사다리",
        "short_name": "구름사다리",
        "description": "AWS 개념을 한 칸씩 익히는 학습 사이트",
        "lang": "ko",
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": THEME_COLOR,
        "theme_color": THEME_COLOR,
        "icons": icons,
    }
    return JsonResponse(
        manifest,
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _error(request: HttpRequest, status: int, **further: object) -> HttpResponse:
    """Rendered without context processors: an error page must not need what has just failed."""
    context = {"request_id": request_id.get(), "path": request.path, **further}
    body = render_to_string(f"errors/{status}.html", context)
    return HttpResponse(body, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    logger.warning("CSRF check failed: %s", reason)
    return _error(request, 403, unsure_of_sender=True)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404)


def content_too_large(request: HttpRequest) -> HttpResponse:
    return _error(request, 413)


def server_error(request: HttpRequest) -> HttpResponse:
    return _error(request, 500)
