"""The changes of a quiz as a list to read: quick ones of one person folded into one entry."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from apps.quizzes.models import Question, Quiz
from apps.quizzes.presenting.lesson_titles import lesson_titles
from apps.studio.domain.quiz_changes import draws_of, fixed_questions
from apps.studio.domain.quiz_words import differences
from apps.studio.models import QuizRevision
from apps.studio.presenting.quizzes import name_of
from apps.studio.services.writing import OTHER_TOPIC
from apps.studio.topics import OTHER_LABEL

QUICK = dt.timedelta(minutes=10)
"""Changes of one person that follow each other within this are told together."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One or more changes; `newest` says what the quiz was after them."""

    revisions: list[QuizRevision]  # in the order in which they were made
    lines: list[str]  # what differs from before them
    is_now: bool

    @property
    def newest(self) -> QuizRevision:
        return self.revisions[-1]

    @property
    def notes(self) -> list[str]:
        return [each.note for each in self.revisions]

    @property
    def count(self) -> int:
        return len(self.revisions)


def history_entries(quiz: Quiz) -> list[Entry]:
    """The newest first. Three queries."""
    revisions = list(quiz.revisions.select_related("author").order_by("number"))
    names, labels = _names(revisions), _labels(revisions)
    groups = _folded(revisions)
    found = []
    for before, group in zip([None, *(each[-1] for each in groups)], groups, strict=False):
        newest = group[-1]
        lines = differences(before.document, newest.document, names, labels) if before else []
        found.append(Entry(group, lines, newest.number == quiz.revision))
    return found[::-1]


def _folded(revisions: list[QuizRevision]) -> list[list[QuizRevision]]:
    groups = [revisions[:1]] if revisions else []
    for before, each in pairwise(revisions):
        quick = each.made_at - before.made_at <= QUICK and each.author_id == before.author_id
        # The first one is what the quiz began as: it stays by itself.
        if quick and before is not revisions[0]:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _names(revisions: list[QuizRevision]) -> dict[str, str]:
    wanted = {each for revision in revisions for each in fixed_questions(revision.document)}
    questions = Question.objects.filter(uuid__in=wanted).select_related("current")
    return {str(question.uuid): name_of(question) for question in questions}


def _labels(revisions: list[QuizRevision]) -> dict[str, str]:
    """What topics and lessons are called, by slug."""
    wanted = set()
    for document in (revision.document for revision in revisions):
        wanted |= {document["topic"], document["lesson"]}
        wanted |= {draw.get("topic", "") for _, draw in draws_of(document)}
    return {**lesson_titles(wanted - {""}), OTHER_TOPIC: OTHER_LABEL}
