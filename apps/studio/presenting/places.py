"""Where in a question something is said: the path of a document in the words of the editor."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from apps.kernel.documents import Problem
from apps.quizzes.models import Question
from apps.studio.presenting.editor import id_of

_STEP = re.compile(r"([a-z_]+)(?:\[([0-9]+)\])?")
_NAMES = {
    "kind": "종류",
    "stem": "문제 글",
    "explanation": "해설",
    "choice": "보기",
    "text": "글",
    "feedback": "설명",
    "pair": "짝",
    "left": "왼쪽",
    "right": "오른쪽",
    "extra": "짝이 없는 오른쪽",
    "items": "항목",
    "categories": "범주",
    "category": "범주",
    "row": "항목",
    "answer": "정답",
    "tolerance": "오차",
    "tolerance_percent": "오차(%)",
    "unit": "단위",
    "accepted": "인정하는 답",
    "near": "설명이 있는 오답",
    "rubric": "채점에서 보는 것",
    "max_length": "글자 수",
    "feedback_true": "‘맞습니다’의 설명",
    "feedback_false": "‘틀립니다’의 설명",
    "pick": "고를 개수",
    "keep_order": "보기 순서",
    "topic": "주제",
    "level": "인지 수준",
    "difficulty": "난이도",
    "lesson": "레슨",
    "section": "레슨의 절",
    "quote": "노트의 문장",
    "erratum": "정정",
    "as_of": "수치의 기준일",
    "widget": "실습",
    "ask": "물음",
    "preset": "상황",
    "scenario": "실습의 상태",
    "expect": "정답이라고 적은 보기",
    "generator": "생성기",
    "parameters": "생성기의 값",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One problem or piece of advice, with the way to its field."""

    where: str  # such as "보기 2 · 글"; "" for the question as a whole
    message: str
    address: str


def told(found: Iterable[Problem], question: Question) -> list[Told]:
    editor = reverse("studio:edit", args=[question.uuid])
    return [
        Told(
            place_name(each.path),
            each.message,
            f"{editor}#{id_of(each.path)}" if each.path else editor,
        )
        for each in found
    ]


def place_name(path: str) -> str:
    """`choice[1].text` is "보기 2 · 글"; what nobody named stays as it is written."""
    steps = []
    for part in path.split(".") if path else []:
        match = _STEP.fullmatch(part)
        name = _NAMES.get(match[1], match[1]) if match else part
        if match and match[1] == "right" and path.startswith("choice"):
            name = "정답 표시"
        steps.append(f"{name} {int(match[2]) + 1}" if match and match[2] else name)
    return " · ".join(steps)
