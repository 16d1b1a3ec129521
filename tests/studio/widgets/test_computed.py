"""What a question is computed from, in words that an instructor reads."""

from typing import Any

import pytest

from apps.studio.presenting.computed import computed_from
from apps.studio.views.from_widget import document_of
from apps.widgetkit.manifest import Preset, Widget
from apps.widgetkit.registry import all_widgets
from apps.widgetkit.state import State, as_query
from tests.studio.widgets.combinations import COMBINATIONS, IDS

PRESETS = [
    pytest.param(widget, preset, id=f"{widget.slug}:{preset.name}")
    for widget in all_widgets()
    for preset in widget.presets
]


def test_a_generator_goes_by_its_title_and_its_parameters_by_their_labels() -> None:
    facts = computed_from(
        {"kind": "generated", "generator": "packet-walk-fix", "parameters": {"layer": "nacl"}}
    )
    assert [(fact.label, fact.text) for fact in facts] == [
        ("생성기", "빠진 규칙 하나 찾기"),
        ("규칙이 빠진 곳", "네트워크 ACL"),
    ]
    assert facts[0].address == "/studio/generators/packet-walk-fix/?p-layer=nacl"


def test_a_scenario_names_widget_state_ask_and_answer() -> None:
    facts = computed_from(
        {
            "kind": "scenario",
            "widget": "packet-walk",
            "preset": "notes",
            "ask": "stop",
            "expect": ["step-6"],
        }
    )
    said = {fact.label: fact.text for fact in facts}
    assert said["실습"] == "패킷 따라가기"
    assert said["상황"] == "노트 그대로"
    assert "처음으로 막히는 곳" in said["물음"]
    assert said["정답"].startswith("6단계")
    assert {fact.address for fact in facts} >= {"/widgets/packet-walk/?preset=notes"}


@pytest.mark.parametrize(("widget", "preset"), PRESETS)
def test_every_preset_and_ask_has_words(widget: Widget, preset: Preset) -> None:
    state = State(preset.scenario, as_query(widget.encode(preset.scenario)), None)
    for ask in widget.asks(preset.scenario):
        facts = computed_from(document_of(widget, state, ask))
        assert [fact.label for fact in facts] == ["실습", "상황", "물음", "정답"]
        assert all(fact.text for fact in facts)


@pytest.mark.parametrize(("generator", "parameters"), COMBINATIONS, ids=IDS)
def test_every_combination_has_words(generator: Any, parameters: dict[str, str]) -> None:
    document = {"kind": "generated", "generator": generator.id, "parameters": parameters}
    facts = computed_from(document)
    assert len(facts) == 1 + len(parameters)
    assert not {fact.text for fact in facts} & {"any", *parameters}


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "single"},
        {},
        {"kind": "generated"},
        {"kind": "generated", "generator": "nowhere", "parameters": {"os": "linux"}},
        {"kind": "generated", "generator": "tenancy-bill", "parameters": {"x": 3}},
        {"kind": "generated", "generator": "tenancy-bill", "parameters": []},
        {"kind": "generated", "generator": ["x"]},
        {"kind": "scenario"},
        {"kind": "scenario", "widget": "packet-walk", "scenario": {"flow": 1}, "ask": "stop"},
        {"kind": "scenario", "widget": "packet-walk", "preset": "nowhere", "ask": 3, "expect": [1]},
        {"kind": "scenario", "widget": "packet-walk", "preset": "notes", "expect": "step-6"},
    ],
)
def test_what_is_not_known_stands_as_it_was_written(document: dict[str, Any]) -> None:
    for fact in computed_from(document):
        assert isinstance(fact.text, str)
