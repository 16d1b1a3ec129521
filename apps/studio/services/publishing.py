"""From a draft to a version that learners meet."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from apps.accounts.models import User
from apps.kernel.documents import Findings, Problem
from apps.quizzes.domain.reading import read_question
from apps.quizzes.domain.spec import QuestionSpec
from apps.quizzes.freezing import NotComputableError, freeze
from apps.quizzes.models import Question
from apps.quizzes.services.publishing import placed_by, publish_version
from apps.studio.models import Draft
from apps.studio.services.refusals import RefusedError, StaleError
from apps.studio.services.writing import set_tags


@dataclass(frozen=True, slots=True)
class Checked:
    """A document read: `spec` is None exactly when there are problems. Paths as in documents."""

    spec: QuestionSpec | None
    engine: str  # the engine that computed the key, and its version; "" where it was typed
    problems: tuple[Problem, ...]
    advice: tuple[Problem, ...]


class InvalidError(RefusedError):
    """The draft cannot be published yet; `problems` say why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("아직 발행할 수 없습니다. 표시된 곳을 고쳐 주세요.")
        self.problems = problems


def check_document(document: object) -> Checked:
    """Whether it is a question that can be asked; everything that is wrong or could be better."""
    findings = Findings()
    spec = read_question(document, findings, strict=False)
    engine = ""
    if spec is not None:
        try:
            frozen = freeze(spec, seed=0)
            engine = frozen.engine if frozen else ""
        except NotComputableError as error:
            findings.add("kind", str(error))
    return Checked(None if findings else spec, engine, findings.problems(), findings.advice())


@transaction.atomic
def publish(*, draft: Draft, by: User, now: dt.datetime, note: str = "") -> Question:
    """Make the draft the live wording; the draft is gone afterwards.

    Raises InvalidError, or StaleError where somebody published since the draft began. Attempts that
    run keep the version they were dealt.
    """
    checked = check_document(draft.document)
    if checked.spec is None:
        raise InvalidError(checked.problems)
    question = Question.objects.select_for_update(of=("self",)).get(pk=draft.question_id)
    if question.current_id != draft.base_id:
        raise StaleError("그사이 다른 강사가 이 문제를 발행했습니다. 무엇이 달라졌는지 확인하세요.")
    publish_version(
        question=question, spec=checked.spec, engine=checked.engine, now=now, author=by, note=note
    )
    question.title, question.pool = draft.title, draft.pool
    for name, value in placed_by(checked.spec).items():
        setattr(question, name, value)
    question.save()
    set_tags(question, draft.tags)
    draft.delete()
    return question
