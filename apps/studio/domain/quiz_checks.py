"""What an author of a quiz does not see: tells, twins, draws that find too little. Pure.

Every finding says what is wrong, what to do, and where.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.quizzes.domain.balance import (
    FEWEST,
    MOST,
    SINGLE,
    TRUE_FALSE,
    choices_of,
    crowded_places,
    gist,
    share_standing_out,
    stands_out,
)
from apps.quizzes.domain.kinds import TEMPLATES
from apps.quizzes.domain.rules import oldest_fit_for_exams
from apps.quizzes.domain.spec import QuestionSpec

LONGER, LONGER_BY = 1.2, 3
"""A key is told of by itself when it is a fifth and three letters longer than any other choice."""
_EXAM, _PRACTICE = "exam", "practice"
_IMMEDIATE, _AFTER_CLOSE = "immediate", "after_close"


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One fixed question; `spec` None where it was never published."""

    number: int
    place: str  # as `quiz_changes.read_place` takes it
    question: str  # uuid
    spec: QuestionSpec | None
    pool: str
    shipped: bool
    archived: bool = False
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AskedDraw:
    """One random draw and what it finds today (without what is fixed in the quiz)."""

    name: str  # such as 3~5번
    place: str
    count: int
    pool: str
    shipped: bool
    candidates: frozenset[int]


@dataclass(frozen=True, slots=True)
class AskedQuiz:
    feedback: str
    items: Sequence[AskedItem] = ()
    draws: Sequence[AskedDraw] = ()
    minutes: int = 1  # as stated
    estimate: int = 1

    @property
    def is_practice(self) -> bool:
        return self.feedback == _IMMEDIATE


@dataclass(frozen=True, slots=True)
class Finding:
    """`blocks`: the quiz cannot be taken, or not by its rules, before this is solved."""

    code: str
    text: str
    advice: str
    blocks: bool = False
    place: str = ""  # a draw of the editor to look at
    question: str = ""  # a question to open, by uuid
    settings: bool = False  # solved in the settings
    numbers: tuple[int, ...] = ()

    @property
    def dashed(self) -> str:
        """The place as ids of the editor's page have it: `2-5`."""
        return self.place.replace(".", "-")


def check_quiz(quiz: AskedQuiz, *, today: dt.date) -> list[Finding]:
    """What stops the quiz first, then what could be better, both in the order of the quiz."""
    found = [
        *_empty(quiz),
        *_unpublished(quiz),
        *_short_draws(quiz),
        *_pools(quiz),
        *_archived(quiz),
        *_stale(quiz, today),
        *_alike(quiz),
        *_single_lengths(quiz),
        *_lengths(quiz),
        *_places(quiz),
        *_statements(quiz),
        *_public(quiz),
        *_minutes(quiz),
    ]
    return sorted(found, key=lambda each: not each.blocks)  # stable


def _empty(quiz: AskedQuiz) -> Iterator[Finding]:
    if not quiz.items and not quiz.draws:
        yield Finding(
            "empty",
            "아직 문제가 없습니다.",
            "문제은행에서 골라 넣거나 무작위 출제를 넣으세요.",
            blocks=True,
        )


def _unpublished(quiz: AskedQuiz) -> Iterator[Finding]:
    for item in quiz.items:
        if item.spec is None:
            yield Finding(
                "unpublished",
                f"{item.number}번 문제는 아직 발행하지 않았습니다.",
                "문제를 발행하거나 퀴즈에서 빼세요.",
                blocks=True,
                place=item.place,
                question=item.question,
            )


def _short_draws(quiz: AskedQuiz) -> Iterator[Finding]:
    """Each draw against what is left when those before it took the worst for it."""
    for index, draw in enumerate(quiz.draws):
        there = len(draw.candidates)
        taken = sum(
            min(other.count, len(other.candidates & draw.candidates))
            for other in quiz.draws[:index]
        )
        advice = "조건을 넓히거나 뽑는 수를 줄이세요."
        if there < draw.count:
            yield Finding(
                "draw-short",
                f"{draw.name} 무작위 출제: {there}문제 가운데 {draw.count}문제를 뽑을 수는 "
                "없습니다.",
                advice,
                blocks=True,
                place=draw.place,
            )
        elif there - taken < draw.count:
            yield Finding(
                "draw-overlaps",
                f"{draw.name} 무작위 출제: 앞의 무작위 출제와 겹쳐서 "
                f"{max(0, there - taken)}문제만 남을 수 있는데 {draw.count}문제를 뽑습니다.",
                advice,
                blocks=True,
                place=draw.place,
            )


def _pools(quiz: AskedQuiz) -> Iterator[Finding]:
    """What is kept for exams never appears in practice, nor the other way."""
    wrong = _EXAM if quiz.is_practice else _PRACTICE
    items = [item for item in quiz.items if item.pool == wrong]
    draws = [draw for draw in quiz.draws if draw.pool == wrong]
    if quiz.is_practice:
        yield from _exam_in_practice(items, draws)
        return
    # An own practice question is met in no catalogue: only a real exam has to mind it.
    strict = quiz.feedback == _AFTER_CLOSE
    own = [item for item in items if not item.shipped] if strict else []
    met = [draw for draw in draws if draw.shipped or strict]
    yield from _practice_in_exam([item for item in items if item.shipped], own, met)


def _exam_in_practice(items: Sequence[AskedItem], draws: Sequence[AskedDraw]) -> Iterator[Finding]:
    for item in items:
        yield Finding(
            "exam-in-practice",
            f"{item.number}번 문제는 시험용인데, 이 퀴즈는 문제마다 바로 정답을 보여 줍니다.",
            "연습용 문제로 바꾸거나, 설정에서 정답을 보여 주는 때를 바꾸세요.",
            blocks=True,
            place=item.place,
            question=item.question,
        )
    for draw in draws:
        yield Finding(
            "exam-in-practice",
            f"{draw.name} 무작위 출제는 시험용 문제에서 뽑는데, 이 퀴즈는 문제마다 바로 정답을 "
            "보여 줍니다.",
            "연습용 문제에서 뽑거나, 설정에서 정답을 보여 주는 때를 바꾸세요.",
            blocks=True,
            place=draw.place,
        )


def _practice_in_exam(
    shipped: Sequence[AskedItem], own: Sequence[AskedItem], draws: Sequence[AskedDraw]
) -> Iterator[Finding]:
    for items, met in (
        (shipped, "누구나 연습에서 정답을 볼 수 있습니다."),
        (own, "연습용으로 표시한 문제입니다."),
    ):
        if items:
            yield _of_all(
                "practice-in-exam",
                items,
                met,
                "시험이라면 시험용 문제로 바꾸세요. 연습이라면 그대로 두어도 됩니다.",
            )
    for draw in draws:
        yield Finding(
            "practice-in-exam",
            f"{draw.name} 무작위 출제는 연습용 문제에서 뽑습니다.",
            "시험이라면 시험용 문제에서 뽑으세요.",
            place=draw.place,
        )


def _archived(quiz: AskedQuiz) -> Iterator[Finding]:
    for item in quiz.items:
        if item.archived:
            yield Finding(
                "archived",
                f"{item.number}번 문제는 보관한 문제입니다. 이 퀴즈에는 그대로 나옵니다.",
                "계속 쓰려면 그대로 두고, 아니면 빼세요.",
                place=item.place,
                question=item.question,
            )


def _stale(quiz: AskedQuiz, today: dt.date) -> Iterator[Finding]:
    for item in quiz.items:
        if item.as_of is not None and item.as_of < oldest_fit_for_exams(today):
            yield Finding(
                "stale",
                f"{item.number}번 문제는 {item.as_of.isoformat()} 기준의 수치를 묻습니다.",
                "지금도 맞는지 AWS 문서에서 확인하고 기준 날짜를 고치세요.",
                place=item.place,
                question=item.question,
            )


def _alike(quiz: AskedQuiz) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], AskedItem] = {}
    for item in quiz.items:
        if item.spec is None:
            continue
        other = seen.setdefault(gist(item.spec, item.pool), item)
        if other is not item:
            yield Finding(
                "alike",
                f"{other.number}번과 {item.number}번은 같은 문제입니다.",
                "하나를 빼거나 다르게 물으세요.",
                place=item.place,
                question=item.question,
                numbers=(other.number, item.number),
            )


def _single_lengths(quiz: AskedQuiz) -> Iterator[Finding]:
    for item in quiz.items:
        if item.spec is None:
            continue
        for choices in choices_of([item.spec], SINGLE):
            others = sorted(len(text) for text in choices[0] if text != choices[1])
            longest = others[-1] if others else 0
            much = len(choices[1]) >= longest * LONGER and len(choices[1]) >= longest + LONGER_BY
            if stands_out(choices, longest=True) and much:
                yield Finding(
                    "longest-key",
                    f"{item.number}번 문제는 정답이 가장 긴 보기입니다.",
                    "정답을 줄이거나 다른 보기를 비슷한 길이로 쓰세요.",
                    place=item.place,
                    question=item.question,
                )


def _specs(quiz: AskedQuiz) -> list[QuestionSpec]:
    return [item.spec for item in quiz.items if item.spec is not None]


def _lengths(quiz: AskedQuiz) -> Iterator[Finding]:
    choices = choices_of(_specs(quiz), SINGLE)
    if len(choices) < FEWEST:
        return
    for longest, word in ((True, "긴"), (False, "짧은")):
        share = share_standing_out(choices, longest=longest)
        if share > MOST:
            yield Finding(
                "lengths",
                f"하나 고르기 {len(choices)}문제 가운데 {share:.0%}에서 정답이 가장 {word} "
                "보기입니다.",
                "내용을 몰라도 길이만 보고 맞힐 수 있습니다. 보기의 길이를 고르게 하세요.",
            )


def _places(quiz: AskedQuiz) -> Iterator[Finding]:
    """Also where choices are shuffled: one flag of the quiz decides, and paper keeps the order."""
    choices = choices_of(_specs(quiz), SINGLE)
    for place, hits in crowded_places(choices).items():
        yield Finding(
            "places",
            f"하나 고르기 {len(choices)}문제 가운데 {hits}문제에서 정답이 {place + 1}번째 "
            "보기입니다.",
            "보기의 순서를 바꾸어 정답의 자리를 고르게 하거나, 설정에서 보기 순서를 섞으세요.",
        )


def _statements(quiz: AskedQuiz) -> Iterator[Finding]:
    choices = choices_of(_specs(quiz), TRUE_FALSE)
    for place, hits in crowded_places(choices).items():
        answer, other = (("맞다", "틀리다"), ("틀리다", "맞다"))[place]
        yield Finding(
            "statements",
            f"맞다/틀리다 {len(choices)}문제 가운데 {hits}문제의 답이 ‘{answer}’입니다.",
            f"답이 ‘{other}’인 문제를 늘리세요.",
        )


def _public(quiz: AskedQuiz) -> Iterator[Finding]:
    """Who practices may look things up; who is examined may, too, as long as widgets are open."""
    if quiz.is_practice:
        return
    those = [
        item for item in quiz.items if item.spec is not None and item.spec.shown.kind in TEMPLATES
    ]
    if those:
        yield _of_all(
            "public-widget",
            those,
            "공개된 실습에서 답을 알아낼 수 있습니다.",
            "감독하는 시험이 아니라면 배점을 낮추거나 다른 문제로 바꾸세요.",
        )


def _of_all(code: str, items: Sequence[AskedItem], what: str, advice: str) -> Finding:
    """One finding for many: a list of the same sentence hides the others."""
    first = items[0]
    numbers = ", ".join(str(item.number) for item in items)
    return Finding(
        code,
        f"{numbers}번 문제는 {what}",
        advice,
        place=first.place,
        question=first.question if len(items) == 1 else "",
        numbers=tuple(item.number for item in items),
    )


def _minutes(quiz: AskedQuiz) -> Iterator[Finding]:
    low, high = sorted((quiz.minutes, quiz.estimate))
    if (quiz.items or quiz.draws) and high > 2 * low and high - low > 3:
        yield Finding(
            "minutes",
            f"걸리는 시간을 {quiz.minutes}분이라고 적었는데, 문제를 세어 보면 "
            f"{quiz.estimate}분쯤입니다.",
            "설정에서 걸리는 시간을 고치세요.",
            settings=True,
        )
