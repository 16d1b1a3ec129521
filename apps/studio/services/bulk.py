"""One change for many questions at once: planned first, done afterwards, question by question."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.quizzes.domain.reading import dump_question
from apps.quizzes.domain.spec import Level
from apps.quizzes.models import Authorship, Draw, Pool, Question, Quiz
from apps.studio.domain.quiz_changes import ChangeError
from apps.studio.models import Draft
from apps.studio.services.archiving import (
    NOT_OWNER,
    archive_question,
    may_archive,
    restore_question,
)
from apps.studio.services.publishing import check_document, publish_spec
from apps.studio.services.quizzes import add_questions, refusal_of
from apps.studio.services.refusals import RefusedError
from apps.studio.services.writing import MOST_TAGS, clean_tags, set_tags
from apps.studio.topics import topic_choices

MOST = 200
"""Of one action."""
SHIPPED = "기본 제공 문제는 바꿀 수 없습니다. 복제한 뒤에 바꿀 수 있습니다."
SHARED = "다른 강사의 문제이고 편집까지 허락받지 않았습니다."


class Action(StrEnum):
    TAG_ADD = "tag-add"
    TAG_REMOVE = "tag-remove"
    TOPIC = "topic"
    LEVEL = "level"
    DIFFICULTY = "difficulty"
    POOL = "pool"
    ARCHIVE = "archive"
    RESTORE = "restore"
    QUIZ = "quiz"


# Parts of the wording's document: to change them is to publish.
IN_DOCUMENT = frozenset({Action.TOPIC, Action.LEVEL, Action.DIFFICULTY})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action means for one question: a change, a reason against it, or neither."""

    question: Question
    change: str = ""  # such as 이해 → 적용
    refusal: str = ""
    note: str = ""  # what comes along with the change

    @property
    def goes(self) -> bool:
        return bool(self.change)


@dataclass(frozen=True, slots=True)
class Bulk:
    """An action with its value: a tag, a topic, a level, a difficulty, a pool, or a quiz."""

    action: Action
    user: User
    value: str = ""
    quiz: Quiz | None = None
    editable: set[int] = field(default_factory=set)
    asked: set[int] = field(default_factory=set)  # by the quiz already
    copyable: set[int] = field(default_factory=set)
    topics: dict[str, str] = field(default_factory=dict)  # labels by slug


def prepare(
    action: Action,
    user: User,
    questions: Sequence[Question],
    value: str = "",
    quiz: Quiz | None = None,
) -> Bulk:
    """Whose questions these are, asked once. At most four queries."""
    keys = [question.pk for question in questions]
    own = Question.objects.filter(pk__in=keys)
    bulk = Bulk(action, user, value, quiz)
    bulk.editable.update(own.editable_by(user).values_list("pk", flat=True))
    if action == Action.TOPIC:
        bulk.topics.update(topic_choices())
    if quiz is not None:
        bulk.copyable.update(own.copyable_by(user).values_list("pk", flat=True))
        draws = Draw.objects.filter(section__quiz=quiz, question__in=keys)
        bulk.asked.update(key for key in draws.values_list("question", flat=True) if key)
    return bulk


def plan(bulk: Bulk, questions: Sequence[Question]) -> list[Outcome]:
    """What would happen to each; nothing is written. Questions have tags, current, own_drafts."""
    return [_look(bulk, question) for question in questions]


def apply(bulk: Bulk, questions: Sequence[Question], *, now: dt.datetime) -> list[Outcome]:
    """Do what `plan` says now; a question that refuses meanwhile stays as it was, and says why."""
    planned = plan(bulk, questions)
    if bulk.action == Action.QUIZ:
        return _into_quiz(bulk, planned, now)
    done = []
    for outcome in planned:
        if outcome.goes:
            try:
                _do(bulk, outcome.question, now)
            except RefusedError as refusal:
                outcome = Outcome(outcome.question, refusal=str(refusal))
        done.append(outcome)
    return done


def _look(bulk: Bulk, question: Question) -> Outcome:
    match bulk.action:
        case Action.QUIZ:
            return _look_for_quiz(bulk, question)
        case Action.ARCHIVE | Action.RESTORE:
            return _look_away(bulk, question)
    if question.pk not in bulk.editable:
        shipped = question.authorship == Authorship.FILE
        return Outcome(question, refusal=SHIPPED if shipped else SHARED)
    return _LOOKS[bulk.action](bulk, question)


def _look_for_quiz(bulk: Bulk, question: Question) -> Outcome:
    if question.pk in bulk.asked:
        return Outcome(question)
    if question.pk not in bulk.copyable:
        return Outcome(question, refusal="보기만 허락받은 문제라 내 퀴즈에 넣을 수 없습니다.")
    if reason := refusal_of(question):
        return Outcome(question, refusal=reason)
    return Outcome(question, change="퀴즈 끝에 넣습니다")


def _look_away(bulk: Bulk, question: Question) -> Outcome:
    if not may_archive(question, bulk.user):
        shipped = question.authorship == Authorship.FILE
        return Outcome(
            question, refusal="기본 제공 문제는 보관할 수 없습니다." if shipped else NOT_OWNER
        )
    is_archived = question.retired_at is not None
    if is_archived == (bulk.action == Action.ARCHIVE):
        return Outcome(question)
    if is_archived:
        return Outcome(question, change="보관함 → 문제은행")
    used = getattr(question, "quizzes", 0)
    note = f"이 문제를 쓰는 퀴즈 {used}개는 계속 이 문제를 냅니다." if used else ""
    return Outcome(question, change="문제은행 → 보관함", note=note)


def _look_tag_add(bulk: Bulk, question: Question) -> Outcome:
    tags = [tag.name for tag in question.tags.all()]
    if bulk.value in tags:
        return Outcome(question)
    if len(tags) >= MOST_TAGS:
        return Outcome(
            question, refusal=f"꼬리표가 이미 {MOST_TAGS}개입니다. 하나를 빼고 더해 주세요."
        )
    return Outcome(question, change=f"꼬리표 ‘{bulk.value}’ 더하기")


def _look_tag_remove(bulk: Bulk, question: Question) -> Outcome:
    if bulk.value not in [tag.name for tag in question.tags.all()]:
        return Outcome(question)
    return Outcome(question, change=f"꼬리표 ‘{bulk.value}’ 빼기")


def _look_pool(bulk: Bulk, question: Question) -> Outcome:
    if question.pool == bulk.value:
        return Outcome(question)
    used = getattr(question, "quizzes", 0)
    note = f"이 문제를 쓰는 퀴즈가 {used}개 있습니다." if used else ""
    was, will = Pool(question.pool).label, Pool(bulk.value).label
    return Outcome(question, change=f"{was} → {will}", note=note)


def _look_document(bulk: Bulk, question: Question) -> Outcome:
    """Topic, level, difficulty: of the live wording, else of the draft that is all there is."""
    if question.current is None:
        draft = _own_draft(question)
        if draft is None:
            return Outcome(question, refusal="다른 강사가 쓰는 초안입니다.")
        before = draft.document.get(bulk.action.value)
        note = ""
    else:
        before = _about(question)[bulk.action.value]
        note = "새 버전으로 발행합니다. 지금 풀고 있는 응시는 전의 버전 그대로입니다."
    if before == document_value(bulk):
        return Outcome(question)
    return Outcome(question, change=f"{_said(bulk, before)} → {said(bulk)}", note=note)


_LOOKS: dict[Action, Callable[[Bulk, Question], Outcome]] = {
    Action.TAG_ADD: _look_tag_add,
    Action.TAG_REMOVE: _look_tag_remove,
    Action.POOL: _look_pool,
    Action.TOPIC: _look_document,
    Action.LEVEL: _look_document,
    Action.DIFFICULTY: _look_document,
}


def document_value(bulk: Bulk) -> Any:
    """As documents have it: 이해 for a level, a number for a difficulty."""
    if bulk.action == Action.LEVEL:
        return Level(bulk.value).label
    return int(bulk.value) if bulk.action == Action.DIFFICULTY else bulk.value


def said(bulk: Bulk) -> str:
    return _said(bulk, document_value(bulk))


def _said(bulk: Bulk, value: Any) -> str:
    if value is None or value == "":
        return "(없음)"
    return bulk.topics.get(str(value), str(value))


def _about(question: Question) -> dict[str, Any]:
    if question.current is None:
        return {}
    return dump_question(question.current.spec)


def _own_draft(question: Question) -> Draft | None:
    return next(iter(getattr(question, "own_drafts", [])), None)


@transaction.atomic
def _do(bulk: Bulk, question: Question, now: dt.datetime) -> None:
    match bulk.action:
        case Action.ARCHIVE:
            archive_question(question=question, by=bulk.user, now=now)
        case Action.RESTORE:
            restore_question(question=question, by=bulk.user)
        case Action.TAG_ADD | Action.TAG_REMOVE:
            _retag(bulk, question, now)
        case Action.POOL:
            Question.objects.filter(pk=question.pk).update(pool=bulk.value)
            _change_draft(bulk, question, now, pool=bulk.value)
        case _:
            _rewrite(bulk, question, now)


def _retag(bulk: Bulk, question: Question, now: dt.datetime) -> None:
    tags = list(question.tags.values_list("name", flat=True))
    set_tags(question, _tagged(bulk, tags))
    draft = _draft(bulk, question)
    if draft is not None:
        _change_draft(bulk, question, now, tags=_tagged(bulk, draft.tags))


def _tagged(bulk: Bulk, tags: list[str]) -> list[str]:
    if bulk.action == Action.TAG_ADD:
        return clean_tags([*tags, bulk.value])
    return [tag for tag in tags if tag != bulk.value]


def _rewrite(bulk: Bulk, question: Question, now: dt.datetime) -> None:
    """A new version that differs in this one thing; the own draft says it too, and knows of it."""
    name, value = bulk.action.value, document_value(bulk)
    locked = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    draft = _draft(bulk, question)
    if locked.current is not None:
        before = locked.current
        checked = check_document({**dump_question(before.spec), name: value})
        if checked.spec is None:
            raise RefusedError(
                "지금의 문제에 고칠 곳이 있어 발행할 수 없습니다. 편집 화면에서 고쳐 주세요."
            )
        note = f"한꺼번에 바꿈: {said(bulk)}"
        publish_spec(question=locked, checked=checked, by=bulk.user, now=now, note=note)
        if draft is not None and draft.base_id == before.pk:
            draft.base = locked.current
    if draft is not None:
        document = {**draft.document, name: value}
        _change_draft(bulk, question, now, document=document, base=draft.base)


def _draft(bulk: Bulk, question: Question) -> Draft | None:
    drafts = Draft.objects.select_for_update(of=("self",)).select_related("base")
    return drafts.filter(question=question, editor=bulk.user).first()


def _change_draft(bulk: Bulk, question: Question, now: dt.datetime, **values: Any) -> None:
    """A tab that still has the older draft open is told when it saves."""
    draft = _draft(bulk, question)
    if draft is None:
        return
    for name, value in values.items():
        setattr(draft, name, value)
    draft.revision += 1
    draft.updated_at = now
    draft.save()


def _into_quiz(bulk: Bulk, planned: list[Outcome], now: dt.datetime) -> list[Outcome]:
    """All or none: a quiz that takes half of them would be a surprise."""
    wanted = [outcome.question for outcome in planned if outcome.goes]
    if not wanted or bulk.quiz is None:
        return planned
    last = max(bulk.quiz.sections.count() - 1, 0)
    try:
        add_questions(quiz=bulk.quiz, questions=wanted, by=bulk.user, now=now, section=last)
    except (RefusedError, ChangeError) as refusal:
        return [
            Outcome(each.question, refusal=str(refusal)) if each.goes else each for each in planned
        ]
    return planned
