"""Import: a file comes in, is looked at entry by entry, then applied, or forgotten."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.access import instructor_required, signed_in_user
from apps.quizzes.models import Question, Quiz
from apps.studio.domain.quiz_changes import ChangeError
from apps.studio.exchange.items import FileProblem, UnreadableError
from apps.studio.exchange.read import (
    READ_AS,
    FileReading,
    Format,
    guess_format,
    problems_of,
    read_file,
)
from apps.studio.forms.importing import OptionsForm, QuizForm, UploadForm
from apps.studio.models import ImportFile
from apps.studio.presenting.importing import made_rows, rows, summary_of
from apps.studio.services.import_files import apply_file, discard_file, keep_file, undo_import
from apps.studio.services.importing import Planned, plan_import
from apps.studio.services.refusals import RefusedError
from apps.studio.views.import_choices import DEFAULTS, Decided, decided, left_out_text, remember

_PART = {"section": "studio", "part": "import"}
_LISTED = 20
_READING = ("format", "encoding")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def upload(request: HttpRequest) -> HttpResponse:
    """A file or pasted text; earlier files of this instructor below."""
    user = signed_in_user(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        data, name = form.source()
        file_format = form.cleaned_data["format"] or guess_format(data, name).value
        file = keep_file(
            owner=user, name=name, data=data, file_format=file_format, now=timezone.now()
        )
        return redirect("studio:import-file", file.public_id)
    files = ImportFile.objects.filter(owner=user).defer("data")[:_LISTED]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {**_PART, "form": form, "files": files}
    return render(request, "studio/import.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def import_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The dry run. POST `go`: read (again, with other options), apply, discard, undo."""
    user = signed_in_user(request)
    file = get_object_or_404(ImportFile.objects.filter(owner=user), public_id=public_id)
    go = request.POST.get("go", "") if request.method == "POST" else ""
    if go == "discard":
        discard_file(file=file)
        return redirect("studio:import")
    if file.applied_at is not None:
        return _undo(request, file) if go == "undo" else _done(request, file)
    form = OptionsForm(request.POST if go else {**DEFAULTS, "format": file.format, **file.options})
    quiz_form = QuizForm(request.POST if go else {"quiz_title": file.name.rpartition(".")[0][:120]})
    if not form.is_valid():
        return _unread(request, file, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        reading = _read(file, form)
    except UnreadableError as error:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if go else HTTPStatus.OK
        return _unread(request, file, form, problems_of(error), status)
    plan = plan_import(reading, user)
    choice = decided(request, file, form, plan)
    if go == "apply" and _reads_otherwise(request, form):
        go = "read"  # nobody has seen what this makes of the file
    if go == "apply" and quiz_form.is_valid() and not choice.problem:
        return _apply(request, file, form, quiz_form, reading, plan, choice)
    if go == "read" and not choice.problem:
        remember(file, form, choice)
        return redirect("studio:import-file", file.public_id)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if go else HTTPStatus.OK
    return _dry_run(request, file, form, quiz_form, reading, plan, choice, status=status)


def _entry(number: str) -> int:
    return int(number) if number.isdecimal() and len(number) < 6 else 0


def _reads_otherwise(request: HttpRequest, form: OptionsForm) -> bool:
    said = form.cleaned_data
    return any(request.POST.get(f"seen_{name}", said[name]) != said[name] for name in _READING)


def _read(file: ImportFile, form: OptionsForm) -> FileReading:
    said = form.cleaned_data
    return read_file(
        bytes(file.data), Format(said["format"]), form.options(), encoding=said["encoding"]
    )


def _apply(
    request: HttpRequest,
    file: ImportFile,
    form: OptionsForm,
    quiz_form: QuizForm,
    reading: FileReading,
    plan: list[Planned],
    choice: Decided,
) -> HttpResponse:
    taken = [each for each in plan if each.number in choice.taken]
    try:
        apply_file(
            file=file,
            plan=taken,
            quizzes=reading.quizzes,
            title=quiz_form.title(),
            now=timezone.now(),
        )
    except (RefusedError, ChangeError) as refusal:
        return _dry_run(
            request,
            file,
            form,
            quiz_form,
            reading,
            plan,
            choice,
            problem=str(refusal),
            status=HTTPStatus.CONFLICT,
        )
    return redirect("studio:import-file", file.public_id)


def _dry_run(
    request: HttpRequest,
    file: ImportFile,
    form: OptionsForm,
    quiz_form: QuizForm,
    reading: FileReading,
    plan: list[Planned],
    choice: Decided,
    *,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    shown = request.GET.get("show", "")
    context = {
        **_PART,
        "current": "true",
        "file": file,
        "form": form,
        "quiz_form": quiz_form,
        "read_as": READ_AS.get(reading.encoding, ""),
        "problems": reading.problems,
        "summary": summary_of(plan),
        "rows": rows(plan, choice.taken, shown=_entry(shown)),
        "taken": len(choice.taken),
        "quizzes": len(reading.quizzes),
        "by_numbers": choice.by_numbers,
        "left_out": left_out_text(request, plan, choice),
        "left_out_problem": choice.problem,
        "problem": problem,
    }
    return render(request, "studio/import_file.html", context, status=status)


def _unread(
    request: HttpRequest,
    file: ImportFile,
    form: OptionsForm,
    problems: tuple[FileProblem, ...] = (),
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The file makes no sense so far; perhaps in another format or encoding."""
    context = {**_PART, "current": "true", "file": file, "form": form, "problems": problems}
    return render(request, "studio/import_unread.html", context, status=status)


def _done(
    request: HttpRequest, file: ImportFile, problem: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    result: dict[str, Any] = file.result or {}
    published, drafts = result.get("published", []), result.get("drafts", [])
    visible = Question.objects.visible_to(signed_in_user(request)).select_related("current")
    found = visible.filter(uuid__in=[*published, *drafts]).prefetch_related("drafts")
    own_quizzes = Quiz.objects.visible_to(signed_in_user(request))
    context = {
        **_PART,
        "current": "true",
        "file": file,
        "result": result,
        "published": made_rows(found, published),
        "drafts": made_rows(found, drafts),
        "quizzes": own_quizzes.filter(uuid__in=result.get("quizzes", [])),
        "is_undone": "undone" in result,
        "problem": problem,
    }
    return render(request, "studio/import_done.html", context, status=status)


def _undo(request: HttpRequest, file: ImportFile) -> HttpResponse:
    try:
        undo_import(file=file)
    except RefusedError as refusal:
        return _done(request, file, str(refusal), HTTPStatus.CONFLICT)
    return redirect("studio:import-file", file.public_id)
