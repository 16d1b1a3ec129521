"""From a draft to a version that learners meet."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from apps.accounts.models import User
from apps.kernel.documents import Findings, Problem
from apps.quizzes.domain.reading import read_question
from apps.quizzes.domain.spec import QuestionSpec
from apps.quizzes.models import Question, QuestionVersion
from apps.quizzes.services.publishing import placed_by, publish_version
from apps.studio.domain.plain_words import in_plain_words
from apps.studio.domain.tells import advise_on_tells
from apps.studio.models import Draft
from apps.studio.services.checking import check_engine, check_pictures
from apps.studio.services.placing import check_place
from apps.studio.services.refusals import RefusedError, StaleError
from apps.studio.services.trying import check_generator
from apps.studio.services.writing import set_tags

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """A document read: `spec` is None exactly when there are problems. Paths as in documents."""

    spec: QuestionSpec | None
    engine: str  # the engine that computed the key, and its version; "" where it was typed
    problems: tuple[Problem, ...]
    advice: tuple[Problem, ...]


class InvalidError(RefusedError):
    """The wording cannot be published as it is; `problems` say why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("아직 발행할 수 없습니다. 표시된 곳을 고쳐 주세요.")
        self.problems = problems


def check_document(document: object) -> Checked:
    """Whether it is a question that can be asked; everything that is wrong or could be better."""
    findings = Findings()
    spec = read_question(document, findings, strict=False)
    engine = ""
    if spec is not None:
        engine = check_engine(spec, findings)
        check_generator(spec, findings)
        check_place(spec, findings)
        check_pictures(document, findings)
        advise_on_tells(spec, findings)
    return Checked(
        spec=None if findings else spec,
        engine=engine,
        problems=tuple(in_plain_words(each) for each in findings.problems()),
        advice=tuple(in_plain_words(each) for each in findings.advice()),
    )


def publish(
    *,
    draft: Draft,
    by: User,
    now: dt.datetime,
    note: str = "",
    seen: QuestionVersion | None = None,
) -> Question:
    """Make the draft the live wording; the draft is gone afterwards.

    Raises InvalidError, or StaleError where the draft is not any more what the caller holds, and
    where somebody published since it began – unless that is the version that `by` has `seen`.
    Attempts that run keep the version they were dealt.
    """
    # Before the transaction: reading a lesson's text must not keep others from writing.
    checked = check_document(draft.document)
    if checked.spec is None:
        raise InvalidError(checked.problems)
    with transaction.atomic():
        question = Question.objects.select_for_update(of=("self",)).get(pk=draft.question_id)
        _refuse_stale(draft, question, seen)
        publish_spec(question=question, checked=checked, by=by, now=now, note=note)
        question.title, question.pool = draft.title, draft.pool
        question.save(update_fields=["title", "pool"])
        set_tags(question, draft.tags)
        draft.delete()
    return question


def _refuse_stale(draft: Draft, question: Question, seen: QuestionVersion | None) -> None:
    stored = Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if stored is None:
        raise StaleError("이 초안은 이미 발행했거나 버렸습니다.")
    if stored.revision != draft.revision:
        raise StaleError("다른 창에서 초안을 고쳤습니다. 고친 내용을 확인하고 다시 발행해 주세요.")
    known = {stored.base_id} if seen is None else {stored.base_id, seen.pk}
    if question.current_id not in known:
        raise StaleError("그사이 다른 강사가 이 문제를 발행했습니다. 무엇이 달라졌는지 확인하세요.")


def publish_spec(
    *, question: Question, checked: Checked, by: User, now: dt.datetime, note: str
) -> None:
    """The wording into a version, and onto the question what is copied from it.

    Within the caller's transaction, who holds the question.
    """
    if checked.spec is None:
        raise InvalidError(checked.problems)
    publish_version(
        question=question,
        spec=checked.spec,
        engine=checked.engine,
        now=now,
        author=by,
        note=note[:LONGEST_NOTE],
    )
    placed = placed_by(checked.spec)
    for name, value in placed.items():
        setattr(question, name, value)
    question.save(update_fields=list(placed))
