"""Texts compared word by word."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.studio.domain.pairing import pair_members
from apps.studio.domain.words import Mark, Piece, diff_lists, diff_words

TEXTS = st.text(alphabet="가나 다,.\nab", max_size=40)


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.mark.value, piece.text) for piece in diff_words(old, new)]


def test_a_word_is_told_with_its_particle() -> None:
    assert told("보안 그룹은 응답을 기억합니다.", "보안 그룹이 응답을 기억합니다.") == [
        ("same", "보안 "),
        ("removed", "그룹은"),
        ("added", "그룹이"),
        ("same", " 응답을 기억합니다."),
    ]


def test_the_same_text_is_one_piece() -> None:
    assert told("그대로입니다.", "그대로입니다.") == [("same", "그대로입니다.")]
    assert told("", "") == []


def test_a_sign_between_changes_makes_no_island() -> None:
    assert told("가, 나", "다, 라") == [("removed", "가, 나"), ("added", "다, 라")]


@settings(max_examples=100)
@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_the_pieces(old: str, new: str) -> None:
    pieces = diff_words(old, new)
    assert "".join(each.text for each in pieces if each.mark is not Mark.ADDED) == old
    assert "".join(each.text for each in pieces if each.mark is not Mark.REMOVED) == new


def test_long_texts_that_have_nothing_in_common_cost_no_time() -> None:
    old, new = "가 나 " * 2_000, "다 나 라 " * 2_000
    begun = time.process_time()
    pieces = diff_words(old, new)
    assert time.process_time() - begun < 2
    assert [each.mark for each in pieces] == [
        Mark.REMOVED,
        Mark.ADDED,
        Mark.SAME,
    ]  # the space at the end


def test_a_list_is_told_entry_by_entry() -> None:
    assert diff_lists(["가", "나"], ["나", "다"]) == (
        Piece(Mark.REMOVED, "가"),
        Piece(Mark.SAME, "나"),
        Piece(Mark.ADDED, "다"),
    )


def member(id_: str, text: str) -> dict[str, str]:
    return {"id": id_, "text": text}


def test_members_pair_by_id_then_text_then_likeness() -> None:
    old = [member("a", "하나"), member("b", "둘"), member("c", "응답은 규칙을 보지 않습니다")]
    new = [
        member("x", "응답은 규칙을 보지 않고 나갑니다"),
        member("y", "둘"),
        member("a", "첫째"),
        member("z", "전혀 다른 것"),
    ]
    paired = pair_members(old, new)
    assert [(was["id"], now["id"]) for was, now in paired.pairs] == [
        ("c", "x"),
        ("b", "y"),
        ("a", "a"),
    ]
    assert [each["id"] for each in paired.added] == ["z"]
    assert paired.removed == ()
