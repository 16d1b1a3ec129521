"""Marking one learner's work."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.access import instructor_required, signed_in_user
from apps.classrooms.access import ArchivedError, taught_assignment
from apps.classrooms.forms.marks import MarkForm, filled
from apps.classrooms.models import Mark
from apps.classrooms.queries.marks import MarkedWork, marked_work, member
from apps.classrooms.queries.standings import judgment_of
from apps.classrooms.services.marking import StaleMarkError, UnfitMarkError, mark_work


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def mark(request: HttpRequest, public_id: UUID, enrollment_id: UUID) -> HttpResponseBase:
    """The learner's attempts, the computed score and why, and what instructors said of it."""
    assignment = taught_assignment(request, public_id)
    enrollment = member(assignment.classroom, enrollment_id)
    work = marked_work(assignment, enrollment, now=timezone.now())
    if request.method == "POST":
        return _save(request, work)
    initial = filled(judgment_of(work.marks[0])) if work.marks else {"verdict": "computed"}
    return _page(request, work, MarkForm(initial=initial, max_score=work.computed.max_score))


def _save(request: HttpRequest, work: MarkedWork) -> HttpResponseBase:
    form = MarkForm(request.POST, max_score=work.computed.max_score)
    if not form.is_valid():
        return _page(request, work, form, base=_base(request), status=422)
    try:
        mark_work(
            assignment=work.assignment,
            enrollment=work.enrollment,
            judgment=form.judgment(),
            base=_base(request),
            by=signed_in_user(request),
            now=timezone.now(),
        )
    except StaleMarkError as refusal:
        return _page(request, work, form, refusal=str(refusal), theirs=refusal.newest, status=409)
    except ArchivedError as refusal:
        return _page(request, work, form, refusal=str(refusal), status=409)
    except UnfitMarkError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, work, form, base=_base(request), status=422)
    messages.success(request, "평가를 저장했습니다.")
    return redirect(request.path)


def _base(request: HttpRequest) -> int:
    """The newest mark that the form saw; what is no number saw none."""
    text = request.POST.get("base", "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _page(
    request: HttpRequest,
    work: MarkedWork,
    form: MarkForm,
    *,
    base: int | None = None,
    refusal: str = "",
    theirs: Mark | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """`base`: what the form saw, kept while it is being mended; else the newest mark."""
    newest = theirs or (work.marks[0] if work.marks else None)
    context = {
        "section": "classrooms",
        "classroom": work.assignment.classroom,
        "work": work,
        "form": form,
        "base": base if base is not None else newest.pk if newest else 0,
        "refusal": refusal,
        "theirs": theirs,
    }
    return render(request, "classrooms/mark.html", context, status=status)
