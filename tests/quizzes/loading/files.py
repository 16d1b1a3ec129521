"""A folder with a small bank, to be read with the shipped lessons."""

from pathlib import Path

from apps.quizzes.loading.reader import BankReading, read_bank
from tests.shipped import shipped_catalogue

QUIZ = """\
[[quiz]]
id = "11111111-1111-4111-8111-000000000001"
slug = "small"
title = "작은 퀴즈"
summary = "한 문장입니다."
topic = "networks"
lesson = "sg-vs-nacl"
minutes = 5

[[quiz.run]]
slug = "practice"
title = "연습"
feedback = "immediate"

[[quiz.section]]

[[quiz.section.draw]]
question = "first"
"""
FIRST = """\
[[question]]
id = "11111111-1111-4111-8111-0000000000f1"
slug = "first"
pool = "practice"
kind = "single"
topic = "networks"
lesson = "sg-vs-nacl"
section = "ec2-to-rds-flow"
quote = "TCP 3306 포트로 응답을 전송합니다."
erratum = "flow-response-port-3306"
level = "이해"
difficulty = 2
stem = "응답은 어디로 갑니까?"
explanation = "임시 포트로 갑니다."

[[question.choice]]
text = "임시 포트"
right = true

[[question.choice]]
text = "3306"
right = false
feedback = "3306은 출발지입니다."
"""
SECOND = (
    FIRST.replace("0000f1", "0000f2")
    .replace('"first"', '"second"')
    .replace("응답은 어디로", "돌아오는 패킷은 어디로")
)
SCENARIO = """\
[[question]]
id = "11111111-1111-4111-8111-0000000000f3"
slug = "computed"
pool = "practice"
kind = "scenario"
topic = "networks"
level = "분석"
difficulty = 3
widget = "packet-walk"
preset = "notes"
ask = "stop"
expect = ["step-6"]
"""


def read(folder: Path, *texts: str, name: str = "bank.toml") -> BankReading:
    """What a folder with this one file says."""
    (folder / "quizzes").mkdir(parents=True, exist_ok=True)
    (folder / "quizzes" / name).write_text("\n".join(texts), encoding="utf-8")
    return read_bank([folder], shipped_catalogue())


def complaints(reading: BankReading) -> list[str]:
    """`line: message` of every problem; a reading with one has no bank."""
    assert (reading.bank is None) == bool(reading.problems)
    return [f"{problem.line}: {problem.message}" for problem in reading.problems]
