"""Tells that an author does not see: the key is long, stands third, or is always "true".

And questions that are one and the same.
"""

from collections.abc import Sequence

from apps.quizzes.domain.balance import (
    FEWEST,
    MOST,
    SINGLE,
    TRUE_FALSE,
    choices_of,
    crowded_places,
    gist,
    share_standing_out,
)
from apps.quizzes.loading.bank import Bank, QuestionEntry, QuizEntry

__all__ = [
    "FEWEST",
    "MOST",
    "check_balance",
    "crowded_places",
    "share_standing_out",
    "single_choices",
    "statements",
]


def check_balance(bank: Bank) -> None:
    """Tell quizzes whose keys give themselves away by length or place, and questions alike."""
    _check_alike(bank.questions)
    for quiz in bank.quizzes:
        asked = [each for each in bank.questions if quiz.may_ask(each)]
        _check_lengths(quiz, asked)
        _check_places(quiz, asked)
        _check_statements(quiz, asked)


def single_choices(questions: Sequence[QuestionEntry]) -> list[tuple[list[str], str]]:
    """Of each typed question with one right choice: all texts in the file's order, and the key."""
    return choices_of((each.spec for each in questions), SINGLE)


def statements(questions: Sequence[QuestionEntry]) -> list[tuple[list[str], str]]:
    """The same of each statement to be judged: its two choices ("true" first), and the key."""
    return choices_of((each.spec for each in questions), TRUE_FALSE)


def _check_lengths(quiz: QuizEntry, questions: Sequence[QuestionEntry]) -> None:
    choices = single_choices(questions)
    if len(choices) < FEWEST:
        return
    for longest, word in ((True, "긴"), (False, "짧은")):
        share = share_standing_out(choices, longest=longest)
        if share > MOST:
            quiz.place.report(
                f"퀴즈 {quiz.slug}: 하나 고르기 {len(choices)}문제 가운데 {share:.0%}에서 정답이 "
                f"가장 {word} 보기입니다. 보기의 길이를 고르게 하십시오."
            )


def _check_places(quiz: QuizEntry, questions: Sequence[QuestionEntry]) -> None:
    """In the order of the file: also where choices are shuffled, as one flag of a quiz decides."""
    choices = single_choices(questions)
    for place, hits in crowded_places(choices).items():
        quiz.place.report(
            f"퀴즈 {quiz.slug}: 하나 고르기 {len(choices)}문제 가운데 {hits}문제에서 정답이 파일의 "
            f"{place + 1}번째 보기입니다. 보기의 순서를 바꾸어 정답의 자리를 고르게 하십시오."
        )


def _check_statements(quiz: QuizEntry, questions: Sequence[QuestionEntry]) -> None:
    choices = statements(questions)
    for place, hits in crowded_places(choices).items():
        answer, other = (("true", "false"), ("false", "true"))[place]
        quiz.place.report(
            f"퀴즈 {quiz.slug}: 맞다/틀리다 {len(choices)}문제 가운데 {hits}문제의 답이 "
            f"{answer}입니다. 답이 {other}인 문제를 늘리십시오."
        )


def _check_alike(questions: Sequence[QuestionEntry]) -> None:
    seen: dict[tuple[str, ...], QuestionEntry] = {}
    for question in questions:
        other = seen.setdefault(gist(question.spec, question.pool), question)
        if other is not question:
            question.place.report(
                f"문제 {question.slug}: {other.place.problems.path} {other.place.line}번째 줄의 "
                f"{other.slug} 문제와 내용이 같습니다. 하나를 지우거나 다르게 물으십시오."
            )
