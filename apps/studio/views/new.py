"""A new question begins with its kind."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.access import instructor_required, signed_in_user
from apps.quizzes.domain.kinds import KINDS
from apps.studio.forms.typed import typed_from
from apps.studio.presenting.editor_page import kind_cards
from apps.studio.services.writing import start_question


@instructor_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Cards of kinds; a form that lost its question may come along and becomes a new one."""
    if request.method != "POST":
        return render(request, "studio/new.html", kind_cards())
    typed = typed_from(request.POST, {})
    carried = "stem" in request.POST
    if not typed.kind or (typed.kind not in KINDS and not carried):
        return render(request, "studio/new.html", {**kind_cards(), "refused": True}, status=422)
    draft = start_question(
        owner=signed_in_user(request),
        document=typed.document if carried else {"kind": typed.kind},
        now=timezone.now(),
        title=typed.title[:120],
        pool=typed.pool,
        tags=typed.tag_list,
    )
    return redirect(draft)
