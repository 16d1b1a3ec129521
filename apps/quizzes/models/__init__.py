"""Three groups of rows: what can be asked, how it may be taken, what a learner did.

`bank` is what files and instructors wrote, `authoring` what only instructors add; `runs` holds the
rules of taking; `attempts` is what people did and is only ever added to.
"""

from apps.quizzes.models.attempts import Attempt, AttemptItem, Grade, Response
from apps.quizzes.models.authoring import QuestionShare, QuestionTag, QuizShare
from apps.quizzes.models.bank import (
    Authorship,
    Draw,
    Pool,
    Question,
    QuestionVersion,
    Quiz,
    Right,
    Section,
)
from apps.quizzes.models.runs import Extension, QuizRun
from apps.quizzes.models.words import Counts, Feedback, Origin

__all__ = [
    "Attempt",
    "AttemptItem",
    "Authorship",
    "Counts",
    "Draw",
    "Extension",
    "Feedback",
    "Grade",
    "Origin",
    "Pool",
    "Question",
    "QuestionShare",
    "QuestionTag",
    "QuestionVersion",
    "Quiz",
    "QuizRun",
    "QuizShare",
    "Response",
    "Right",
    "Section",
]
