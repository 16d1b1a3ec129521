"""The query string is the whole state: readable, in the notation, and right or wrong as typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.widgetkit.manifest import Json
from apps.widgetkit.state import as_query
from apps.widgets.packet_walk.domain import evaluate
from apps.widgets.packet_walk.draft import NACL, ListId, read_draft
from apps.widgets.packet_walk.forms import canonical, decode, encode
from apps.widgets.packet_walk.widget import WIDGET

from .scenarios import notes, valid_scenarios

COLUMNS = ("number", "protocol", "ports", "peer", "action")


@pytest.mark.parametrize("preset", WIDGET.presets, ids=lambda preset: preset.name)
def test_every_preset_reads_back_from_its_query(preset: object) -> None:
    scenario = getattr(preset, "scenario")  # noqa: B009
    assert decode(as_query(encode(scenario))) == scenario
    assert canonical(scenario) == scenario


@settings(max_examples=150, deadline=None)
@given(scenario=valid_scenarios())
def test_every_valid_scenario_reads_back_from_its_query(scenario: Json) -> None:
    assert decode(as_query(encode(scenario))) == scenario


def test_a_query_is_written_in_the_notation() -> None:
    pairs = encode(notes())
    assert ("subnet", "public 10.0.1.0/24 acl-public local,igw") in pairs
    assert ("host", "app 10.0.1.10 public sg-app linux") in pairs
    assert ("acl-public.in", "100 tcp 3306 10.0.2.0/24 allow") in pairs
    assert ("sg-app.out", "all * 0.0.0.0/0") in pairs
    assert ("port", "3306") in pairs


def test_names_need_no_declaration_where_a_rule_or_a_subnet_tells() -> None:
    query = as_query(encode(notes()))
    del query["nacl"], query["sg"]
    assert decode(query) == notes()


def test_a_rule_by_columns_is_the_rule_by_line() -> None:
    query = as_query(encode(notes()))
    words = query.pop("acl-private.out")[0].split()
    by_column = {
        f"acl-private.out.0.{column}": [word] for column, word in zip(COLUMNS, words, strict=True)
    }
    assert decode({**query, **by_column}) == notes()


def by_columns(index: int, *words: str) -> dict[str, list[str]]:
    return {
        f"acl-private.out.{index}.{column}": [word]
        for column, word in zip(COLUMNS, words, strict=True)
    }


def private_out(query: dict[str, list[str]]) -> list[str]:
    rules: list[str] = decode(query)["nacls"]["acl-private"]["outbound"]
    return rules


@pytest.fixture
def edited() -> dict[str, list[str]]:
    """The editor's form with two rules in one list."""
    query = as_query(encode(notes()))
    del query["acl-private.out"]
    return {
        **query,
        **by_columns(0, "200", "tcp", "3306", "10.0.1.0/24", "allow"),
        **by_columns(1, "100", "tcp", "443", "10.0.1.0/24", "deny"),
    }


def test_a_rule_is_removed_by_its_button(edited: dict[str, list[str]]) -> None:
    edited["remove"] = ["acl-private.out.0"]
    assert private_out(edited) == ["100 tcp 443 10.0.1.0/24 deny"]


def test_rules_are_put_in_the_order_of_their_numbers(edited: dict[str, list[str]]) -> None:
    edited["sort"] = ["acl-private.out"]
    assert [line.split()[0] for line in private_out(edited)] == ["100", "200"]


def test_a_quick_value_fills_its_field(edited: dict[str, list[str]]) -> None:
    edited["fill"] = ["acl-private.out.0.ports=32768-60999"]
    assert private_out(edited)[0] == "200 tcp 32768-60999 10.0.1.0/24 allow"


def test_a_rule_just_added_is_no_rule_until_something_is_filled_in(
    edited: dict[str, list[str]],
) -> None:
    before = private_out(edited)
    edited["add"] = ["acl-private.out"]
    assert private_out(edited) == before
    added = read_draft(edited).lists[ListId(NACL, "acl-private", "out")][-1]
    assert added.cells["number"] == "300"


@pytest.mark.parametrize(
    "press",
    [
        {"remove": ["acl-private.out.9"]},
        {"remove": ["acl-private.out.-1"]},
        {"remove": ["nowhere.in.0"]},
        {"add": ["nowhere.in"]},
        {"fill": ["acl-private.out.0.color=red"]},
        {"fill": ["acl-private.out.7.ports=1"]},
        {"sort": ["sg-db.in"]},
        {"sort": ["acl-private.out.0"]},
    ],
    ids=str,
)
def test_a_button_that_names_nothing_does_nothing(
    edited: dict[str, list[str]], press: dict[str, list[str]]
) -> None:
    assert decode({**edited, **press}) == decode(edited)


def test_what_cannot_be_read_stays_for_the_engine_to_refuse() -> None:
    query = as_query(encode(notes()))
    query["port"] = ["dreitausend"]
    query["acl-public.in"] = ["100 tcp 3306"]
    paths = {problem["path"] for problem in evaluate(decode(query))["problems"]}
    assert paths == {"flow.port", "nacls.acl-public.inbound[0]"}


def test_a_name_that_is_there_twice_is_refused_and_not_lost() -> None:
    query = as_query(encode(notes()))
    query["host"] = [*query["host"], "app 10.0.1.11 public sg-app"]
    assert len(decode(query)["hosts"]) == 3
    assert "problems" in evaluate(decode(query))


NAMES = [
    "subnet", "host", "nacl", "sg", "from", "to", "protocol", "port", "source_port", "port_model",
    "acl-public.in", "acl-public.in.0.ports", "acl-public.in.999.peer", "sg:sg-db.out", "add",
    "remove", "fill", "sort", "nacl:x.in", "x.y.in", ".in", "subnet.in", "edit",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    pairs=st.lists(
        st.tuples(st.sampled_from(NAMES), st.text(max_size=30) | st.sampled_from(["app", "tcp"])),
        max_size=14,
    )
)
def test_no_query_breaks_decoding_or_the_engine(pairs: list[tuple[str, str]]) -> None:
    scenario = decode(as_query(pairs))
    assert set(scenario) == {
        "port_model", "subnets", "nacls", "security_groups", "hosts", "flow"
    }  # fmt: skip
    evaluate(scenario)
