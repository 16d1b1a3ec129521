"""Three groups of rows: what can be asked, how it may be taken, what a learner did.

`bank` mirrors the files (and later what instructors write); `runs` holds the rules of taking;
`attempts` is what people did and is only ever added to.
"""

from apps.quizzes.models.attempts import Attempt, AttemptItem, Grade, Response
from apps.quizzes.models.bank import Draw, Pool, Question, QuestionVersion, Quiz, Section
from apps.quizzes.models.runs import Extension, Origin, QuizRun

__all__ = [
    "Attempt",
    "AttemptItem",
    "Draw",
    "Extension",
    "Grade",
    "Origin",
    "Pool",
    "Question",
    "QuestionVersion",
    "Quiz",
    "QuizRun",
    "Response",
    "Section",
]
