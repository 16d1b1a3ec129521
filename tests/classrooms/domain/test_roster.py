"""Rosters as they really come: pasted, exported, broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.classrooms.domain.roster import (
    MAX_ROWS,
    Roster,
    RosterRow,
    check_against,
    read_roster,
)
from apps.classrooms.domain.roster_text import LARGEST

SHEET = "학번\t이름\n10201\t김하늘\n10202\t이바다\n"
PEOPLE = [("김하늘", "10201"), ("이바다", "10202")]


def people(roster: Roster) -> list[tuple[str, str]]:
    return [(row.name, row.student_number) for row in roster.rows]


def reasons(roster: Roster) -> dict[int, str]:
    return {problem.line: problem.reason for problem in roster.problems}


def notes(roster: Roster) -> dict[str, str]:
    return {row.name: " ".join(row.notes) for row in roster.rows}


def test_cells_copied_from_a_spreadsheet_are_read() -> None:
    roster = read_roster(SHEET)
    assert people(roster) == PEOPLE
    assert roster.problems == ()
    assert roster.refusal == ""


@pytest.mark.parametrize(
    "source",
    [
        SHEET.replace("\t", ",").encode(),
        SHEET.replace("\t", ",").encode("utf-8-sig"),
        SHEET.replace("\t", ";").encode(),
        SHEET.replace("\t", ",").encode("cp949"),
        SHEET.encode("utf-16"),
        SHEET.encode("utf-16-be"),
        SHEET.encode("utf-16-le"),
        ("\ufeff" + SHEET).encode("utf-16-be"),
        SHEET.replace("\n", "\r\n").encode(),
        SHEET.replace("\n", "\r").encode(),
        b"\xed\x95\x99\xeb\xb2\x88,\xec\x9d\xb4\xeb\xa6\x84\n"
        + '"10201","김하늘"\n"10202","이바다"'.encode(),
    ],
    ids=[
        "utf-8",
        "utf-8 with mark",
        "semicolons",
        "cp949",
        "utf-16 with mark",
        "utf-16-be",
        "utf-16-le",
        "utf-16-be with mark",
        "windows line ends",
        "old line ends",
        "quoted",
    ],
)
def test_every_encoding_and_delimiter_gives_the_same_people(source: bytes) -> None:
    assert people(read_roster(source)) == PEOPLE


def test_rare_syllables_of_cp949_survive() -> None:
    source = "이름\n펭수\n똠방각하\n".encode("cp949")
    assert [row.name for row in read_roster(source).rows] == ["펭수", "똠방각하"]


@pytest.mark.parametrize(
    "heading", ["학번,이름", "번호,성명", " 학 번 ,이 름", "ID,Name", "No.,이름*"]
)
def test_headings_are_known(heading: str) -> None:
    assert people(read_roster(f"{heading}\n10201,김하늘")) == [("김하늘", "10201")]


def test_columns_in_any_order_and_others_between_them_are_left_out() -> None:
    text = "성명,성별,학년,반,번호\n김하늘,여,1,2,1\n이바다,남,1,2,2\n"
    assert people(read_roster(text)) == [("김하늘", "1"), ("이바다", "2")]


def test_of_two_number_columns_the_student_number_is_taken() -> None:
    text = "번호\t학번\t이름\n1\t10201\t김하늘\n"
    assert people(read_roster(text)) == [("김하늘", "10201")]


def test_titles_above_the_heading_are_passed_over_and_said() -> None:
    roster = read_roster("1학년 2반 명렬표\n\n학번,이름\n10201,김하늘")
    assert people(roster) == [("김하늘", "10201")]
    assert "제목 위의 1줄" in " ".join(roster.remarks)
    assert roster.rows[0].line == 4


def test_without_a_heading_the_content_tells_the_columns() -> None:
    roster = read_roster("1\t20231001\t김하늘\t여\n2\t20231002\t이바다\t여\n3\t20231003\t박산\t남")
    assert people(roster) == [("김하늘", "20231001"), ("이바다", "20231002"), ("박산", "20231003")]
    assert "3번째 칸에서 이름" in roster.remarks[0]
    assert "2번째 칸에서 학번" in roster.remarks[0]


def test_names_alone_are_enough() -> None:
    assert people(read_roster("김하늘\n이바다\n")) == [("김하늘", ""), ("이바다", "")]


def test_number_and_name_with_a_space_between() -> None:
    assert people(read_roster("1. 김하늘\n2. 이바다\n박산 3")) == [
        ("김하늘", "1"),
        ("이바다", "2"),
        ("박산", "3"),
    ]


def test_empty_lines_are_nothing_and_lines_keep_their_numbers() -> None:
    roster = read_roster("이름,학번\n\n김하늘,1\n , \n\n이바다,2\n")
    assert [row.line for row in roster.rows] == [3, 6]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("10203,", "이름이 비어"),
        ("10203,=HYPERLINK(1)", "수식"),
        ("10203,@하늘", "수식"),
        ("=1+1,박산", "수식"),
        ("10203,12345", "글자가 없습니다"),
        (f"10203,{'가' * 51}", "50자까지"),
        ("1234567890123456789012,박산", "20자까지"),
        ("1.0E+07,박산", "줄여"),
        ("2.02E+07,박산", "줄여"),
        ("#####,박산", "####"),
        ("학번없음,박산", "숫자가 없습니다"),
        ("10203,박\x07산", "제어 문자"),
        ("10203,박\u202e산", "제어 문자"),
        ("10203,박\0산", "NUL"),
        ('10203,"박산', "따옴표"),
        ('10203,"박\n산"', "줄바꿈"),
        ("10203,박산" + ",x" * 70, "72칸"),
    ],
)
def test_a_bad_line_is_reported_with_its_number_and_the_others_stay(line: str, reason: str) -> None:
    roster = read_roster(f"학번,이름\n10201,김하늘\n{line}\n10202,이바다\n")
    assert people(roster) == PEOPLE
    assert list(reasons(roster)) == [3]
    assert reason in reasons(roster)[3]


def test_an_open_quote_does_not_swallow_the_rest() -> None:
    text = '학번,이름\n10201,"김하늘\n' + "".join(f"{n},학생{n}\n" for n in range(10300, 10320))
    roster = read_roster(text)
    assert len(roster.rows) == 20
    assert list(reasons(roster)) == [2]


def test_full_width_digits_and_spaces_are_made_plain() -> None:
    assert people(read_roster("학번,이름\n１０２０１, 김  하늘 ")) == [("김 하늘", "10201")]


def test_decomposed_hangul_is_composed() -> None:
    import unicodedata

    assert people(read_roster(unicodedata.normalize("NFD", SHEET))) == PEOPLE


def test_a_trailing_decimal_is_taken_off_and_said() -> None:
    roster = read_roster("학번,이름\n10201.0,김하늘")
    assert people(roster) == [("김하늘", "10201")]
    assert "‘.0’" in notes(roster)["김하늘"]


def test_lost_leading_zeros_are_pointed_out() -> None:
    roster = read_roster("학번,이름\n00123,김하늘\n124,이바다\n00125,박산")
    assert "앞의 0" in notes(roster)["이바다"]
    assert notes(roster)["김하늘"] == ""


def test_a_short_number_among_long_ones_is_pointed_out() -> None:
    roster = read_roster("학번,이름\n20231001,가나\n20231002,다라\n231003,마바")
    assert "8자리" in notes(roster)["마바"]


def test_running_numbers_are_not_suspected() -> None:
    roster = read_roster(
        "번호,이름\n" + "".join(f"{n},학생{'가나다라마바사아자차카타'[n]}\n" for n in range(12))
    )
    assert len(roster.rows) == 12
    assert set(notes(roster).values()) == {""}


def test_the_same_number_twice_is_reported_once_for_the_second() -> None:
    roster = read_roster("학번,이름\n1,김하늘\n1,이바다")
    assert people(roster) == [("김하늘", "1")]
    assert "2줄과 학번" in reasons(roster)[3]


def test_people_of_one_name_with_different_numbers_are_two() -> None:
    assert len(read_roster("학번,이름\n1,김하늘\n2,김하늘").rows) == 2


@pytest.mark.parametrize("text", ["김하늘\n김하늘", "학번,이름\n1,김하늘\n,김하늘"])
def test_people_of_one_name_without_numbers_are_reported(text: str) -> None:
    roster = read_roster(text)
    assert len(roster.rows) == 1
    assert ["동명이인" in reason for reason in reasons(roster).values()] == [True]


def test_what_is_too_large_is_refused_whole() -> None:
    assert "1 MB" in read_roster("가" * (LARGEST + 1)).refusal
    assert "1 MB" in read_roster(b"a" * (LARGEST + 1)).refusal


def test_too_many_people_are_refused_whole() -> None:
    text = "학번,이름\n" + "".join(f"{n},이름가\n" for n in range(MAX_ROWS + 1))
    assert f"{MAX_ROWS}명" in read_roster(text).refusal
    assert "501줄" in read_roster(text).refusal


def test_a_workbook_is_refused_with_the_way_out() -> None:
    refusal = read_roster(b"PK\x03\x04rest of it").refusal
    assert "CSV" in refusal
    assert "붙여 넣" in refusal


def test_bytes_that_are_no_text_are_refused() -> None:
    assert "글자를 읽지 못했습니다" in read_roster(b"\xff\xff\xff\x81\x20\xfe").refusal


@pytest.mark.parametrize("text", ["", "\n\n", " , \n", "\ufeff"])
def test_an_empty_roster_says_so(text: str) -> None:
    assert "비어" in read_roster(text).refusal


def test_numbers_alone_have_no_name_column() -> None:
    assert "이름이 어느 열인지" in read_roster("1,2\n3,4").refusal


def test_who_is_in_the_class_is_not_added_again() -> None:
    roster = check_against(read_roster(SHEET), [("김하늘", "10201")])
    assert people(roster) == [("이바다", "10202")]
    assert reasons(roster) == {2: "이미 반에 있습니다."}


def test_a_number_of_somebody_else_in_the_class_is_reported() -> None:
    roster = check_against(read_roster(SHEET), [("최강", "10201")])
    assert "최강" in reasons(roster)[2]


@pytest.mark.parametrize("number", ["", "10777"])
def test_a_name_of_the_class_needs_numbers_on_both_sides(number: str) -> None:
    roster = check_against(read_roster(SHEET), [("김하늘", number)])
    if number:
        assert people(roster) == PEOPLE
        assert "같은 이름" in notes(roster)["김하늘"]
    else:
        assert "구별됩니다" in reasons(roster)[2]


@given(st.one_of(st.binary(max_size=400), st.text(max_size=400)))
def test_nothing_that_can_be_sent_breaks_it(source: bytes | str) -> None:
    roster = read_roster(source)
    for row in roster.rows:
        assert isinstance(row, RosterRow)
        assert 0 < len(row.name) <= 50
        assert len(row.student_number) <= 20
        assert row.name.isprintable()
    assert roster.refusal or roster.rows or roster.problems or roster.remarks


@given(
    st.lists(
        st.tuples(
            st.text("가나다라마바사아자차카타파하", min_size=2, max_size=4),
            st.integers(10_000, 99_999).map(str),
        ),
        min_size=1,
        max_size=40,
        unique_by=lambda pair: pair[1],
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "cp949", "utf-16"]),
    st.sampled_from(",;\t"),
)
def test_what_was_written_is_read_again(
    pairs: list[tuple[str, str]], encoding: str, delimiter: str
) -> None:
    text = f"학번{delimiter}이름\r\n" + "".join(f"{n}{delimiter}{name}\r\n" for name, n in pairs)
    roster = read_roster(text.encode(encoding))
    assert people(roster) == pairs
    assert roster.problems == ()
