"""The situations to begin with: each ends as its two sentences say."""

import re

import pytest

from apps.widgetkit.state import as_query
from apps.widgets.packet_walk.domain import evaluate
from apps.widgets.packet_walk.domain.presets import PRESETS
from apps.widgets.packet_walk.forms import canonical, decode, encode
from apps.widgets.packet_walk.widget import WIDGET

# name, disposition, symptom, the step that stops it
ENDINGS = [
    ("open", "delivered", "connected", None),
    ("notes", "response_denied", "timeout", 6),
    ("ephemeral", "delivered", "connected", None),
    ("deny-first", "request_denied", "timeout", 3),
    ("wrong-cidr", "request_denied", "timeout", 3),
    ("wrong-peer", "request_denied", "timeout", 4),
    ("windows", "partially_delivered", "intermittent", 6),
    ("same-subnet", "delivered", "connected", None),
    ("default-nacl", "delivered", "connected", None),
    ("closed-egress", "request_denied", "timeout", 1),
    ("internet-443", "delivered", "connected", None),
    ("nat", "delivered", "connected", None),
]
BY_NAME = {preset.name: preset for preset in PRESETS}
CIRCLED = {2: "①", 3: "②", 4: "③", 5: "④", 6: "⑤", 7: "⑥"}
each_preset = pytest.mark.parametrize("name", list(BY_NAME))


def test_they_stand_in_the_order_of_the_course_and_the_widget_offers_them() -> None:
    names = [name for name, *_ in ENDINGS]
    assert [preset.name for preset in PRESETS] == names
    assert [preset.name for preset in WIDGET.presets] == names


@pytest.mark.parametrize(("name", "disposition", "symptom", "stop"), ENDINGS)
def test_each_ends_where_it_should(
    name: str, disposition: str, symptom: str, stop: int | None
) -> None:
    result = evaluate(BY_NAME[name].scenario)
    assert (result["disposition"], result["symptom"]) == (disposition, symptom)
    stopping = [s["n"] for s in result["steps"] if s["action"] in ("deny", "partial")]
    assert stopping == ([] if stop is None else [stop])


@each_preset
def test_the_notice_is_two_sentences_and_names_no_wrong_place(name: str) -> None:
    notice = BY_NAME[name].notice
    assert len(re.findall(r"다\.", notice)) == 2
    assert notice.endswith("다.")
    named = set(re.findall("[①-⑥]", notice))
    stop = next(stop for preset, _, _, stop in ENDINGS if preset == name)
    assert named <= {CIRCLED.get(stop or 0, "")}


@each_preset
def test_the_scenario_is_canonical_and_survives_the_address(name: str) -> None:
    scenario = BY_NAME[name].scenario
    assert canonical(scenario) == scenario
    assert decode(as_query(encode(scenario))) == scenario


def test_no_two_are_the_same() -> None:
    for first in PRESETS:
        assert [p.name for p in PRESETS if p.scenario == first.scenario] == [first.name]


def test_windows_ports_beyond_the_linux_range_fail() -> None:
    result = evaluate(BY_NAME["windows"].scenario)
    assert result["passing_source_ports"] == [[49152, 60999]]


def test_inside_a_subnet_and_outside_the_vpc_nothing_is_checked() -> None:
    skipped = {
        name: [s["n"] for s in evaluate(BY_NAME[name].scenario)["steps"] if s["action"] == "skip"]
        for name in ("same-subnet", "internet-443", "nat")
    }
    assert skipped == {
        "same-subnet": [2, 3, 6, 7],
        "internet-443": [1, 2, 7, 8],
        "nat": [3, 4, 5, 6],
    }


def test_the_notes_need_both_response_rules() -> None:
    fixes = evaluate(BY_NAME["notes"].scenario)["fixes"]
    assert [(fix["id"], fix["direction"]) for fix in fixes] == [
        ("acl-private", "outbound"),
        ("acl-public", "inbound"),
    ]
