"""What the files say, checked: questions and quizzes, before anything is stored."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

from apps.content.digests import digest_of
from apps.content.problems import FileProblems
from apps.quizzes.domain.spec import QuestionSpec
from apps.quizzes.models.words import Feedback


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the files, to say what is wrong with it."""

    line: int
    problems: FileProblems

    def report(self, message: str, *, line: int | None = None) -> None:
        self.problems.add(self.line if line is None else line, message)


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    uuid: UUID
    slug: str
    pool: str
    spec: QuestionSpec
    engine: str  # the engine that computed the key, and its version; "" where it was typed
    place: Place


@dataclass(frozen=True, slots=True)
class RunEntry:
    """The rules under which a quiz is taken; `time_limit` in seconds."""

    slug: str
    title: str
    feedback: str
    time_limit: int | None
    max_attempts: int | None
    counts: str


@dataclass(frozen=True, slots=True)
class DrawEntry:
    """A question by slug, or `count` from the pool of a topic."""

    question: str
    topic: str
    pool: str
    count: int
    points: Decimal


@dataclass(frozen=True, slots=True)
class SectionEntry:
    title: str
    shuffle: bool
    draws: tuple[DrawEntry, ...]


@dataclass(frozen=True, slots=True)
class QuizEntry:
    uuid: UUID
    slug: str
    title: str
    summary: str
    topic: str
    lesson: str
    minutes: int
    scoring: str
    shuffle_choices: bool
    pass_mark: int | None
    sections: tuple[SectionEntry, ...]
    runs: tuple[RunEntry, ...]
    place: Place

    @property
    def is_practice(self) -> bool:
        return any(run.feedback == Feedback.IMMEDIATE for run in self.runs)

    def may_ask(self, question: QuestionEntry) -> bool:
        """Is the question one of its own, or in a pool that it draws from?"""
        of = (question.spec.about.topic, question.pool)
        draws = [draw for section in self.sections for draw in section.draws]
        return any(
            draw.question == question.slug if draw.question else (draw.topic, draw.pool) == of
            for draw in draws
        )

    @property
    def digest(self) -> str:
        """Of all that it says, but for where it stands."""
        said = {
            name: str(getattr(self, name))
            for name in self.__dataclass_fields__
            if name not in {"sections", "runs", "place"}
        }
        sections = [str(asdict(section)) for section in self.sections]
        return digest_of([said, sections, [str(asdict(run)) for run in self.runs]])


@dataclass(frozen=True, slots=True)
class Bank:
    """All questions and quizzes of all folders, in the order of the files."""

    questions: tuple[QuestionEntry, ...]
    quizzes: tuple[QuizEntry, ...]
