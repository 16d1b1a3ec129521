"""Looking back: what was right, why, and where the notes say so."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.quizzes.presenting.review import review_page
from apps.quizzes.presenting.runs import section_of
from apps.quizzes.services.taking import RefusedError, repeat_wrong
from apps.quizzes.views.access import fresh_seed, own_attempt


@never_cache
@require_safe
def review(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The result, as far as the policy lets it be told."""
    now = timezone.now()
    found = own_attempt(request, public_id, now=now)
    if found.is_running:
        return redirect("quizzes:attempt", public_id)
    return render(request, "quizzes/review.html", review_page(found, now=now))


@never_cache
@require_POST
def repeat(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """틀린 문제만 다시: a new practice attempt with what was not fully right."""
    now = timezone.now()
    found = own_attempt(request, public_id, now=now)
    try:
        attempt = repeat_wrong(attempt=found, now=now, seed=fresh_seed())
    except RefusedError as refusal:
        context = {"section": section_of(found.run), "run": found.run, "reason": str(refusal)}
        return render(request, "quizzes/refused.html", context, status=409)
    return redirect(attempt)
