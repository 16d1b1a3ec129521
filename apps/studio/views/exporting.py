"""Export: chosen questions or a quiz as a file."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.access import instructor_required, signed_in_user
from apps.accounts.models import User
from apps.quizzes.models import Question, Quiz
from apps.studio.exchange.write import ExportFormat
from apps.studio.forms.importing import ExportForm
from apps.studio.services.exporting import Exported, export_questions, export_quiz
from apps.studio.services.refusals import RefusedError

_MOST_IDS = 500


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def export(request: HttpRequest) -> HttpResponse:
    """GET ?ids=…&quiz=… chooses. POST `go`: look (what the file does not hold) or download."""
    user = signed_in_user(request)
    data = request.POST if request.method == "POST" else request.GET
    ids = _ids(data.getlist("ids"))
    quiz = _quiz(user, data.get("quiz", ""))
    if request.method != "POST":
        initial = {"quiz": quiz.uuid if quiz else None, "topic": request.GET.get("topic", "")}
        return _page(request, ExportForm(initial=initial), ids, quiz)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _page(request, form, ids, quiz, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    export_format = ExportFormat(form.cleaned_data["format"])
    try:
        exported = _exported(user, form.cleaned_data["topic"], ids, quiz, export_format)
    except RefusedError as refusal:
        return _page(request, form, ids, quiz, problem=str(refusal), status=HTTPStatus.CONFLICT)
    if request.POST.get("go") == "look":
        return _page(request, form, ids, quiz, exported=exported)
    return _download(exported, export_format, quiz)


def _exported(
    user: User, topic: str, ids: list[UUID], quiz: Quiz | None, export_format: ExportFormat
) -> Exported:
    if quiz is not None:
        return export_quiz(quiz, export_format, user=user)
    rows = Question.objects.copyable_by(user).select_related("current").prefetch_related("tags")
    if ids:
        found = {question.uuid: question for question in rows.filter(uuid__in=ids)}
        return export_questions([found[each] for each in ids if each in found], export_format)
    own = rows.from_studio().filter(owner=user, retired_at=None)
    if topic:
        own = own.filter(topic=topic)
    return export_questions(own.order_by("pk"), export_format)


def _page(
    request: HttpRequest,
    form: ExportForm,
    ids: list[UUID],
    quiz: Quiz | None,
    *,
    exported: Exported | None = None,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "section": "studio",
        "part": "quizzes" if quiz else "bank",
        "current": "true",
        "form": form,
        "ids": ids,
        "quiz": quiz,
        "exported": exported,
        "problem": problem,
    }
    return render(request, "studio/export.html", context, status=status)


def _download(exported: Exported, export_format: ExportFormat, quiz: Quiz | None) -> HttpResponse:
    day = timezone.localdate().isoformat()
    name = f"{quiz.slug if quiz else 'questions'}-{day}.{export_format.suffix}"
    response = HttpResponse(
        exported.text.encode(), content_type=f"{export_format.media_type}; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _ids(values: list[str]) -> list[UUID]:
    found: dict[UUID, None] = {}
    for value in values[:_MOST_IDS]:
        try:
            found[UUID(value)] = None
        except ValueError:
            continue
    return list(found)


def _quiz(user: User, value: str) -> Quiz | None:
    if not value:
        return None
    found = _ids([value])
    return get_object_or_404(Quiz.objects.copyable_by(user), uuid=found[0] if found else None)
