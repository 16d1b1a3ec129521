"""Tells that an author does not see: the key is long, stands third, or is always "true".

And questions that are one and the same.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from math import sqrt

from apps.quizzes.loading.bank import Bank, QuestionEntry, QuizEntry

FEWEST = 6
"""Fewer questions than these prove nothing."""
MOST = 0.5
"""The share of keys that may stand out in one way; with four choices chance makes a quarter."""
DEVIATIONS = 1.5
"""How far above guessing, in standard deviations, one place may hold the keys.

Of six questions with four choices guessing finds 1.5, and 3 keys may stand at one place; of twenty
it finds 5, and 7 may; of six statements 4 may be true. Where places are drawn by lot one place in
fifteen or so goes beyond. An author draws no lots and moves a choice in a minute, so no quiz has to
wait for luck. A share such as MOST would be too wide here: in a long quiz whoever always picks the
third choice could be right half the time.
"""
_NOTHING = re.compile(r"[\W_]+")
_SINGLE = "single"
_TRUE_FALSE = "true_false"


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
    return _choices(questions, _SINGLE)


def statements(questions: Sequence[QuestionEntry]) -> list[tuple[list[str], str]]:
    """The same of each statement to be judged: its two choices ("true" first), and the key."""
    return _choices(questions, _TRUE_FALSE)


def crowded_places(choices: Sequence[tuple[list[str], str]]) -> dict[int, int]:
    """The places (from 0) that hold too many of the keys, each with how many; few prove nothing.

    Guessing finds a key among four choices less often than among two: every question counts with
    its own chance, and one that has no such place with none.
    """
    if len(choices) < FEWEST:
        return {}
    found = {}
    for place, hits in sorted(Counter(texts.index(key) for texts, key in choices).items()):
        chances = [1 / len(texts) for texts, _ in choices if len(texts) > place]
        deviation = sqrt(sum(chance * (1 - chance) for chance in chances))
        if hits > sum(chances) + DEVIATIONS * deviation:
            found[place] = hits
    return found


def _choices(questions: Sequence[QuestionEntry], kind: str) -> list[tuple[list[str], str]]:
    found = []
    for question in questions:
        spec = question.spec
        if spec.shown.kind != kind:
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
