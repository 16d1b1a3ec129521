import datetime
import tomllib
import unicodedata
from typing import Any

import pytest

from apps.kernel.documents import Findings
from apps.quizzes.domain.kinds import DOCUMENT_KINDS
from apps.quizzes.domain.reading import dump_question, read_question
from apps.quizzes.domain.spec import Level

from .documents import OWN, document, problems, question


@pytest.mark.parametrize("kind", sorted(DOCUMENT_KINDS))
def test_a_question_of_every_kind_is_read_and_written(kind: str) -> None:
    spec = question(kind)
    findings = Findings()
    assert read_question(dump_question(spec), findings) == spec
    assert not findings
    assert OWN.keys() == DOCUMENT_KINDS.keys()


def test_a_table_of_a_toml_file_is_a_question() -> None:
    table = tomllib.loads(
        """
        kind = "single"
        stem = '''
        어느 쪽이 **응답**을 기억합니까?
        '''
        explanation = "보안 그룹입니다."
        topic = "보안 그룹"
        level = "기억"
        difficulty = 1
        lesson = "sg-vs-nacl"
        section = "security-group"
        quote = "보안 그룹은 Stateful합니다."
        erratum = "sg-default"
        as_of = 2026-03-06
        keep_order = true

        [[choice]]
        text = "보안 그룹"
        right = true

        [[choice]]
        text = "네트워크 ACL"
        right = false
        feedback = "Stateless합니다."
        """
    )
    findings = Findings()
    spec = read_question(table, findings, "question[0]")
    assert spec is not None, findings.problems()
    assert spec.shown.stem == "어느 쪽이 **응답**을 기억합니까?"
    assert spec.about.level is Level.REMEMBER
    assert spec.about.as_of == "2026-03-06"
    assert spec.about.section == "security-group"
    assert [each["text"] for each in spec.shown.body["choices"]] == ["보안 그룹", "네트워크 ACL"]


def test_texts_are_composed_and_have_line_feeds_only() -> None:
    spec = question("essay", stem=unicodedata.normalize("NFD", " 첫째\r\n둘째 \r"))
    assert spec.shown.stem == "첫째\n둘째"


@pytest.mark.parametrize("level", list(Level))
def test_levels_are_written_in_korean(level: Level) -> None:
    assert question("essay", level=level.label).about.level is level


@pytest.mark.parametrize(
    ("changed", "path", "message"),
    [
        ({"kind": None}, "kind", "single, multiple"),
        ({"kind": "quiz"}, "kind", "가운데 하나여야"),
        ({"kind": ["single"]}, "kind", "가운데 하나여야"),
        ({"stem": None}, "stem", "반드시"),
        ({"stem": "  "}, "stem", "비어 있습니다"),
        ({"stem": "가" * 8_001}, "stem", "8000자까지 적을 수 있습니다. 적힌 길이: 8001자"),
        ({"stem": "가" * 80_001}, "stem", "8000자까지"),
        ({"stem": "\x07"}, "stem", "제어 문자"),
        ({"stem": "\ud800"}, "stem", "제어 문자"),
        ({"explanation": 3}, "explanation", "문자열이어야"),
        ({"topic": "가\n나"}, "topic", "한 줄로"),
        ({"level": "remember"}, "level", "기억, 이해, 적용, 분석 가운데 하나"),
        ({"difficulty": 0}, "difficulty", "1~5의 정수"),
        ({"difficulty": True}, "difficulty", "1~5의 정수"),
        ({"difficulty": 3.0}, "difficulty", "1~5의 정수"),
        ({"lesson": "SG vs NACL"}, "lesson", "영어 소문자"),
        ({"lesson": None}, "lesson", "quote 항목이 있으면 lesson도"),
        ({"as_of": "2026-02-31"}, "as_of", "날짜로"),
        ({"as_of": "20260306"}, "as_of", "날짜로"),
        ({"as_of": datetime.datetime(2026, 3, 6, tzinfo=datetime.UTC)}, "as_of", "날짜로"),
        ({"as_of": 2026}, "as_of", "날짜로"),
        ({"pont": 1}, "pont", "알 수 없는 항목입니다. 쓸 수 있는 항목: kind, stem"),
        ({"choice": []}, "choice", "알 수 없는 항목"),
    ],
)  # fmt: skip
def test_faulty_fields_are_refused_at_their_place(
    changed: dict[str, Any], path: str, message: str
) -> None:
    assert message in problems("essay", **changed)[path]


def test_every_mistake_is_told_at_once_and_under_its_path() -> None:
    findings = Findings()
    faulty = document("single", stem="", level="상", choice=[{"text": "가"}], extra=1)
    assert read_question(faulty, findings, "question[7]") is None
    assert {problem.path for problem in findings.problems()} == {
        "question[7].stem",
        "question[7].level",
        "question[7].extra",
        "question[7].choice[0].right",
    }


def test_what_was_found_before_does_not_refuse_a_question() -> None:
    findings = Findings()
    findings.add("question[0]", "다른 문제의 잘못")
    assert read_question(document("essay"), findings, "question[1]") is not None


@pytest.mark.parametrize("nonsense", [None, [], "single", 3, {}, {"kind": {}}, {1: 2}])
def test_what_is_no_question_is_refused(nonsense: object) -> None:
    findings = Findings()
    assert read_question(nonsense, findings) is None
    assert findings
