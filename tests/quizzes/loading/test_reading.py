"""One file of questions: what it says, and every mistake at its line."""

from pathlib import Path

import pytest

from apps.quizzes.loading.bank import Bank
from tests.quizzes.loading.files import FIRST, QUIZ, SCENARIO, SECOND, complaints, read


def bank_of(folder: Path, *texts: str) -> Bank:
    reading = read(folder, *texts)
    assert reading.bank is not None, complaints(reading)
    return reading.bank


def test_a_file_becomes_a_bank(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, QUIZ, FIRST)
    (question,), (quiz,) = bank.questions, bank.quizzes
    assert (question.slug, question.pool, question.engine) == ("first", "practice", "")
    assert question.spec.about.erratum == "flow-response-port-3306"
    assert (quiz.scoring, quiz.shuffle_choices, quiz.pass_mark) == ("all_or_nothing", True, None)
    (run,) = quiz.runs
    assert (run.time_limit, run.max_attempts, run.counts) == (None, None, "best")


def test_minutes_of_a_run_become_seconds(tmp_path: Path) -> None:
    limited = QUIZ.replace('"immediate"', '"immediate"\nminutes = 15\nmax_attempts = 2')
    (quiz,) = bank_of(tmp_path, limited, FIRST).quizzes
    assert (quiz.runs[0].time_limit, quiz.runs[0].max_attempts) == (900, 2)


def test_no_files_are_an_empty_bank(tmp_path: Path) -> None:
    bank = bank_of(tmp_path)
    assert (bank.questions, bank.quizzes) == ((), ())


def test_the_engine_that_computed_a_key_is_named_with_its_version(tmp_path: Path) -> None:
    (question,) = bank_of(tmp_path, SCENARIO).questions
    name, version = question.engine.split()
    assert name == "packet-walk"
    assert len(version) == 12


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('kind = "single"', 'kind = "drawing"', 5, "kind"),
        ('pool = "practice"', 'pool = "test"', 4, "practice, exam"),
        ('slug = "first"', 'slug = "First one"', 3, "영어 소문자"),
        ('slug = "first"', f'slug = "{"a" * 81}"', 3, "80자"),
        ('topic = "networks"', 'topic = "네트워크"', 6, "영어 소문자"),
        ('topic = "networks"', f'topic = "{"a" * 61}"', 6, "60자"),
        ("difficulty = 2", "difficulty = 9", 12, "1~5"),
        ('level = "이해"', 'level = "감상"', 11, "level"),
        ('id = "11111111', 'id = "1111', 2, "UUID"),
        ("difficulty = 2", "difficulty = 2\ncolor = 1", 13, "color"),
        ('feedback = "3306은 출발지입니다."\n', "", 20, "왜 틀렸는지"),
        ("right = true", "right = false\nfeedback = 'x'", 1, "하나여야"),
        ('stem = "응답은 어디로 갑니까?"\n', "", 1, "stem"),
    ],
)
def test_a_mistake_is_told_at_its_line_with_a_way_to_mend_it(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert FIRST.count(old) == 1
    told = complaints(read(tmp_path, FIRST.replace(old, new)))
    assert any(each.startswith(f"{line}: 문제") and words in each for each in told), told


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('feedback = "immediate"', 'feedback = "after_close"', "after_submit"),
        ('slug = "practice"', f'slug = "{"a" * 41}"', "40자"),
        ('title = "작은 퀴즈"', f'title = "{"가" * 121}"', "120자"),
        ("minutes = 5", 'minutes = "5분"', "정수"),
        ("[[quiz.section]]\n\n[[quiz.section.draw]]\n", "", "section"),
        ('question = "first"', 'question = "first"\ncount = 2', "count"),
        ('question = "first"', "points = 2", "topic"),
        ("minutes = 5", "minutes = 5\nscoring = 'fair'", "all_or_nothing"),
    ],
)
def test_a_mistake_in_a_quiz_is_told(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert QUIZ.count(old) == 1
    told = complaints(read(tmp_path, QUIZ.replace(old, new), FIRST))
    assert any(words in each for each in told), told


def test_a_run_stands_once_in_its_quiz(tmp_path: Path) -> None:
    run = '[[quiz.run]]\nslug = "practice"\ntitle = "또"\nfeedback = "immediate"\n'
    told = complaints(read(tmp_path, QUIZ.replace("[[quiz.section]]", f"{run}\n[[quiz.section]]")))
    assert any("slug가 겹칩니다" in each for each in told)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[question]]\nid = ", "TOML"),
        ('question = "x"\n', "대괄호를 두 겹"),
        ("[[quizz]]\n", "quizz 항목은 쓰지 않습니다"),
    ],
)
def test_a_file_that_is_no_bank_is_told(tmp_path: Path, text: str, words: str) -> None:
    assert any(words in each for each in complaints(read(tmp_path, text)))


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    read(tmp_path, FIRST.replace("difficulty = 2", "difficulty = 0"), name="a.toml")
    reading = read(tmp_path, SECOND.replace("difficulty = 2", "difficulty = 0"), name="b.toml")
    assert [Path(problem.path).name for problem in reading.problems] == ["a.toml", "b.toml"]


def test_what_a_file_expects_must_be_what_the_engine_says(tmp_path: Path) -> None:
    (told,) = complaints(read(tmp_path, SCENARIO.replace("step-6", "none")))
    assert "엔진의 판정과 다릅니다" in told
    assert "acl-private NACL의 아웃바운드" in told


def test_what_is_expected_may_be_said_in_words(tmp_path: Path) -> None:
    words = "6단계(⑤) acl-private NACL의 아웃바운드 – 응답"
    assert bank_of(tmp_path, SCENARIO.replace("step-6", words)).questions


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("packet-walk", "packet-run", "실습은 없습니다"),
        ('preset = "notes"', 'preset = "letters"', "상황은 없습니다"),
        ('ask = "stop"', 'ask = "start"', "disposition"),
        ('preset = "notes"', "scenario = {}", "시나리오가 맞지 않습니다"),
        (
            'kind = "scenario"\n',
            'kind = "generated"\ngenerator = "nothing"\n',
            "widget",
        ),
    ],
)
def test_a_question_that_cannot_be_computed_is_told(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    told = complaints(read(tmp_path, SCENARIO.replace(old, new)))
    assert any(words in each for each in told), told


def test_a_generator_that_does_not_exist_is_told(tmp_path: Path) -> None:
    head = SCENARIO.split("widget =")[0].replace('"scenario"', '"generated"')
    (told,) = complaints(read(tmp_path, head + 'generator = "packet-walk-dance"\n'))
    assert "생성기는 없습니다" in told
