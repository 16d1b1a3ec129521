"""All files together: names, sentences of lessons, pools, enough to draw from."""

from pathlib import Path

import pytest

from tests.quizzes.loading.files import FIRST, QUIZ, SECOND, complaints, read

EXAM_RUN = QUIZ.replace('"immediate"', '"after_submit"')


def draws(count: int, pool: str = "practice") -> str:
    return QUIZ.replace(
        'question = "first"', f'topic = "networks"\npool = "{pool}"\ncount = {count}'
    )


@pytest.mark.parametrize("other", ['slug = "first"', 'id = "11111111-1111-4111-8111-0000000000f1"'])
def test_a_name_belongs_to_one_question_over_all_files(tmp_path: Path, other: str) -> None:
    key = other.split(" = ")[0]
    mine = next(line for line in SECOND.split("\n") if line.startswith(f"{key} = "))
    read(tmp_path, FIRST, name="a.toml")
    reading = read(tmp_path, "", SECOND.replace(mine, other), name="b.toml")
    (problem,) = reading.problems
    assert (Path(problem.path).name, problem.line) == ("b.toml", 2)
    assert f"a.toml 1번째 줄의 문제와 {key}가 같습니다" in problem.message


def test_two_quizzes_do_not_share_a_slug(tmp_path: Path) -> None:
    again = QUIZ.replace("8111-000000000001", "8111-000000000002")
    assert any("slug가 같습니다" in each for each in complaints(read(tmp_path, QUIZ, again, FIRST)))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('lesson = "sg-vs-nacl"', 'lesson = "nowhere"', "“nowhere” 레슨이 없습니다"),
        ('section = "ec2-to-rds-flow"', 'section = "elsewhere"', "#elsewhere 제목이 없습니다"),
        ('section = "ec2-to-rds-flow"\n', "", "첫 제목 앞에 꼭 한 번"),
        ("TCP 3306 포트로 응답을 전송합니다.", "노트에 없는 문장입니다.", "꼭 한 번"),
        ("TCP 3306 포트로 응답을 전송합니다.", "TCP 3306", "꼭 한 번"),
        ("flow-response-port-3306", "no-such-erratum", "정정이 없습니다"),
        ("flow-response-port-3306", "s3-object-is-a-file", "정정이 없습니다"),
    ],
)
def test_a_sentence_is_cited_as_it_stands_in_its_lesson(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    (told,) = complaints(read(tmp_path, FIRST.replace(old, new)))
    assert told.startswith("1: 문제 first")
    assert words in told


def test_a_sentence_is_found_through_the_marks_of_a_correction(tmp_path: Path) -> None:
    row = "| 1   | 퍼블릭 서브넷의 NACL  | 아웃바운드: TCP 3306 → 프라이빗 서브넷 허용 |"
    assert not complaints(read(tmp_path, FIRST.replace("TCP 3306 포트로 응답을 전송합니다.", row)))


def test_the_lesson_of_a_quiz_exists(tmp_path: Path) -> None:
    wrong = QUIZ.replace('lesson = "sg-vs-nacl"', 'lesson = "nowhere"')
    assert any(
        "“nowhere” 레슨이 없습니다" in each for each in complaints(read(tmp_path, wrong, FIRST))
    )


def test_a_quiz_asks_what_there_is_and_once(tmp_path: Path) -> None:
    assert any(
        "“first” 문제가 없습니다" in each for each in complaints(read(tmp_path, QUIZ, SECOND))
    )
    twice = QUIZ + '\n[[quiz.section.draw]]\nquestion = "first"\n'
    assert any("2번 있습니다" in each for each in complaints(read(tmp_path, twice, FIRST)))


def test_a_question_with_a_mistake_of_its_own_is_not_told_to_be_missing(tmp_path: Path) -> None:
    broken = FIRST.replace("difficulty = 2", "difficulty = 0")
    (told,) = complaints(read(tmp_path, QUIZ, broken))
    assert "1~5" in told


def test_there_is_enough_to_draw_from(tmp_path: Path) -> None:
    assert not complaints(read(tmp_path, draws(2), FIRST, SECOND))
    (told,) = complaints(read(tmp_path, draws(3), FIRST, SECOND))
    assert "2개인데 3개를 뽑으려 합니다" in told


def test_what_is_asked_anyway_is_not_there_to_be_drawn(tmp_path: Path) -> None:
    quiz = draws(2) + '\n[[quiz.section.draw]]\nquestion = "first"\n'
    (told,) = complaints(read(tmp_path, quiz, FIRST, SECOND))
    assert "1개인데 2개를 뽑으려 합니다" in told


def test_questions_kept_for_exams_never_appear_in_practice(tmp_path: Path) -> None:
    kept = FIRST.replace('pool = "practice"', 'pool = "exam"')
    (told,) = complaints(read(tmp_path, QUIZ, kept))
    assert "연습 퀴즈에는 pool이 practice인 문제만" in told
    assert any(
        "practice인 문제만" in each for each in complaints(read(tmp_path, draws(1, "exam"), kept))
    )


def test_practice_questions_do_not_appear_in_exams(tmp_path: Path) -> None:
    (told,) = complaints(read(tmp_path, EXAM_RUN, FIRST))
    assert "시험 퀴즈에는 pool이 exam인 문제만" in told


def test_one_quiz_is_not_practice_and_exam_at_once(tmp_path: Path) -> None:
    run = '[[quiz.run]]\nslug = "exam"\ntitle = "시험"\nfeedback = "after_submit"\n'
    both = QUIZ.replace("[[quiz.section]]\n", f"{run}\n[[quiz.section]]\n")
    (told,) = complaints(read(tmp_path, both, FIRST))
    assert "다른 퀴즈로 나누십시오" in told


def test_a_dated_question_is_no_part_of_what_an_exam_counts_on(tmp_path: Path) -> None:
    exam = [each.replace('"practice"', '"exam"') for each in (FIRST, SECOND)]
    dated = exam[1].replace("difficulty = 2", 'difficulty = 2\nas_of = "2026-01-01"')
    quiz = EXAM_RUN.replace(
        'question = "first"', 'topic = "networks"\npool = "exam"\ncount = 2'
    ).replace('slug = "practice"', 'slug = "exam"')
    assert not complaints(read(tmp_path, quiz, *exam, name="a.toml"))
    (told,) = complaints(read(tmp_path, quiz, exam[0], dated, name="a.toml"))
    assert "1개인데 2개를 뽑으려 합니다" in told


def test_a_dated_question_is_not_fixed_in_an_exam(tmp_path: Path) -> None:
    dated = FIRST.replace('"practice"', '"exam"').replace(
        "difficulty = 2", 'difficulty = 2\nas_of = "2026-01-01"'
    )
    (told,) = complaints(read(tmp_path, EXAM_RUN, dated))
    assert "때가 지나면 시험에서 빠집니다" in told
