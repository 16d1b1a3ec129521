"""`/me/`: everything that the site knows of whoever asks, and the ways to take it along."""

import json

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.models import User
from apps.accounts.services import current_learner
from apps.accounts.services.exporting import export_records
from apps.accounts.services.learners import learner_of
from apps.accounts.services.moving import record_counts
from apps.home.move import left_learner
from apps.home.queries.attempts import attempt_rows, attempts_to_list
from apps.home.queries.people import classes_of, identity_of
from apps.home.queries.topics import weak_topics
from apps.home.queries.work import open_work
from apps.lessons.predictions import predictions_of
from apps.lessons.queries import course_for
from apps.reports.queries import unseen_answers

_ON_A_PAGE = 10


@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """내 학습 기록. The number of queries grows with the classes alone."""
    now = timezone.now()
    learner = current_learner(request)
    page = Paginator(attempts_to_list(learner, now=now), _ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    classes = classes_of(learner)
    left = left_learner(request)
    context = {
        "section": "progress",
        "now": now,
        "who": identity_of(request, learner, classes),
        "course": course_for(learner),
        "personal": True,
        "work": open_work(classes, now=now),
        "classes": classes,
        "page": page,
        "attempts": attempt_rows(list(page.object_list), now=now),
        "topics": weak_topics(learner, now=now),
        "predictions": predictions_of(learner),
        "unseen": unseen_answers(learner),
        "left": left is not None and bool(record_counts(left)),
    }
    return render(request, "home/me.html", context)


@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The whole record as a file; whoever has none is led to where it will be."""
    now = timezone.now()
    learner = current_learner(request)
    if learner is None and isinstance(request.user, User):
        learner = learner_of(request.user, now=now)
    if learner is None:
        return redirect("home:me")
    text = json.dumps(export_records(learner), ensure_ascii=False, indent=2)
    response = HttpResponse(text + "\n", content_type="application/json; charset=utf-8")
    name = f"gureum-sadari-{timezone.localdate(now).isoformat()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
