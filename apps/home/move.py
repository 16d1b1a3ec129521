"""`/me/move/`: whose is what was done in this browser before somebody signed in?"""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.models import Learner, User
from apps.accounts.next_page import asked_page
from apps.accounts.services import current_learner, ensure_learner
from apps.accounts.services.learners import LEFT_KEY
from apps.accounts.services.moving import move_records, record_counts
from apps.home.queries.people import class_names

ACTIONS = ("move", "forget", "later")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest) -> HttpResponse:
    """Asks, and does what was said. Only ever about the learner left in this very session."""
    following = asked_page(request)
    left = left_learner(request)
    if request.method == "POST":
        action = request.POST.get("action")
        if action not in ACTIONS:
            raise BadRequest("unknown action")
        now = timezone.now()
        if action == "move" and left is not None:
            move_records(source=left, target=ensure_learner(request, now=now), now=now)
        if action != "later":
            request.session.pop(LEFT_KEY, None)
        return redirect(following or "home:me")
    counts = record_counts(left) if left else []
    if left is None or not counts:
        return redirect(following or "home:me")
    context = {
        "section": "progress",
        "left": left,
        "counts": counts,
        "classes": class_names(left),
        "learner": current_learner(request),
        "next": following,
    }
    return render(request, "home/move.html", context)


def left_learner(request: HttpRequest) -> Learner | None:
    """Whom this browser had before, if whoever is here now may say "that was me".

    Never an account's learner. Somebody who joined a class by name may go over to an account, not
    to another name: on a shared computer that would be a neighbor's.
    """
    left_id = request.session.get(LEFT_KEY)
    if left_id is None:
        return None
    left = Learner.objects.filter(pk=left_id, user=None, erased_at=None).first()
    if left is None or isinstance(request.user, User):
        return left
    here = current_learner(request)
    named = bool(left.name) or left.is_admitted
    return None if here is None or here.pk == left.pk or named else left
