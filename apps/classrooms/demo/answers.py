"""How a made-up learner answers: right as often as ability and difficulty suggest."""

import math
import random
from dataclasses import dataclass

from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.kinds.base import Json
from apps.quizzes.domain.spec import Level, QuestionSpec

_DIFFICULTY = {
    Level.REMEMBER: -1.2,
    Level.UNDERSTAND: -0.4,
    Level.APPLY: 0.4,
    Level.ANALYZE: 1.0,
}
_GUESSING = 0.2
_SKIPPING = 0.04
_UNKNOWN = "잘 모르겠습니다"


@dataclass(frozen=True, slots=True)
class Pupil:
    """`ability` in standard deviations from the class's mean."""

    name: str
    student_number: str
    ability: float


def chance(ability: float, level: Level) -> float:
    """The probability of a right answer, never below guessing."""
    easier = ability - _DIFFICULTY[level]
    return _GUESSING + (1 - _GUESSING) / (1 + math.exp(-1.3 * easier))


def answer_of(pupil: Pupil, spec: QuestionSpec, rng: random.Random) -> Json:
    """An answer in canonical form; {} where the pupil leaves it empty or a person grades."""
    kind, body = kind_of(spec.shown.kind), spec.shown.body
    right = kind.right_answer(body, spec.secret.key)
    if not right or rng.random() < _SKIPPING:
        return {}
    if rng.random() < chance(pupil.ability, spec.about.level):
        return right
    return _mistaken(spec.shown.kind, body, right, rng)


def _mistaken(kind: str, body: Json, right: Json, rng: random.Random) -> Json:
    """The right answer with one thing wrong, as the kind allows."""
    match kind:
        case "single" | "true_false":
            others = [each["id"] for each in body["choices"] if each["id"] != right["choice"]]
            return {"choice": rng.choice(others)}
        case "multiple":
            ids = [each["id"] for each in body["choices"]]
            turned = rng.choice(ids)
            picked = [id_ for id_ in ids if (id_ in right["choices"]) != (id_ == turned)]
            return {"choices": picked} if picked else {}
        case "matching" | "categorize":
            return {"given": _swapped(right["given"], rng)}
        case "ordering":
            return {"places": _swapped(right["places"], rng)}
        case "numeric":
            return {"text": str(rng.randint(1, 99))}
        case _:
            return {"text": _UNKNOWN}


def _swapped(values: Json, rng: random.Random) -> Json:
    first, second = rng.sample(sorted(values), 2)
    return {**values, first: values[second], second: values[first]}
