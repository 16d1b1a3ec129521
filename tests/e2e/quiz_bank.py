"""Quizzes of every kind, put into the database of a running site: `python -m tests.e2e.quiz_bank`.

The tests of pages ask their own questions, so that nobody who improves the shipped bank breaks
them. Prints nothing; run again it only puts back what a restart of the site took away.
"""

import datetime as dt
import os
import uuid
from collections.abc import Mapping
from typing import Any

PRACTICE, EXAM, SHORT, CLOSED = (*("e2e-practice", "e2e-exam", "e2e-short", "e2e-closed"),)
LATE = "e2e-late"
SHORT_SECONDS = 6

KINDS = (
    *("single", "multiple", "true_false", "matching", "ordering", "categorize"),
    *("numeric", "short_text", "essay", "scenario", "generated"),
)
POSITIONS = {kind: position for position, kind in enumerate(KINDS, start=1)}

_COMMON: dict[str, Any] = {
    "topic": "sg-vs-nacl",
    "level": "이해",
    "difficulty": 2,
    "lesson": "sg-vs-nacl",
    "section": "ec2-to-rds-flow",
    "quote": "TCP 3306 포트로 응답을 전송합니다.",
    "erratum": "flow-response-port-3306",
    "explanation": "보안 그룹은 **연결을 기억**하므로 응답을 다시 판정하지 않습니다. "
    "네트워크 ACL은 기억하지 않아서 응답도 규칙을 봅니다.",
}


def _choice(text: str, feedback: str = "") -> dict[str, Any]:
    told = {"feedback": feedback} if feedback else {}
    return {"text": text, "right": not feedback, **told}


_OWN: dict[str, dict[str, Any]] = {
    "single": {
        "stem": "EC2의 요청에 RDS가 보내는 응답은 RDS의 보안 그룹에서 어떻게 다룹니까?",
        "choice": [
            _choice(
                "아웃바운드 규칙을 처음부터 다시 봅니다.", "다시 보는 것은 네트워크 ACL입니다."
            ),
            _choice("요청을 허용했으므로 규칙을 보지 않고 내보냅니다."),
            _choice("`TCP 3306` 인바운드 규칙으로 판정합니다.", "3306은 응답의 출발지 포트입니다."),
            _choice("응답은 언제나 막습니다.", "막는다면 어떤 연결도 이루어지지 않습니다."),
        ],
    },
    "multiple": {
        "stem": "네트워크 ACL에 대한 설명으로 알맞은 것을 고르세요.",
        "choice": [
            _choice("서브넷에 연결합니다."),
            _choice("거부 규칙을 쓸 수 있습니다."),
            _choice("응답을 기억합니다.", "기억하는 것은 보안 그룹입니다."),
            _choice("인스턴스마다 하나씩 붙습니다.", "인스턴스에 붙는 것은 보안 그룹입니다."),
        ],
        "pick": 2,
    },
    "true_false": {
        "stem": "보안 그룹에는 거부 규칙을 쓸 수 있습니다.",
        "answer": False,
        "feedback_true": "보안 그룹에는 허용 규칙만 있습니다.",
    },
    "matching": {
        "stem": "무엇에 연결하는지 짝을 지으세요.",
        "pair": [
            {"left": "보안 그룹", "right": "인스턴스의 네트워크 인터페이스"},
            {"left": "네트워크 ACL", "right": "서브넷", "feedback": "서브넷 하나에 하나입니다."},
            {"left": "인터넷 게이트웨이", "right": "VPC"},
        ],
        "extra": ["리전"],
    },
    "ordering": {
        "stem": "EC2가 보낸 요청이 RDS에 닿기까지 거치는 순서대로 놓으세요.",
        "items": [
            "EC2 보안 그룹의 아웃바운드 규칙",
            "퍼블릭 서브넷 네트워크 ACL의 아웃바운드 규칙",
            "프라이빗 서브넷 네트워크 ACL의 인바운드 규칙",
            "RDS 보안 그룹의 인바운드 규칙",
        ],
    },
    "categorize": {
        "stem": "어느 쪽의 성질인지 나누세요.",
        "categories": ["보안 그룹", "네트워크 ACL"],
        "row": [
            {"text": "허용 규칙만 있습니다", "category": "보안 그룹"},
            {"text": "번호가 작은 규칙부터 봅니다", "category": "네트워크 ACL"},
            {
                "text": "응답을 따로 허용해야 합니다",
                "category": "네트워크 ACL",
                "feedback": "Stateless라서 응답도 규칙을 봅니다.",
            },
        ],
    },
    "numeric": {
        "stem": "MySQL이 기본으로 듣는 포트는 몇 번입니까?",
        "answer": "3306",
        "unit": "번",
    },
    "short_text": {
        "stem": "인스턴스 단위로 트래픽을 거르는, 상태를 기억하는 방화벽의 이름을 쓰세요.",
        "accepted": ["보안 그룹"],
        "near": [{"text": "네트워크 ACL", "feedback": "네트워크 ACL은 서브넷 단위입니다."}],
    },
    "essay": {
        "stem": "네트워크 ACL에서 임시 포트를 열어야 하는 까닭을 두세 문장으로 쓰세요.",
        "max_length": 300,
        "rubric": ["응답의 목적지 포트가 임시 포트임을 말한다", "Stateless임을 말한다"],
    },
    "scenario": {"widget": "packet-walk", "preset": "notes", "ask": "disposition"},
    "generated": {"generator": "packet-walk-ending"},
}


def _document(kind: str) -> dict[str, Any]:
    common = dict(_COMMON)
    if kind in {"scenario", "generated"}:
        del common["explanation"]
    return {"kind": kind, **common, **_OWN[kind]}


def fill(now: dt.datetime) -> None:
    """A practice and an exam with an item of every kind, and runs with rules of their own."""
    from apps.kernel.documents import Findings
    from apps.quizzes.domain.reading import read_question
    from apps.quizzes.freezing import freeze
    from apps.quizzes.models import Pool, Question
    from apps.quizzes.services.publishing import publish_version

    questions: dict[tuple[str, str], Question] = {}
    for pool in Pool:
        for kind in KINDS:
            findings = Findings()
            spec = read_question(_document(kind), findings)
            assert spec is not None, findings.problems()
            question = Question.objects.create(
                uuid=uuid.uuid4(),
                slug=f"e2e-{pool.value}-{kind.replace('_', '-')}",
                pool=pool,
                topic=spec.about.topic,
                lesson=spec.about.lesson,
                section=spec.about.section,
            )
            frozen = freeze(spec, seed=0)
            engine = frozen.engine if frozen else ""
            publish_version(question=question, spec=spec, engine=engine, now=now)
            questions[pool.value, kind] = question
    practice = [questions["practice", kind] for kind in KINDS]
    exam = [questions["exam", kind] for kind in KINDS]
    _quiz(PRACTICE, "문제마다 확인하는 연습", practice, slug="practice", title="연습")
    _quiz(EXAM, "제출한 뒤에 보는 시험", exam, feedback="after_submit", time_limit=1800)
    two = [questions["exam", "single"], questions["exam", "short_text"]]
    _quiz(SHORT, "금방 끝나는 시험", two, feedback="after_submit", time_limit=SHORT_SECONDS)
    closes = {"closes_at": now + dt.timedelta(days=1), "max_attempts": 1}
    _quiz(CLOSED, "마감 뒤에 알려 주는 시험", two, feedback="after_close", **closes)
    late = {"late_until": now + dt.timedelta(days=2), "late_deduction": 10}
    due = {"closes_at": now + dt.timedelta(days=1)}
    _quiz(LATE, "늦게 내면 깎이는 시험", two, feedback="after_submit", **due, **late)


def _quiz(name: str, quiz_title: str, questions: list[Any], **rules: Any) -> None:
    from apps.quizzes.models import Draw, Quiz, QuizRun, Section

    quiz = Quiz.objects.create(
        uuid=uuid.uuid4(),
        slug=name,
        position=100,
        title=quiz_title,
        summary="보안 그룹과 네트워크 ACL의 차이를 여러 가지 물음으로 확인합니다.",
        topic="sg-vs-nacl",
        lesson="sg-vs-nacl",
        minutes=12,
        pass_mark=60,
        digest="0" * 64,
    )
    section = Section.objects.create(quiz=quiz, position=1, title="연결과 규칙")
    for position, question in enumerate(questions, start=1):
        Draw.objects.create(section=section, position=position, question=question)
    values: Mapping[str, Any] = {"slug": "exam", "title": "시험", "feedback": "immediate", **rules}
    QuizRun.objects.create(quiz=quiz, **values)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from apps.quizzes.models import Question, Quiz

    with transaction.atomic():
        # A site that starts anew retires what is in no file.
        for rows in (Quiz.objects, Question.objects):
            rows.filter(slug__startswith="e2e-").update(retired_at=None)
        if not Quiz.objects.filter(slug=PRACTICE).exists():
            fill(timezone.now())


if __name__ == "__main__":
    main()
