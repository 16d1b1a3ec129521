"""What is wrong with a document, and what could be better."""

from typing import Any

import pytest

from apps.content.catalogue import Catalogue
from apps.studio.services.publishing import check_document
from tests.quizzes.domain.documents import OWN, choice
from tests.studio.factories import make_document

EVERY_KIND = tuple(kind for kind in OWN if kind != "generated")
LONG = "정답은 이렇게 조건과 예외까지 하나하나 모두 적어 다른 보기보다 훨씬 길어졌습니다"


def problems(kind: str = "single", **changed: Any) -> dict[str, str]:
    found = check_document(make_document(kind, **changed)).problems
    return {each.path: each.message for each in found}


def advice(kind: str = "single", **changed: Any) -> dict[str, str]:
    checked = check_document(make_document(kind, **changed))
    assert checked.spec is not None, checked.problems
    return {each.path: each.message for each in checked.advice}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_good_question_of_every_kind_has_neither(kind: str) -> None:
    checked = check_document(make_document(kind))
    assert checked.problems == ()
    assert checked.advice == ()
    assert bool(checked.engine) == (kind == "scenario")


def test_a_picture_without_words_is_a_problem_at_its_place() -> None:
    choices = [choice("![](/media/a.png)", True), choice("나")]
    found = problems(stem="무엇인가요? ![ ](/media/b.png)", choice=choices)
    assert set(found) == {"stem", "choice[0].text"}
    assert problems(stem="무엇인가요? ![서브넷 두 개](/media/b.png)") == {}


def test_code_that_looks_like_a_picture_is_none() -> None:
    assert problems(stem="`![](a.png)`은 무엇인가요?") == {}


def test_missing_feedback_is_asked_for_kindly() -> None:
    (told,) = advice(choice=[choice("가", True), choice("나", feedback="")]).values()
    assert told.endswith("설명을 적어 주면 좋습니다.")
    (told,) = advice("true_false", feedback_false=None).values()
    assert told.endswith("설명을 적어 주면 좋습니다.")


def test_a_question_without_explanation_can_be_published() -> None:
    assert set(advice(explanation=None)) == {"explanation"}


def test_a_key_that_is_the_longest_by_far_is_told() -> None:
    choices = [choice("허용만 합니다"), choice(LONG, True), choice("거부만 합니다")]
    assert set(advice(choice=choices)) == {"choice[1].text"}


def test_a_long_wrong_choice_tells_nothing() -> None:
    choices = [choice("허용만 합니다", True), choice(LONG), choice("거부만 합니다")]
    assert advice(choice=choices) == {}


@pytest.mark.parametrize("text", ["모두 정답", "위의 모든 것", "위 모두", "정답 없음", "모두 맞다"])
def test_choices_about_the_other_choices_are_told(text: str) -> None:
    choices = [choice("허용만", True), choice("거부만"), choice(text)]
    assert set(advice(choice=choices)) == {"choice[2].text"}


@pytest.mark.parametrize("text", ["포트와 주소가 모두 맞아야 통과합니다", "정답지를 만듭니다"])
def test_choices_that_say_something_of_their_own_are_left_alone(text: str) -> None:
    assert advice(choice=[choice("허용만", True), choice("거부만"), choice(text)]) == {}


@pytest.mark.parametrize("stem", ["보안 그룹", "보안 그룹은 상태를 저장합니다."])
def test_a_stem_that_asks_nothing_is_told(stem: str) -> None:
    assert set(advice(stem=stem)) == {"stem"}


@pytest.mark.parametrize(
    "stem",
    [
        "알맞은 것은?",
        "알맞은 것을 고르시오.",
        "무엇인지 고르세요.",
        "보안 그룹의 기본 규칙은 무엇인가\n\n| 가 | 나 |\n|---|---|\n| 1 | 2 |",
        "보안 그룹은 ____ 합니다.",
        "다음 중 옳지 않은 것",
    ],
)
def test_a_stem_that_asks_is_left_alone(stem: str) -> None:
    assert "stem" not in advice(stem=stem)


def test_what_the_engine_says_otherwise_is_a_problem() -> None:
    assert set(problems("scenario", expect=["아무 데도 없는 보기"])) == {"expect"}
    assert set(problems("scenario", preset="no-such")) == {"widget"}
    assert set(problems("generated", generator="no-such")) == {"generator"}


def test_a_place_that_is_not_there_is_a_problem(course: Catalogue) -> None:
    assert set(problems(lesson="no-such-lesson")) == {"lesson"}
    assert set(problems(lesson="sg-vs-nacl", section="no-such")) == {"section"}


def test_problems_are_told_in_the_words_of_the_form() -> None:
    assert problems(choice=[choice("가"), choice("나")]) == {
        "choice": "정답인 보기가 하나여야 합니다. 적힌 수: 0개. "
        "여럿이면 ‘여러 개 고르기’ 문제로 만들어 주세요."
    }
    assert problems(section="rules", lesson=None)["lesson"] == (
        "레슨의 절까지 적었으니 레슨도 골라 주세요."
    )
    assert problems("true_false", answer=None)["answer"] == "비어 있습니다. 내용을 적어 주세요."


def test_no_kind_tells_its_problems_in_the_words_of_files() -> None:
    told = [
        *problems("true_false", answer="true").values(),
        *problems("multiple", choice=[choice("가"), choice("나")]).values(),
        *problems("matching", pair=[{"left": "가", "right": "나"}] * 2).values(),
        *problems("categorize", row=[{"text": "가", "category": "없는 범주"}] * 2).values(),
        *problems("numeric", answer="0", tolerance_percent="3").values(),
        *problems("numeric", tolerance="1", tolerance_percent="3").values(),
    ]
    words = ("right", "kind", "extra", "tolerance", "categories", "true")
    assert [text for text in told if any(word in text for word in words)] == []
