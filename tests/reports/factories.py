"""A small lesson, reports about it, and questions that were told."""

import datetime as dt
import uuid
from typing import Any

from apps.accounts.models import Learner
from apps.classrooms.models import Classroom
from apps.lessons.models import Lesson, Unit
from apps.quizzes.models import AttemptItem, QuizRun
from apps.quizzes.services.taking import submit_attempt
from apps.reports.models import Report
from apps.reports.places import LessonText
from apps.reports.services import report_item, report_lesson
from tests.quizzes.factories import items_of, right, save, start

NOW = dt.datetime(2026, 3, 6, 9, 0, tzinfo=dt.UTC)
SENTENCE = "보안 그룹은 응답을 기억합니다."
HTML = (
    "<p>처음에 오는 글입니다.</p>"
    '<h2 id="groups">보안 그룹</h2>'
    '<p>첫 문장입니다. <strong>보안 그룹</strong>은 응답을 기억<a class="erratum-ref" '
    'data-overlay="" href="#note-x">1</a>합니다. 그래서 규칙이 하나면 됩니다.</p>'
    '<aside data-overlay=""><p>정정: 이 글은 노트가 아닙니다.</p></aside>'
    '<h3 id="rules">규칙</h3>'
    "<ul><li>인바운드 규칙</li><li>아웃바운드 규칙</li></ul>"
    "<p>똑같은 문장.</p><p>똑같은 문장.</p>"
    "<table><tbody><tr><td>레벨</td><td>인스턴스 단위</td></tr></tbody></table>"
)


def make_lesson(html: str = HTML, **changed: Any) -> Lesson:
    slug = changed.pop("slug", "groups-lesson")
    unit, _ = Unit.objects.get_or_create(
        slug="unit", defaults={"title": "단원", "summary": "요약", "position": 1}
    )
    values = {
        "uuid": uuid.uuid4(),
        "unit": unit,
        "position": 1,
        "title": "보안 그룹 이야기",
        "short_title": "보안 그룹",
        "summary": "요약",
        "minutes": 5,
        "blocks": [{"kind": "html", "html": html, "name": "", "params": {}}],
        "toc": [{"id": "groups", "title": "보안 그룹", "level": 2}],
        "digest": "0" * 64,
    }
    return Lesson.objects.create(slug=slug, **{**values, **changed})


def make_report(
    learner: Learner,
    classroom: Classroom | None = None,
    *,
    lesson: Lesson | None = None,
    quote: str = SENTENCE,
    section: str = "groups",
    text: str = "응답을 기억한다는 말이 헷갈립니다.",
    now: dt.datetime = NOW,
) -> Report:
    """About a sentence of the lesson, or of a new one."""
    about = lesson or Lesson.objects.first() or make_lesson()
    return report_lesson(
        learner=learner,
        classroom=classroom,
        lesson=about,
        section=section,
        quote=quote,
        place=LessonText(about).locate(quote, section) if quote else None,
        text=text,
        now=now,
    )


def told_item(run: QuizRun, learner: Learner, *, now: dt.datetime = NOW) -> AttemptItem:
    """The first item of an attempt that was answered rightly and submitted."""
    attempt = start(run, learner, now=now)
    for item in items_of(attempt):
        save(item, right(item), now=now)
    submit_attempt(attempt=attempt, now=now)
    attempt.refresh_from_db()
    return items_of(attempt)[0]


def report_question(
    item: AttemptItem,
    learner: Learner,
    classroom: Classroom | None = None,
    *,
    text: str = "정답이 둘인 것 같습니다.",
    now: dt.datetime = NOW,
) -> Report:
    return report_item(learner=learner, classroom=classroom, item=item, text=text, now=now)
