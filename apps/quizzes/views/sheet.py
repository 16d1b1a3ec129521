"""A quiz on paper, for instructors: the sheet to answer and the key to it. Nothing is stored."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.access import instructor_required, signed_in_user
from apps.quizzes.dealing import NothingToDealError
from apps.quizzes.models import Quiz
from apps.quizzes.presenting.sheet import SheetNumber, fresh_number, read_number, sheet_page


@never_cache
@require_safe
@instructor_required
def sheet(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The sheet of a number (`seed`), or its key; without a number a new one is dealt.

    A number that cannot be read is told on a page of its own (404), and may be typed again there.
    """
    quiz = get_object_or_404(Quiz.objects.current().visible_to(signed_in_user(request)), slug=slug)
    key, large = request.GET.get("key") == "1", request.GET.get("size") == "large"
    now, said = timezone.now(), request.GET.get("seed", "")
    asked = read_number(said)
    if asked is None and said.strip():
        return _unknown(request, quiz, said, "문제지 번호가 아닙니다.", status=404)
    try:
        if asked is None:
            return redirect(_address(quiz, fresh_number(quiz, now=now), key=key, large=large))
        context = sheet_page(quiz, asked, now=now)
    except NothingToDealError:
        reason = "이 퀴즈에 낼 문제가 모자라 문제지를 만들 수 없습니다."
        return _unknown(request, quiz, said, reason, status=409)
    number = context["number"]
    addresses = {
        "other_side": _address(quiz, number, key=not key, large=large),
        "other_size": _address(quiz, number, key=key, large=not large),
        "another": _address(quiz, None, key=False, large=large),
    }
    template = "quizzes/sheet_key.html" if key else "quizzes/sheet.html"
    return render(request, template, {**context, **addresses, "key": key, "large": large})


def _address(quiz: Quiz, number: SheetNumber | None, *, key: bool, large: bool) -> str:
    said = {"seed": str(number)} if number else {}
    said |= {"key": "1"} if key else {}
    said |= {"size": "large"} if large else {}
    address = reverse("quizzes:sheet", args=[quiz.slug])
    return f"{address}?{urlencode(said)}" if said else address


def _unknown(
    request: HttpRequest, quiz: Quiz, said: str, reason: str, *, status: int
) -> HttpResponse:
    context = {
        "section": "quizzes",
        "quiz": quiz,
        "said": said,
        "reason": reason,
        "number_help": status == 404,
    }
    return render(request, "quizzes/sheet_unknown.html", context, status=status)
