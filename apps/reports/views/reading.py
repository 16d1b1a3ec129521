"""The inbox of who teaches, the list of who reported, and one report with its answers."""

from uuid import UUID

from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import signed_in_user
from apps.accounts.models import User
from apps.accounts.services import current_learner
from apps.classrooms.access import ArchivedError
from apps.classrooms.models import Classroom
from apps.reports.forms import AnswerForm
from apps.reports.models import Report
from apps.reports.presenting import inbox_rows, own_rows, report_page
from apps.reports.queries import (
    reported_classes,
    reports_with_subjects,
    state_counts,
    unseen_answers,
    whole_reports,
)
from apps.reports.services import (
    AnsweredMeanwhileError,
    answer_report,
    close_report,
    mark_seen,
    reopen_report,
)

PAGE = 25
ALL = "all"
NO_CLASS = "none"
UNSENT = "아직 보내지 않은 답이 있습니다. 답을 보내거나 지운 뒤에 닫으세요."


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """받은 신고 for who teaches (`?box=mine` for the own ones), 보낸 신고 for everybody.

    The inbox is narrowed by `?state=` and `?class=` (public id; `none`: to the administrators).
    """
    user = request.user
    teaches = isinstance(user, User) and user.may_teach
    if isinstance(user, User) and teaches and request.GET.get("box") != "mine":
        return _inbox(request, user)
    return _own(request, has_inbox=teaches)


def _inbox(request: HttpRequest, user: User) -> HttpResponse:
    classes = reported_classes(user)
    of = _asked_class(user, request.GET.get("class", ""))
    if of is not None and of not in classes:
        classes = [*classes, of]  # a class without reports is chosen from its own menu
    nobodys = user.is_staff and request.GET.get("class") == NO_CLASS
    inbox = Report.objects.inbox_of(user)
    narrowed = inbox.filter(classroom=of) if of is not None or nobodys else inbox
    counts = state_counts(narrowed)
    state = request.GET.get("state", Report.State.OPEN.value)
    shown = narrowed.filter(state=state) if state in counts else narrowed
    pages = Paginator(reports_with_subjects(shown), PAGE)
    page = pages.get_page(request.GET.get("page"))
    filters = [(value, label, counts[value]) for value, label in Report.State.choices]
    chosen = str(of.public_id) if of else NO_CLASS if nobodys else ""
    context = {
        "section": "classrooms" if of else "reports",
        "page": page,
        "rows": inbox_rows(page.object_list, inbox=inbox),
        "state": state if state in counts else ALL,
        "filters": [*filters, (ALL, "모두", sum(counts.values()))],
        "waiting": counts[Report.State.OPEN],
        "everywhere": user.is_staff,
        "classes": classes,
        "chosen": chosen,
        "classroom": of,
        "class_query": f"&class={chosen}" if chosen else "",
    }
    return render(request, "reports/inbox.html", context)


def _asked_class(user: User, public_id: str) -> Classroom | None:
    """The class that was asked for, if the user teaches it."""
    try:
        key = UUID(public_id)
    except ValueError:
        return None
    return Classroom.objects.taught_by(user).filter(public_id=key).first()


def _own(request: HttpRequest, *, has_inbox: bool) -> HttpResponse:
    learner = current_learner(request)
    own = reports_with_subjects(Report.objects.of(learner))
    page = Paginator(own, PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "reports",
        "page": page,
        "rows": own_rows(page.object_list),
        "unseen": unseen_answers(learner),
        "has_inbox": has_inbox,
    }
    return render(request, "reports/own.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """One report: its instructors answer it, its writer reads it; 404 for everybody else."""
    now = timezone.now()
    inbox = Report.objects.none()
    if isinstance(request.user, User):
        inbox = Report.objects.inbox_of(request.user)
    own = Report.objects.of(current_learner(request))
    received = whole_reports(inbox).filter(public_id=public_id).first()
    found = received or whole_reports(own).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        if received is None:
            raise PermissionDenied
        return _act(request, received)
    context = report_page(found, inbox=inbox if received else None, now=now)
    context["form"] = AnswerForm()
    if context["told"] and own.filter(pk=found.pk).exists():
        mark_seen(reports=[found], now=now)
    return render(request, "reports/report.html", context)


def _act(request: HttpRequest, found: Report) -> HttpResponseBase:
    form = AnswerForm(request.POST)
    action = request.POST.get("action")
    try:
        match action:
            case "answer":
                if not form.is_valid():
                    return _again(request, found, form, status=422)
                answer_report(
                    report=found,
                    text=form.cleaned_data["text"],
                    known_answers=form.cleaned_data["known_answers"],
                    by=signed_in_user(request),
                    now=timezone.now(),
                )
            case "close":
                if form.data.get("text", "").strip():
                    form.add_error("text", UNSENT)
                    return _again(request, found, form, status=422)
                close_report(report=found)
            case "reopen":
                reopen_report(report=found)
            case _:
                raise BadRequest("unknown action")
    except (AnsweredMeanwhileError, ArchivedError) as refusal:
        return _again(request, found, form, status=409, refusal=str(refusal))
    return redirect(found)


def _again(
    request: HttpRequest, found: Report, form: AnswerForm, *, status: int, refusal: str = ""
) -> HttpResponse:
    """The page as it is now, with what was typed."""
    inbox = Report.objects.inbox_of(signed_in_user(request))
    fresh = whole_reports(inbox).get(pk=found.pk)
    context = report_page(fresh, inbox=inbox, now=timezone.now())
    context |= {"form": form, "refusal": refusal, "typed": request.POST.get("text", "")}
    return render(request, "reports/report.html", context, status=status)
