from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.quizzes.domain.kinds.base import Json
from apps.quizzes.domain.kinds.numeric import read_number

from .documents import item, problems


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.5", "1/2"),
        (".5", "1/2"),
        ("1.", "1"),
        ("007", "7"),
        ("-3", "-3"),
        ("+3", "3"),
        ("\N{MINUS SIGN}3", "-3"),
        ("1,000", "1000"),
        ("12,345,678.25", "1234567825/100"),
        ("1/2", "1/2"),
        ("-1 / 3", "-1/3"),
        ("1,000/3", "1000/3"),
        ("０．５", "1/2"),
        ("１，０００", "1000"),
        ("１／２", "1/2"),
        (" 0.5\u3000", "1/2"),
        ("0.5GiB", "1/2"),
        ("0.5 gib", "1/2"),
        ("0.5 ＧｉＢ", "1/2"),
        ("GiB 0.5", "1/2"),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, number: str) -> None:
    assert read_number(text, unit="GiB") == Fraction(number)


@pytest.mark.parametrize(
    "text",
    ["", "GiB", "0,5", "1,00", "1,0000", "1e3", "약 0.5", "0.5쯤", "1만", "0.5 MiB", "1/0", "1//2",
     "5²", "½", "٣", "--1", "1.2.3", "0x10", "inf", "nan", "1 000", ".", "1/2/3", "0.5 GiB GiB"],
)  # fmt: skip
def test_what_would_have_to_be_guessed_is_no_number(text: str) -> None:
    assert read_number(text, unit="GiB") is None


def test_units_that_are_signs_stand_before_or_behind() -> None:
    assert read_number("$0.0416", unit="$") == Fraction("0.0416")
    assert read_number("50%", unit="%") == 50
    assert read_number("３ 개", unit="개") == 3


@given(st.fractions(), st.sampled_from(["", "GiB", "%", "개"]))
def test_every_fraction_is_read_back_exactly(number: Fraction, unit: str) -> None:
    text = f"{number}{unit}"
    if len(text) <= 60:
        assert read_number(text, unit=unit) == number


@given(st.text(), st.text(max_size=4))
def test_no_text_is_too_strange(text: str, unit: str) -> None:
    number = read_number(text, unit=unit)
    assert number is None or any(digit in "0123456789０１２３４５６７８９" for digit in text)


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ({"answer": "0.5"}, ["0.5", "0.50", "1/2", "０.５ GiB"], ["0.51", "-0.5", "5", "없음"]),
        ({"answer": "1/3"}, ["1/3", "2/6"], ["0.333333333333333"]),
        ({"answer": "10", "tolerance": "0.5"}, ["9.5", "10.5", "10"], ["9.49", "10.51"]),
        ({"answer": "-10", "tolerance_percent": "5"}, ["-9.5", "-10.5"], ["-9.49", "10"]),
        ({"answer": "0.1", "tolerance": "0.2"}, ["0.3", "-0.1"], ["0.30000000000000001"]),
    ],
)
def test_the_score_is_exact_about_the_tolerance(
    key: Json, right: list[str], wrong: list[str]
) -> None:
    numeric = item("numeric", **key)
    assert [numeric.score(numeric.answer(answer=text)) for text in right] == [1] * len(right)
    assert [numeric.score(numeric.answer(answer=text)) for text in wrong] == [0] * len(wrong)


def test_what_is_no_number_is_kept_and_told() -> None:
    with_unit, without = item("numeric"), item("numeric", unit=None)
    answer = with_unit.answer(answer=" 반\x00 ")
    assert answer == {"text": "반"}
    assert with_unit.problem(answer) == "숫자로 적어 주세요. 예: 0.5 (단위는 적지 않아도 됩니다)"
    assert without.problem(answer) == "숫자로 적어 주세요. 예: 0.5"
    assert without.problem({"text": "3"}) == without.problem({}) == ""


def test_the_review_shows_the_tolerance_where_there_is_one() -> None:
    exact = item("numeric")
    [line] = exact.review({"text": "반"})
    assert (line.own, line.right, line.is_right) == ("반", "0.5 GiB", False)
    [line] = item("numeric", tolerance="0.1").review({"text": "0.6"})
    assert (line.right, line.is_right) == ("0.5 GiB (오차 ±0.1까지 인정)", True)
    [line] = item("numeric", tolerance_percent="10", unit=None).review({})
    assert (line.right, line.is_right) == ("0.5 (오차 ±10%까지 인정)", False)


@pytest.mark.parametrize(
    ("changed", "path", "message"),
    [
        ({"answer": 0.5}, "answer", '따옴표로 묶어 적어 주세요. 예: answer = "0.5"'),
        ({"answer": 1}, "answer", "따옴표로 묶어"),
        ({"answer": "반"}, "answer", "숫자로 적어 주세요"),
        ({"answer": "0.5 GiB"}, "answer", "숫자로 적어 주세요"),
        ({"answer": ""}, "answer", "비어 있습니다"),
        ({"answer": True}, "answer", "문자열이어야"),
        ({"tolerance": "-1"}, "tolerance", "0 이상의 수여야"),
        ({"tolerance": "1", "tolerance_percent": "1"}, "tolerance", "하나만"),
        ({"tolerance_percent": "101"}, "tolerance_percent", "0~100의 수여야"),
        ({"answer": "0", "tolerance_percent": "1"}, "tolerance_percent", "정답이 0이면"),
        ({"unit": "1GiB"}, "unit", "숫자나 부호로"),
        ({"unit": 3}, "unit", "문자열이어야"),
    ],
)
def test_faulty_numbers_are_refused_at_their_place(changed: Json, path: str, message: str) -> None:
    assert message in problems("numeric", **changed)[path]
