"""The catalogue: practice in the order of the lessons, then exams; what awaits in each."""

from collections import Counter
from dataclasses import dataclass

from apps.quizzes.domain.spec import Level
from apps.quizzes.models import Draw, Origin, Question, Quiz, QuizRun
from apps.quizzes.presenting.lesson_titles import lesson_titles

OFTEN = 0.25
"""The share of a quiz's questions from which on a level is named."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A quiz in the catalogue; `levels` are those that it asks most, such as 이해·적용."""

    quiz: Quiz
    items: int
    levels: str
    runs: list[QuizRun]


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    entries: list[Entry]


def catalogue_groups() -> list[Group]:
    """All current quizzes that anybody may start. Groups without any are left out."""
    quizzes = list(Quiz.objects.from_files().current().prefetch_related("sections__draws", "runs"))
    order = list(lesson_titles({quiz.lesson for quiz in quizzes if quiz.lesson}))
    place = {slug: index for index, slug in enumerate(order)}
    quizzes.sort(key=lambda quiz: (place.get(quiz.lesson, len(order)), quiz.position))
    levels = _Levels()
    entries = [
        Entry(quiz, item_count(quiz), levels.of(quiz), runs)
        for quiz in quizzes
        if (runs := current_runs(quiz))
    ]
    practice = [entry for entry in entries if all(run.is_practice for run in entry.runs)]
    exams = [entry for entry in entries if entry not in practice]
    groups = (Group("연습", practice), Group("시험", exams))
    return [group for group in groups if group.entries]


def current_runs(quiz: Quiz) -> list[QuizRun]:
    """What everybody may start. From the prefetched rows; `offered()` would ask again."""
    return [
        run for run in quiz.runs.all() if run.retired_at is None and run.origin == Origin.CATALOGUE
    ]


def item_count(quiz: Quiz) -> int:
    return sum(draw.count for draw in _draws(quiz))


def _draws(quiz: Quiz) -> list[Draw]:
    return [draw for section in quiz.sections.all() for draw in section.draws.all()]


class _Levels:
    """The levels of all questions, read once for the whole catalogue."""

    def __init__(self) -> None:
        self.of_question: dict[int, str] = {}
        self.of_pool: dict[tuple[str, str], Counter[str]] = {}
        rows = Question.objects.from_files().current().values_list("pk", "topic", "pool", "level")
        for pk, topic, pool, level in rows:
            self.of_question[pk] = level
            self.of_pool.setdefault((topic, pool), Counter())[level] += 1

    def of(self, quiz: Quiz) -> str:
        """Of a draw at random: what its pool holds, in proportion."""
        shares: dict[str, float] = {}
        for draw in _draws(quiz):
            if draw.question_id is not None:
                counted = Counter([self.of_question.get(draw.question_id, "")])
            else:
                counted = self.of_pool.get((draw.topic, draw.pool), Counter())
            for level, count in counted.items():
                share = draw.count * count / counted.total()
                shares[level] = shares.get(level, 0) + share
        whole = sum(shares.values())
        often = [level for level in Level if whole and shares.get(level, 0) / whole >= OFTEN]
        return "·".join(level.label for level in often)
