"""`import_questions` and `export_questions`."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from apps.quizzes.models import Draw, Question, Quiz
from apps.studio.models import Draft
from tests.studio.factories import make_instructor, make_question, make_quiz
from tests.studio.importing.files import GIFT

KEYS = {
    *("line", "kind", "title", "id", "tags", "stem", "stem_format", "choices", "pairs", "answer"),
    *("answers", "feedback_true", "feedback_false", "general_feedback", "becomes", "problems"),
}


def run(name: str, *args: str) -> tuple[str, str, int]:
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command(name, *args, stdout=out, stderr=err)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return out.getvalue(), err.getvalue(), code


def written(folder: Path, text: str | bytes, name: str = "a.txt") -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def read_json(*args: str) -> tuple[dict[str, Any], int]:
    out, _, code = run("import_questions", *args, "--dry-run", "--json")
    return json.loads(out), code


def test_json_says_what_was_read(tmp_path: Path) -> None:
    said, code = read_json(written(tmp_path, GIFT), "--format", "gift")
    assert code == 0
    assert all(set(each) == KEYS for each in said["items"])
    kinds = [(each["kind"], each["becomes"]) for each in said["items"]]
    assert kinds[:3] == [("category", ""), ("single", "single"), ("true_false", "true_false")]
    assert ("description", "") in kinds
    numeric = next(each for each in said["items"] if each["kind"] == "numeric")
    assert numeric["answers"] == [
        {"value": "3.14", "tolerance": "0.005", "weight": "100", "feedback": ""}
    ]
    assert [each["line"] for each in said["problems"]] == [16]


def test_json_of_our_own_format_has_the_same_keys(tmp_path: Path) -> None:
    text = '[[question]]\nkind = "ordering"\nstem = "차례?"\nitems = ["가", "나"]\n'
    said, _ = read_json(written(tmp_path, text), "--format", "toml")
    assert set(said["items"][0]) == KEYS
    assert said["items"][0]["becomes"] == "ordering"


@pytest.mark.parametrize("format_name", ["gift", "moodle-xml", "aiken", "qti12", "toml"])
@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff", b"<a><b>", b"PK\x03\x04broken"])
def test_an_unreadable_file_is_one_message_and_exit_code_1(
    tmp_path: Path, content: bytes, format_name: str
) -> None:
    path = written(tmp_path, content)
    if (format_name, content) == ("gift", b"<a><b>"):
        return  # a text without braces is a description there
    out, err, code = run("import_questions", path, "--format", format_name, "--dry-run", "--json")
    said = json.loads(out)
    assert code == 1
    assert said["items"] == []
    assert said["problems"][0]["message"]
    assert len(err.strip().splitlines()) == 1


def test_a_missing_file_is_told() -> None:
    _, err, code = run("import_questions", "/nowhere/a.txt", "--format", "gift", "--dry-run")
    assert code == 1
    assert "열 수 없습니다" in err


def test_more_than_20_mb_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, b"x" * (20 * 1024 * 1024 + 1))
    _, err, code = run("import_questions", path, "--format", "gift", "--dry-run")
    assert code == 1
    assert "20 MB" in err


def test_more_than_2000_entries_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "\n\n".join(f"{n}? {{T}}" for n in range(2_001)))
    _, err, code = run("import_questions", path, "--format", "gift", "--dry-run")
    assert code == 1
    assert "2,000개" in err


@pytest.mark.django_db
def test_without_dry_run_it_makes_questions_of_the_owner(tmp_path: Path) -> None:
    make_instructor("lee")
    path = written(tmp_path, GIFT.encode("cp949"))
    out, err, code = run("import_questions", path, "--format", "gift", "--owner", "lee")
    assert code == 0
    assert "4개를 발행하고 1개를 초안으로 남겼습니다." in out
    assert "16번째 줄" in err
    assert Question.objects.filter(owner__username="lee").current().count() == 4
    assert Draft.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("owner", [(), ("--owner", "nobody"), ("--owner", "pupil")])
def test_it_needs_an_instructor(tmp_path: Path, owner: tuple[str, ...]) -> None:
    make_instructor("pupil", is_instructor=False)
    _, err, code = run("import_questions", written(tmp_path, GIFT), "--format", "gift", *owner)
    assert code == 1
    assert len(err.strip().splitlines()) == 1
    assert not Question.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("format_name", ["gift", "moodle-xml", "toml"])
def test_what_was_exported_comes_back_the_same(tmp_path: Path, format_name: str) -> None:
    owner = make_instructor()
    for kind in ("single", "true_false", "short_text"):
        make_question(owner, kind, title=f"이름 {kind}", tags=["가"])
    path = str(tmp_path / "out")
    run("export_questions", "--format", format_name, "--owner", "kim", "--output", path)
    make_instructor("lee")
    run("import_questions", path, "--format", format_name, "--owner", "lee")
    mine, theirs = (
        {
            (each.title, str(each.current.spec.shown), str(each.current.spec.secret))
            for each in Question.objects.filter(owner__username=name).current()
            if each.current
        }
        for name in ("kim", "lee")
    )
    assert mine == theirs
    assert len(mine) == 3


@pytest.mark.django_db
def test_a_quiz_comes_back_with_its_sections(tmp_path: Path) -> None:
    owner = make_instructor()
    questions = [make_question(owner, kind) for kind in ("single", "essay")]
    quiz = make_quiz(owner, questions, title="처음", time_limit=600, pass_mark=60)
    path = str(tmp_path / "quiz.toml")
    run("export_questions", "--format", "toml", "--quiz", quiz.slug, "--output", path)
    make_instructor("lee")
    _, err, code = run("import_questions", path, "--format", "toml", "--owner", "lee")
    assert (err, code) == ("", 0)
    copy = Quiz.objects.get(owner__username="lee")
    assert (copy.title, copy.time_limit, copy.pass_mark) == ("처음", 600, 60)
    asked = Draw.objects.filter(section__quiz=copy).order_by("position")
    kinds = [
        draw.question.current.kind for draw in asked if draw.question and draw.question.current
    ]
    assert kinds == ["single", "essay"]


@pytest.mark.django_db
def test_losses_go_to_standard_error() -> None:
    make_question(make_instructor(), "ordering")
    out, err, code = run("export_questions", "--format", "gift", "--owner", "kim")
    assert code == 0
    assert " -> 1" in out
    assert "짝짓기로 바꿔 적습니다." in err


@pytest.mark.django_db
def test_there_has_to_be_something_to_export() -> None:
    make_instructor()
    _, err, code = run("export_questions", "--format", "gift", "--owner", "kim")
    assert code == 1
    assert "내보낼 문제가 없습니다." in err
