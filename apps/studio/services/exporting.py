"""Which questions leave as a file, and the file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.accounts.models import User
from apps.quizzes.models import Question, Quiz
from apps.studio.exchange.items import Json
from apps.studio.exchange.leaving import Outgoing
from apps.studio.exchange.toml_quizzes import dump_quiz_table
from apps.studio.exchange.write import ExportFormat, Loss, write_file
from apps.studio.services.quiz_documents import document_of
from apps.studio.services.refusals import RefusedError

MOST_EXPORTED = 5_000


@dataclass(frozen=True, slots=True)
class Exported:
    """`text` is the file. `losses`: what it does not hold, per question; `notes`: of the whole."""

    text: str
    count: int
    losses: tuple[Loss, ...]
    notes: tuple[str, ...] = ()


def export_questions(questions: Iterable[Question], export_format: ExportFormat) -> Exported:
    """The live wordings, in this order. Raises RefusedError where there is nothing to write."""
    return _written(list(questions), export_format, (), ())


def export_quiz(quiz: Quiz, export_format: ExportFormat, *, user: User | None) -> Exported:
    """The questions that the quiz fixes, in its order; in TOML with the quiz itself.

    `user` (None: whoever runs the server): questions that this instructor may not copy are left out
    and told of. Random draws are no questions, and only TOML has them.
    """
    document = document_of(quiz)
    draws = [draw for section in document["sections"] for draw in section["draws"]]
    wanted = [draw["question"] for draw in draws if "question" in draw]
    rows = Question.objects.copyable_by(user) if user else Question.objects.all()
    found = {
        str(question.uuid): question
        for question in rows.filter(uuid__in=wanted).select_related("current")
    }
    questions = [found[uuid] for uuid in wanted if uuid in found]
    notes = []
    if left_out := sum(uuid not in found for uuid in wanted):
        notes.append(f"복제를 허락받지 않은 문제 {left_out}개는 뺐습니다.")
        for section in document["sections"]:
            section["draws"] = [
                draw for draw in section["draws"] if draw.get("question", "") in {"", *found}
            ]
    if export_format is not ExportFormat.TOML and len(wanted) < len(draws):
        notes.append("무작위로 뽑는 출제 항목은 담기지 않습니다.")
    names = {uuid: question.slug for uuid, question in found.items()}
    table = dump_quiz_table(document, uuid=str(quiz.uuid), slug=quiz.slug, names=names)
    tables = (table,) if export_format is ExportFormat.TOML else ()
    return _written(questions, export_format, tables, notes)


def _written(
    questions: Sequence[Question],
    export_format: ExportFormat,
    quizzes: Sequence[Json],
    notes: Sequence[str],
) -> Exported:
    live = [question for question in questions if question.current is not None]
    told = list(notes)
    if len(live) < len(questions):
        told.append(f"아직 발행하지 않은 문제 {len(questions) - len(live)}개는 뺐습니다.")
    if len(live) > MOST_EXPORTED:
        raise RefusedError(f"한 번에 {MOST_EXPORTED:,}개까지 내보낼 수 있습니다. 골라 주세요.")
    if not live and not quizzes:
        raise RefusedError("내보낼 문제가 없습니다.")
    written = write_file(export_format, [_outgoing(each) for each in live], quizzes)
    return Exported(written.text, len(live), written.losses, tuple(told))


def _outgoing(question: Question) -> Outgoing:
    assert question.current is not None  # noqa: S101 – only live ones come here
    return Outgoing(
        question.current.spec,
        str(question.uuid),
        question.slug,
        question.title,
        tuple(tag.name for tag in question.tags.all()),
        question.pool,
    )
