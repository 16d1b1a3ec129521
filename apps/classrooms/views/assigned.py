"""An assignment's own page: a learner's rules and results, or the instructor's live view of it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import to_sign_in
from apps.accounts.services import current_learner
from apps.classrooms.access import ArchivedError, own_enrollment, teaches
from apps.classrooms.models import Assignment, Enrollment
from apps.classrooms.queries.assigned import own_run
from apps.classrooms.queries.standings import learner_standing
from apps.classrooms.services.starting import start_assignment
from apps.classrooms.views.live import live_page
from apps.lessons.models import ReadingProgress
from apps.quizzes.models import Attempt
from apps.quizzes.services.taking import RefusedError
from apps.quizzes.views.access import fresh_seed


@never_cache
@require_safe
def assignment(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """For instructors of the class the live page; for its learners their own; else 404.

    Who is nobody yet in this browser is led to the sign-in page, here and below.
    """
    if _is_nobody(request):
        return to_sign_in(request)
    found = get_object_or_404(Assignment.objects.with_targets(), public_id=public_id)
    if teaches(request, found.classroom):
        return live_page(request, found)
    return _learner_page(request, found, _place(request, found))


@never_cache
@require_POST
def start(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The learner's running attempt or a new one; 409 with the reason where a rule says no."""
    if _is_nobody(request):
        return to_sign_in(request)
    found = get_object_or_404(Assignment.objects.with_targets(), public_id=public_id)
    enrollment = _place(request, found)
    try:
        attempt = start_assignment(
            assignment=found, enrollment=enrollment, now=timezone.now(), seed=fresh_seed()
        )
    except (RefusedError, ArchivedError) as refusal:
        return _learner_page(request, found, enrollment, refusal=str(refusal), status=409)
    return redirect(attempt)


@never_cache
@require_safe
def run(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Pages of an attempt know its run; this leads to the assignment that set it."""
    if _is_nobody(request):
        return to_sign_in(request)
    found = get_object_or_404(Assignment.objects.with_targets(), run__slug=slug)
    if not teaches(request, found.classroom):
        _place(request, found)
    return redirect(found)


def _is_nobody(request: HttpRequest) -> bool:
    return not request.user.is_authenticated and current_learner(request) is None


def _place(request: HttpRequest, found: Assignment) -> Enrollment:
    """Whose page it is. What was taken down is there only for who has worked on it."""
    enrollment = own_enrollment(request, found.classroom)
    if found.retired_at is not None:
        own = Attempt.objects.filter(run=found.run_id, learner=enrollment.learner)
        if found.run_id is None or not own.exists():
            raise Http404
    return enrollment


def _learner_page(
    request: HttpRequest,
    found: Assignment,
    enrollment: Enrollment,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    standing = learner_standing(found, enrollment, now=now)
    progress = None
    if found.lesson is not None:
        progress = ReadingProgress.objects.filter(
            learner=enrollment.learner, lesson=found.lesson
        ).first()
    context = {
        "section": "classrooms",
        "assignment": found,
        "classroom": found.classroom,
        "enrollment": enrollment,
        "standing": standing,
        "own": own_run(found, enrollment, now=now),
        "progress": progress,
        "now": now,
        "refusal": refusal,
    }
    return render(request, "classrooms/assignment.html", context, status=status)
