"""The editor of a quiz: its sections and draws as a page shows them, with the totals."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from apps.accounts.models import User
from apps.quizzes.domain.kinds import DOCUMENT_KINDS
from apps.quizzes.models import Authorship, Draw, Pool, Question, Quiz, Section
from apps.quizzes.presenting.lesson_titles import lesson_titles
from apps.studio.domain.quiz_changes import draw_id, section_id
from apps.studio.domain.quiz_totals import mean_minutes, minutes_of, whole_minutes
from apps.studio.presenting.bank import excerpt_of
from apps.studio.queries.quizzes import drawable
from apps.studio.services.writing import OTHER_TOPIC
from apps.studio.topics import OTHER_LABEL


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a random draw finds today, and of which kinds."""

    pks: frozenset[int]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One draw. `place` as `read_place` takes it."""

    place: str
    id: str
    draw: Draw
    first: int
    last: int
    name: str
    kind: str  # the label; "" of a random draw
    pool: str
    source: str  # of a random draw
    available: int | None  # of a random draw
    may_open: bool  # the question has a page that this instructor may see
    is_first: bool  # of the whole quiz: no way up
    is_last: bool

    @property
    def question(self) -> Question | None:
        return self.draw.question

    @property
    def number(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}~{self.last}"

    @property
    def says(self) -> str:
        """How it is called in labels: `3번 문제`."""
        return f"{self.number}번 {'문제' if self.draw.question_id else '무작위 출제'}"

    @property
    def lacks(self) -> bool:
        return self.available is not None and self.available < self.draw.count


@dataclass(frozen=True, slots=True)
class SectionView:
    number: int
    id: str
    section: Section
    rows: list[Row]
    items: int
    points: Decimal

    @property
    def says(self) -> str:
        return f"‘{self.section.title}’" if self.section.title else f"{self.number}번째"


@dataclass(frozen=True, slots=True)
class QuizView:
    quiz: Quiz
    sections: list[SectionView]
    items: int
    points: Decimal
    minutes: int  # estimated
    candidates: dict[int, Candidates]  # of random draws, by primary key

    @property
    def rows(self) -> list[Row]:
        return [row for section in self.sections for row in section.rows]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rows need beside their draws, read at once."""

    candidates: dict[int, Candidates]
    seen: Collection[int]  # questions that this instructor may open
    labels: Mapping[str, str]  # of topics
    is_own: bool


def quiz_view(quiz: Quiz, user: User, *, today: dt.date) -> QuizView:
    """Five queries at most, and one for each random draw."""
    sections = list(quiz.sections.prefetch_related("draws__question__current"))
    draws = [draw for section in sections for draw in section.draws.all()]
    questions = {draw.question_id for draw in draws if draw.question_id is not None}
    candidates = {
        draw.pk: _candidates(draw, quiz, questions, today)
        for draw in draws
        if draw.question_id is None
    }
    seen = Question.objects.visible_to(user).filter(pk__in=questions)
    known = _Known(
        candidates,
        set(seen.values_list("pk", flat=True)),
        topic_labels(draws) if candidates else {},
        quiz.owner_id == user.pk,
    )
    views: list[SectionView] = []
    for at, section in enumerate(sections):
        first = 1 + sum(view.items for view in views)
        views.append(_section_view(section, at, first, known, is_end=at == len(sections) - 1))
    total = sum((_minutes(draw, candidates.get(draw.pk)) for draw in draws), Fraction(0))
    return QuizView(
        quiz,
        views,
        sum(each.items for each in views),
        sum((each.points for each in views), Decimal(0)),
        whole_minutes(total),
        candidates,
    )


def _section_view(
    section: Section, at: int, first: int, known: _Known, *, is_end: bool
) -> SectionView:
    draws, rows = list(section.draws.all()), []
    for index, draw in enumerate(draws):
        ends = (at == 0 and index == 0, is_end and index == len(draws) - 1)
        rows.append(_row(draw, (at, index), first, known, ends=ends))
        first += draw.count
    points = sum((draw.count * draw.points for draw in draws), Decimal(0))
    items = sum(draw.count for draw in draws)
    return SectionView(at + 1, section_id(at), section, rows, items, points)


def _candidates(draw: Draw, quiz: Quiz, fixed: Collection[int], today: dt.date) -> Candidates:
    draw.section.quiz = quiz
    found = drawable(draw, fixed=fixed, today=today).values_list("pk", "current__kind")
    rows = list(found)
    return Candidates(frozenset(pk for pk, _ in rows), tuple(kind for _, kind in rows if kind))


def _minutes(draw: Draw, candidates: Candidates | None) -> Fraction:
    if candidates is not None:
        return draw.count * mean_minutes(candidates.kinds)
    current = draw.question.current if draw.question else None
    return minutes_of(current.kind if current else "")


def _row(
    draw: Draw, place: tuple[int, int], first: int, known: _Known, *, ends: tuple[bool, bool]
) -> Row:
    question = draw.question
    current = question.current if question else None
    candidates = known.candidates.get(draw.pk)
    own = "내 문제" if known.is_own else "퀴즈 주인이 쓴 문제"
    return Row(
        place=f"{place[0] + 1}.{place[1] + 1}",
        id=draw_id(place),
        draw=draw,
        first=first,
        last=first + draw.count - 1,
        name=name_of(question) if question else draw_words(draw.topic, draw.tag, known.labels),
        kind=DOCUMENT_KINDS[current.kind].label if current else "",
        pool=Pool(question.pool if question else draw.pool).label,
        source="" if question else own if draw.source == Authorship.STUDIO else "기본 제공",
        available=None if candidates is None else len(candidates.pks),
        may_open=draw.question_id in known.seen,
        is_first=ends[0],
        is_last=ends[1],
    )


def name_of(question: Question) -> str:
    """What to call a question in a list: its title, else how its text begins, else its slug."""
    if question.title:
        return question.title
    if stem := excerpt_of(question):
        return stem
    return question.slug if question.authorship == Authorship.FILE else "이름 없는 문제"


def topic_labels(draws: Iterable[Draw]) -> dict[str, str]:
    """What the topics of random draws are called, at once."""
    titles = lesson_titles({draw.topic for draw in draws if draw.topic})
    return {**titles, OTHER_TOPIC: OTHER_LABEL}


def draw_words(topic: str, tag: str, labels: Mapping[str, str]) -> str:
    """`VPC 네트워크 · #기말`."""
    said = [labels.get(topic, topic), f"#{tag}" if tag else ""]
    return " · ".join(each for each in said if each)
