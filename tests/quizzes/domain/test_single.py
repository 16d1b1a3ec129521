from fractions import Fraction

import pytest

from .documents import Item, choice, document, item, problems


def the(kind: Item, text: str) -> str:
    return kind.ids("choices")[text]


def test_the_right_choice_is_worth_one_and_any_other_nothing() -> None:
    single = item("single")
    scores = [
        single.score(single.answer(answer=the(single, text)))
        for text in ("거부만", "허용만", "허용과 거부")
    ]
    assert scores == [1, 0, 0]
    assert single.score({}) == 0


def test_of_several_values_the_last_that_is_a_choice_counts() -> None:
    single = item("single")
    first, last = the(single, "허용만"), the(single, "거부만")
    assert single.answer(answer=[first, last, "nonsense"]) == {"choice": last}
    assert single.answer(answer="nonsense") == {}


def test_choices_keep_their_order_in_the_file_and_ids_do_not_number_it() -> None:
    single = item("single")
    assert [each["text"] for each in single.body["choices"]] == ["허용만", "허용과 거부", "거부만"]
    turned = item("single", choice=document("single")["choice"][::-1])
    assert turned.ids("choices") == single.ids("choices")


def test_an_id_of_the_file_is_kept_when_its_text_changes() -> None:
    for text in ("허용만", "허용 규칙만"):
        named = item("single", choice=[choice(text, True, id="allow-only"), choice("거부만")])
        assert named.ids("choices")[text] == "allow-only"


def test_keep_order_turns_shuffling_off() -> None:
    texts = [choice(str(n), n == 3) for n in range(8)]
    free, kept = item("single", choice=texts), item("single", choice=texts, keep_order=True)
    in_file = list(kept.ids("choices").values())
    for seed in range(5):
        assert kept.kind.deal(kept.body, seed=seed, shuffle=True) == {"choices": in_file}
        assert free.kind.deal(free.body, seed=seed, shuffle=False) == {"choices": in_file}
    assert {
        tuple(free.kind.deal(free.body, seed=n, shuffle=True)["choices"]) for n in range(5)
    } != {tuple(in_file)}


def test_the_review_marks_what_was_picked_and_what_was_missed() -> None:
    single = item("single")
    lines = {line.text: line for line in single.review({"choice": the(single, "허용만")})}
    picked, alone, missed = lines["허용만"], lines["허용과 거부"], lines["거부만"]
    assert (picked.is_right, picked.picked, picked.right) == (False, True, "")
    assert picked.feedback == "허용만: 틀린 까닭"
    assert (alone.is_right, alone.picked, alone.feedback) == (None, False, "")
    assert (missed.is_right, missed.picked, missed.right) == (False, False, "거부만")


def test_an_answer_to_another_version_is_worth_nothing() -> None:
    single = item("single")
    assert single.score({"choice": "gone"}) == Fraction(0)
    assert not any(line.picked for line in single.review({"choice": "gone"}))


@pytest.mark.parametrize(
    ("choices", "path", "message"),
    [
        ([choice("가", True), choice("나", True)], "choice", "하나여야 합니다. 적힌 수: 2개"),
        ([choice("가"), choice("나")], "choice", "하나여야 합니다. 적힌 수: 0개"),
        ([choice("가", True)], "choice", "2개 이상"),
        ([choice("가", True), choice("가")], "choice[1].text", "같은 보기가 이미 있습니다: 「가」"),
        ([choice("가", True), {"text": "나", "right": False}], "choice[1].feedback", "왜 틀렸는지"),
        ([choice("가", True), choice("")], "choice[1].text", "비어 있습니다"),
        ([choice("가", True), choice("나", id="B 1")], "choice[1].id", "영어 소문자"),
        ([choice("가", True), choice("나", id="wrong-1")], "choice[1].id", "정답을 알려 주는"),
        ([choice("가", True, id="a"), choice("나", id="a")], "choice[1].id", "같은 id"),
        ([choice("가", True), "나"], "choice[1]", "객체여야 합니다"),
        ([choice("가", True), {"text": "나", "right": "false", "feedback": "x"}],
         "choice[1].right", "true나 false"),
        ([choice("가", True), {"text": "나", "feedback": "x"}], "choice[1].right", "반드시"),
        ([choice("가", True), choice("나", point=1)], "choice[1].point", "알 수 없는 항목"),
        ([choice(str(n), n == 0) for n in range(13)], "choice", "12개까지"),
        ("가", "choice", "배열이어야 합니다"),
    ],
)  # fmt: skip
def test_faulty_choices_are_refused_at_their_place(
    choices: object, path: str, message: str
) -> None:
    assert message in problems("single", choice=choices)[path]
