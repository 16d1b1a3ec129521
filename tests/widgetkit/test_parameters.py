"""Parameters of generators: what may be chosen, and what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.widgetkit.asks import Ask, Choice, Generator, Parameter, ParameterError, Variant
from apps.widgetkit.registry import all_widgets

OS = Parameter("os", "운영 체제", (("any", "섞어서"), ("linux", "Linux")), "any")
RULES = Parameter("rules", "규칙의 수", (("2", "2개"), ("3", "3개")), "2")


def make(seed: int, os: str = "any", rules: str = "2") -> Variant:
    choices = (Choice("a", "가"), Choice("b", "나"))
    return Variant({"os": os}, Ask("asked", "?", "single", choices, frozenset({"a"}), "!"))


GENERATOR = Generator("test", "시험", make, (OS, RULES))


def test_what_is_not_given_has_its_default() -> None:
    assert GENERATOR.settle({}) == {"os": "any", "rules": "2"}
    assert GENERATOR.settle({"os": "linux"}) == {"os": "linux", "rules": "2"}
    assert Generator("test", "시험", make).settle({}) == {}


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"port": "22"}, "‘port’ 조건은 없습니다. 있는 조건: os, rules"),
        ({"os": "windows"}, "any, linux 가운데 하나"),
        ({"rules": 2}, "2, 3 가운데 하나"),
        ({"os": None}, "any, linux 가운데 하나"),
    ],
)
def test_other_names_and_values_are_refused_in_korean(given_: dict[str, object], said: str) -> None:
    with pytest.raises(ParameterError, match=said):
        GENERATOR.settle(given_)


def test_a_generator_without_parameters_says_that_it_has_none() -> None:
    with pytest.raises(ParameterError, match="이 생성기는 조건이 없습니다"):
        Generator("test", "시험", make).settle({"os": "linux"})


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.text(max_size=6), st.text(max_size=6) | st.integers(), max_size=4))
def test_anything_is_settled_or_refused(sent: dict[str, object]) -> None:
    try:
        settled = GENERATOR.settle(sent)
    except ParameterError:
        return
    assert settled == {"os": "any", "rules": "2"} | sent


@pytest.mark.parametrize(
    ("choices", "default"),
    [
        ((("any", "섞어서"),), "any"),
        ((("any", "섞어서"), ("any", "같은 값")), "any"),
        ((("any", "섞어서"), ("linux", "Linux")), "windows"),
    ],
)
def test_a_parameter_has_two_values_or_more_and_one_of_them_by_default(
    choices: tuple[tuple[str, str], ...], default: str
) -> None:
    with pytest.raises(ValueError, match="parameter os"):
        Parameter("os", "운영 체제", choices, default)


def test_a_name_is_there_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        Generator("test", "시험", make, (OS, OS))


@pytest.mark.parametrize(
    "generator",
    [each for widget in all_widgets() for each in widget.generators if each.parameters],
    ids=lambda each: each.id,
)
def test_shipped_parameters_speak_korean_and_can_stand_in_a_document(generator: Generator) -> None:
    for parameter in generator.parameters:
        assert parameter.name.isidentifier()
        assert any("가" <= letter <= "힣" for letter in parameter.label)
        assert parameter.label_of(parameter.default) != parameter.default
        assert parameter.label_of("nonsense") == "nonsense"
