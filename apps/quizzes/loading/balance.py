"""Tells that an author does not see: the longest choice is always right, two questions are one."""

import re
import unicodedata
from collections.abc import Sequence

from apps.quizzes.loading.bank import Bank, QuestionEntry, QuizEntry

FEWEST = 6
"""Fewer questions than these prove nothing."""
MOST = 0.5
"""The share of keys that may stand out in one way; with four choices chance makes a quarter."""
_NOTHING = re.compile(r"[\W_]+")
_SINGLE = "single"


def check_balance(bank: Bank) -> None:
    """Tell quizzes whose keys give themselves away by length, and questions that are alike."""
    _check_alike(bank.questions)
    for quiz in bank.quizzes:
        _check_lengths(quiz, [each for each in bank.questions if quiz.may_ask(each)])


def single_choices(questions: Sequence[QuestionEntry]) -> list[tuple[list[str], str]]:
    """Of each typed question with one right choice: all texts in the file's order, and the key."""
    found = []
    for question in questions:
        spec = question.spec
        if spec.shown.kind != _SINGLE:
            continue
        texts = {each["id"]: each["text"] for each in spec.shown.body["choices"]}
        found.append((list(texts.values()), texts[spec.secret.key["choice"]]))
    return found


def share_standing_out(choices: Sequence[tuple[list[str], str]], *, longest: bool) -> float:
    """How often the key is the one longest (or shortest) choice."""
    best = max if longest else min
    hits = 0
    for texts, key in choices:
        lengths = [len(text) for text in texts]
        hits += len(key) == best(lengths) and lengths.count(len(key)) == 1
    return hits / len(choices) if choices else 0.0


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


def _check_alike(questions: Sequence[QuestionEntry]) -> None:
    seen: dict[tuple[str, ...], QuestionEntry] = {}
    for question in questions:
        other = seen.setdefault(_gist(question), question)
        if other is not question:
            question.place.report(
                f"문제 {question.slug}: {other.place.problems.path} {other.place.line}번째 줄의 "
                f"{other.slug} 문제와 내용이 같습니다. 하나를 지우거나 다르게 물으십시오."
            )


def _gist(question: QuestionEntry) -> tuple[str, ...]:
    """What is asked, without spelling and order; of computed questions also what it is made of."""
    body = question.spec.shown.body
    members = [
        each["text"]
        for listed in body.values()
        if isinstance(listed, list)
        for each in listed
        if isinstance(each, dict) and "text" in each
    ]
    source = [f"{name}={value}" for name, value in body.items() if isinstance(value, str | dict)]
    return (
        question.pool if question.spec.shown.kind == "generated" else "",
        _folded(question.spec.shown.stem),
        *sorted(map(_folded, [*members, *source])),
    )


def _folded(text: str) -> str:
    return _NOTHING.sub("", unicodedata.normalize("NFKC", text).casefold())
