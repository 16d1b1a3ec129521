"""A generated question is tried before it is published: problems and advice at their place."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from apps.kernel.documents import Findings
from apps.quizzes.domain.spec import QuestionSpec
from apps.studio.services import trying
from apps.studio.services.trying import check_generator
from apps.widgetkit.asks import Generator, Variant
from apps.widgetkit.manifest import Simulator
from apps.widgetkit.registry import get_widget, temporarily
from tests.quizzes.factories import make_spec

BROKEN = "test-broken"


@pytest.fixture(autouse=True)
def _tried_anew() -> None:
    trying._tried.cache_clear()


@pytest.fixture
def _broken() -> Iterator[None]:
    """A generator that fails with every tenth seed and else always asks the same."""
    walk = get_widget("packet-walk")
    assert walk is not None
    scenario = walk.presets[0].scenario
    ask = walk.asks(scenario)[0]

    def make(seed: int) -> Variant:
        if seed % 10 == 9:
            raise LookupError("no such packet")
        return Variant(scenario, ask)

    copy = replace(
        walk,
        slug="test-broken",
        simulators=(Simulator("test-broken", walk.simulator.evaluate, walk.simulator.schema),),
        generators=(Generator(BROKEN, "실패하는 것", make),),
    )
    with temporarily(copy):
        yield


def told(spec: QuestionSpec) -> tuple[list[str], list[str]]:
    findings = Findings()
    check_generator(spec, findings)
    assert {each.path for each in (*findings.problems(), *findings.advice())} <= {"generator"}
    return (
        [each.message for each in findings.problems()],
        [each.message for each in findings.advice()],
    )


def test_a_sound_generator_has_no_problem() -> None:
    spec = make_spec("generated", generator="tenancy-bill", parameters={"tenancy": "host"})
    assert told(spec) == ([], [])


@pytest.mark.usefixtures("_broken")
def test_failures_are_a_problem_and_repetition_is_advice() -> None:
    problems, advice = told(make_spec("generated", generator=BROKEN))
    assert len(problems) == 1
    assert problems[0].startswith("50개를 만들어 보니 5개가 실패했습니다. 9번:")
    assert any("서로 다른 문제가 1개뿐" in each for each in advice)


def test_what_freezing_tells_is_not_told_again() -> None:
    assert told(make_spec("generated", generator="nowhere")) == ([], [])
    wrong = make_spec("generated", generator="tenancy-bill", parameters={"tenancy": "shared"})
    assert told(wrong) == ([], [])


def test_other_kinds_are_left_alone() -> None:
    assert told(make_spec("single")) == ([], [])
