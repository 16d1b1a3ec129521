"""The way into the studio: what is unfinished, what there is, what to do first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.access import instructor_required, signed_in_user
from apps.quizzes.models import Quiz
from apps.studio.models import Draft
from apps.studio.presenting.bank import draft_rows
from apps.studio.queries.bank import BankFilter, counts_by_owner

_SHOWN = 8


@never_cache
@require_safe
@instructor_required
def index(request: HttpRequest) -> HttpResponse:
    user = signed_in_user(request)
    drafts = Draft.objects.filter(editor=user).select_related("question__current")
    quizzes = Quiz.objects.filter(owner=user, retired_at__isnull=True).order_by("-pk")
    context = {
        "section": "studio",
        "at_index": True,
        "drafts": draft_rows(list(drafts[:_SHOWN])),
        "draft_count": drafts.count(),
        "quizzes": list(quizzes.prefetch_related("sections__draws")[:_SHOWN]),
        "quiz_count": quizzes.count(),
        "counts": counts_by_owner(user, BankFilter()),
    }
    return render(request, "studio/index.html", context)
