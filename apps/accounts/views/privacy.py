"""What the site keeps about people, and for how long."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.access import open_to_all


@open_to_all
@never_cache  # its header says who is here
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The operator's own notice (GUREUM_PRIVACY_NOTICE), else one that fits the site as it is."""
    context = {
        "notice": settings.GUREUM_PRIVACY_NOTICE,
        "retention_days": settings.GUREUM_RETENTION_DAYS,
    }
    return render(request, "accounts/privacy.html", context)
