"""Questions as a file states them, one of every kind, to be altered by tests."""

import json
from typing import Any

from apps.kernel.documents import Findings
from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.kinds.base import ItemKind, Json, Line, Parts, Scoring
from apps.quizzes.domain.reading import read_question
from apps.quizzes.domain.spec import QuestionSpec

COMMON: Json = {
    "stem": "보안 그룹에 대한 설명으로 알맞은 것을 고르세요.",
    "explanation": "보안 그룹은 응답을 기억합니다.",
    "topic": "보안 그룹과 네트워크 ACL",
    "level": "이해",
    "difficulty": 2,
    "lesson": "sg-vs-nacl",
    "quote": "보안 그룹은 Stateful합니다.",
}


def choice(text: str, right: bool = False, **more: Any) -> Json:
    feedback = {} if right else {"feedback": f"{text}: 틀린 까닭"}
    return {"text": text, "right": right, **feedback, **more}


OWN: dict[str, Json] = {
    "single": {"choice": [choice("허용만"), choice("허용과 거부"), choice("거부만", True)]},
    "multiple": {
        "choice": [choice("가"), choice("나", True), choice("다", True), choice("라")],
        "pick": 2,
    },
    "true_false": {"answer": True, "feedback_false": "응답은 규칙을 보지 않고 나갑니다."},
    "matching": {
        "pair": [
            {"left": "보안 그룹", "right": "인스턴스", "feedback": "인스턴스에 연결합니다."},
            {"left": "네트워크 ACL", "right": "서브넷"},
            {"left": "라우팅 테이블", "right": "서브넷"},
        ],
        "extra": ["리전"],
    },
    "ordering": {"items": ["요청이 나간다", "경로를 찾는다", "NACL을 지난다", "SG를 지난다"]},
    "categorize": {
        "categories": ["보안 그룹", "네트워크 ACL"],
        "row": [
            {"text": "허용 규칙만 있다", "category": "보안 그룹"},
            {"text": "응답을 기억한다", "category": "보안 그룹", "feedback": "Stateful입니다."},
            {"text": "거부 규칙도 있다", "category": "네트워크 ACL"},
            {"text": "번호 순서로 본다", "category": "네트워크 ACL"},
        ],
    },
    "numeric": {"answer": "0.5", "unit": "GiB"},
    "short_text": {
        "accepted": ["보안 그룹"],
        "near": [{"text": "네트워크 ACL", "feedback": "서브넷에 연결하는 것입니다."}],
    },
    "essay": {"max_length": 100, "rubric": ["상태 저장을 말한다", "예를 든다"]},
    "scenario": {
        "widget": "packet-walk",
        "preset": "notes",
        "ask": "disposition",
        "expect": ["delivered"],
    },
    "generated": {"generator": "ri-covered-fraction"},
}


def document(kind: str, /, **changed: Any) -> Json:
    """A whole question; a value of None takes the field out."""
    fields = {"kind": kind, **COMMON, **json.loads(json.dumps(OWN[kind])), **changed}
    return {name: value for name, value in fields.items() if value is not None}


def question(kind: str, /, **changed: Any) -> QuestionSpec:
    """The question that such a document says."""
    findings = Findings()
    spec = read_question(document(kind, **changed), findings)
    assert spec is not None, findings.problems()
    return spec


def problems(kind: str, /, **changed: Any) -> dict[str, str]:
    """The messages by path that such a document gets; it must get some."""
    findings = Findings()
    assert read_question(document(kind, **changed), findings) is None
    assert findings
    return {problem.path: problem.message for problem in findings.problems()}


class Item:
    """A question and its kind: the calls of the protocol without what is always the same."""

    def __init__(self, spec: QuestionSpec) -> None:
        self.spec = spec
        self.kind: ItemKind = kind_of(spec.shown.kind)
        self.body = spec.shown.body
        self.parts = Parts(spec.shown.body, spec.secret.key, spec.secret.feedback)

    def ids(self, listed: str) -> dict[str, str]:
        """Ids by text."""
        return {member["text"]: member["id"] for member in self.body[listed]}

    def answer(self, **form: str | list[str]) -> Json:
        """What a form says; a double underscore of a name stands for its hyphen."""
        sent = {
            name.replace("__", "-"): [value] if isinstance(value, str) else value
            for name, value in form.items()
        }
        return self.kind.read_answer(self.body, sent)

    def score(self, answer: Json, scoring: Scoring = Scoring.ALL_OR_NOTHING) -> Any:
        return self.kind.score(self.body, self.parts.key, answer, scoring)

    def problem(self, answer: Json) -> str:
        return self.kind.problem(self.body, answer)

    def review(self, answer: Json) -> list[Line]:
        return self.kind.review(self.body, self.parts.key, self.parts.feedback, answer)


def item(kind: str, /, **changed: Any) -> Item:
    return Item(question(kind, **changed))
