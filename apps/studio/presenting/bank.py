"""Questions as rows of a list: what they ask, whose they are, in what state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse

from apps.accounts.models import User
from apps.quizzes.domain.kinds import DOCUMENT_KINDS
from apps.quizzes.domain.spec import Level
from apps.quizzes.generators import GENERATORS
from apps.quizzes.models import Authorship, Pool, Question
from apps.quizzes.models.bank import QuestionQuerySet
from apps.quizzes.presenting.html import plain
from apps.quizzes.presenting.lesson_titles import lesson_titles
from apps.studio.models import Draft
from apps.studio.services.writing import OTHER_TOPIC
from apps.studio.topics import OTHER_LABEL
from apps.widgetkit.registry import all_widgets, get_widget

EXCERPT = 90
_LONGEST_READ = 600
_LEVELS = {level.value: level.label for level in Level}


@dataclass(frozen=True, slots=True)
class Badge:
    """A short word about a row; `look` is a class of studio.css."""

    text: str
    look: str


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a list."""

    question: Question
    name: str  # its name, or how it begins
    excerpt: str  # how it begins, where it has a name; else ""
    kind: str
    level: str
    topic: str
    badges: list[Badge]
    tags: list[str]
    quizzes: int
    may_edit: bool
    address: str


def with_row_parts(found: QuestionQuerySet, user: User) -> QuestionQuerySet:
    """What `rows` needs of each question, in a constant number of queries."""
    own = Draft.objects.filter(editor=user)
    return found.select_related("current", "owner").prefetch_related(
        "tags", Prefetch("drafts", queryset=own, to_attr="own_drafts")
    )


def rows(questions: Sequence[Question], user: User) -> list[Row]:
    """Two queries beside those of the questions, which come from `find_questions`."""
    keys = [question.pk for question in questions]
    editable = set(
        Question.objects.editable_by(user).filter(pk__in=keys).values_list("pk", flat=True)
    )
    titles = lesson_titles({question.topic for question in questions}) if questions else {}
    return [_row(each, user, each.pk in editable, titles) for each in questions]


def _row(question: Question, user: User, may_edit: bool, titles: dict[str, str]) -> Row:
    draft: Draft | None = next(iter(getattr(question, "own_drafts", [])), None)
    stem = excerpt_of(question, draft)
    title = question.title or (draft.title if draft and question.current is None else "")
    topic = OTHER_LABEL if question.topic == OTHER_TOPIC else titles.get(question.topic)
    return Row(
        question=question,
        name=title or stem or "아직 내용이 없는 문제",
        excerpt=stem if title else "",
        kind=kind_label(question, draft),
        level=_LEVELS.get(question.level, ""),
        topic=topic or question.topic,
        badges=[whose_badge(question, user), *state_badges(question, draft)],
        tags=[tag.name for tag in question.tags.all()],
        quizzes=getattr(question, "quizzes", 0),
        may_edit=may_edit,
        address=address_of(question),
    )


def address_of(question: Question) -> str:
    return reverse("studio:question", args=[question.uuid])


def kind_label(question: Question, draft: Draft | None = None) -> str:
    if question.current is not None:
        return _kind_said(question.current.kind)
    return _kind_said(draft.document.get("kind")) if draft else ""


def excerpt_of(question: Question, draft: Draft | None = None) -> str:
    """How the stem begins, without Markdown; "" where there is none yet.

    A template may leave its words to the engine: then what the engine asks about.
    """
    if question.current is not None:
        shown = question.current.document["shown"]
        return _begins(shown["stem"]) or _source(shown["body"])
    if draft is None:
        return ""
    return _begins(draft.document.get("stem")) or _source(draft.document)


def _source(body: Mapping[str, object]) -> str:
    """The widget or the generator that a template asks, by its title; "" for other kinds."""
    if "generator" in body:
        return _generator_titles().get(str(body["generator"]), "")
    widget = get_widget(str(body.get("widget", "")))
    return f"{widget.title} 실습에서 묻는 문제" if widget else ""


def _generator_titles() -> dict[str, str]:
    of_widgets = [generator for widget in all_widgets() for generator in widget.generators]
    return {each.id: each.title for each in (*GENERATORS.values(), *of_widgets)}


def _kind_said(name: object) -> str:
    kind = DOCUMENT_KINDS.get(str(name))
    return kind.label if kind else ""


def _begins(stem: object) -> str:
    text = plain(stem[:_LONGEST_READ]) if isinstance(stem, str) else ""
    return text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1].rstrip()}…"


def whose_badge(question: Question, user: User) -> Badge:
    if question.authorship == Authorship.FILE:
        return Badge("기본 제공", "shipped")
    if question.owner_id == user.pk:
        return Badge("내 문제", "own")
    if question.owner is None:
        return Badge("주인 없는 문제", "shared")
    return Badge(f"{question.owner.get_full_name()} 님의 문제", "shared")


def state_badges(question: Question, draft: Draft | None) -> list[Badge]:
    badges = []
    if question.retired_at is not None:
        badges.append(Badge("보관함", "archived"))
    if question.current is None:
        badges.append(Badge("초안", "draft"))
    elif draft is not None:
        badges.append(Badge("고치는 중", "draft"))
    if question.pool == Pool.EXAM:
        badges.append(Badge("시험용", "exam"))
    return badges


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An unfinished wording of one's own."""

    draft: Draft
    name: str
    kind: str
    is_new: bool  # never published


def draft_rows(drafts: Sequence[Draft]) -> list[DraftRow]:
    return [
        DraftRow(
            draft,
            draft.title or _begins(draft.document.get("stem")) or "아직 내용이 없는 문제",
            _kind_said(draft.document.get("kind")),
            draft.question.current is None,
        )
        for draft in drafts
    ]
