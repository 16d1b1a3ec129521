"""The query string of "할인이 따라오나" is the whole state; nothing that was typed is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.kernel.documents import Invalid
from apps.widgetkit.manifest import Json
from apps.widgetkit.state import as_query
from apps.widgets.ri_matrix.domain.commitment import read_scenario, scenario_to_json
from apps.widgets.ri_matrix.domain.flexibility import evaluate
from apps.widgets.ri_matrix.follow_form import FIELDS, decode_follow, encode_follow

from .domain.strategies import grid, scenario, scenarios
from .pages import buttons, field, form, get, marked, message, panel, value, verdict

HALF = scenario("standard_ri regional m5.large x1 ap-northeast-2 → m5.xlarge x1 ap-northeast-2c")
ZONAL = scenario("standard_ri zonal m5.large x1 us-east-1a → m5.large x1 us-east-1b")


def query(document: Json, **changes: str) -> dict[str, list[str]]:
    return as_query(encode_follow(document)) | {name: [text] for name, text in changes.items()}


def canonical(document: Json) -> Json:
    reading = read_scenario(document)
    assert not isinstance(reading, Invalid), reading
    return scenario_to_json(reading)


@settings(max_examples=200, deadline=None)
@given(document=scenarios())
def test_every_scenario_reads_back_from_its_query(document: Json) -> None:
    assert decode_follow(query(document)) == canonical(document)


def test_every_scenario_of_the_grid_reads_back_from_its_query() -> None:
    for document in grid():
        assert decode_follow(query(document)) == canonical(document)


def test_the_query_is_readable() -> None:
    assert encode_follow(HALF) == [
        ("option", "standard_ri"),
        ("scope", "regional"),
        ("region", "ap-northeast-2"),
        ("type", "m5.large"),
        ("count", "1"),
        ("platform", "Linux/UNIX"),
        ("tenancy", "default"),
        ("run_region", "ap-northeast-2"),
        ("run_az", "ap-northeast-2c"),
        ("run_type", "m5.xlarge"),
        ("run_count", "1"),
        ("run_platform", "Linux/UNIX"),
        ("run_tenancy", "default"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "standard_ri regional m5.large x1 us-east-1 → m5.large x1 us-east-1a",
        "standard_ri zonal m5.large x1 us-east-1a → m5.large x1 us-east-1a",
        "compute_sp m5.large x1 us-east-1 → m5.large x1 us-east-1",
        "dedicated_host m5.large x1 us-east-1a → m5.xlarge x2 us-east-1a",
        "capacity_reservation m5.large x1 us-east-1a → m5.large x2 us-east-1a",
        "spot m5.large x1 us-east-1 → m5.large x1 us-east-1",
    ],
)
@pytest.mark.parametrize(
    "option",
    [
        *("on_demand", "spot", "standard_ri", "convertible_ri", "compute_sp", "ec2_instance_sp"),
        *("dedicated_host", "dedicated_host_reservation", "capacity_reservation"),
    ],
)
def test_choosing_another_option_in_the_form_leads_to_a_valid_scenario(
    line: str, option: str
) -> None:
    """The page's own form, with one select changed: no mistake that nobody made."""
    sent = form(get(query(scenario(line)))) | {"option": [option]}
    if scenario(line)["committed"]["tenancy"] == "host":
        sent["tenancy"] = ["default"]  # as anyone has it who did not begin with a host
    assert "problems" not in evaluate(decode_follow(sent))


def test_a_zonal_scope_begins_in_a_zone_of_each_region() -> None:
    sent = form(get(query(HALF, run_az=""))) | {"scope": ["zonal"]}
    document = decode_follow(sent)
    assert document["committed"]["az"] == "ap-northeast-2a"
    assert document["running"]["az"] == "ap-northeast-2a"
    kept = form(get(query(HALF))) | {"scope": ["zonal"]}
    assert decode_follow(kept)["running"]["az"] == "ap-northeast-2c"


def test_no_zone_is_named_that_nobody_typed() -> None:
    sent = form(get(query(HALF, run_az=""))) | {"option": ["compute_sp"]}
    document = decode_follow(sent)
    assert (document["committed"]["az"], document["running"]["az"]) == (None, None)


def test_what_is_typed_for_one_option_is_there_again_after_another() -> None:
    page = get(query(ZONAL, az="us-east-1f"))
    regional = get(form(page) | {"scope": ["regional"]})
    assert 'type="hidden" name="az"' in regional
    assert decode_follow(form(regional))["committed"]["az"] is None
    plan = get(form(regional) | {"option": ["compute_sp"]})
    zonal = get(form(plan) | {"option": ["standard_ri"], "scope": ["zonal"]})
    assert value(zonal, "az") == "us-east-1f"


def test_a_host_has_one_tenancy_and_no_choice() -> None:
    page = get(query(HALF, option="dedicated_host", tenancy="dedicated", run_tenancy="host"))
    assert '<select class="field" id="w-tenancy"' not in page
    assert "전용 호스트 (host)" in panel(page)
    assert verdict(page) == "△ 수정하면 적용"
    again = get(form(page) | {"option": ["standard_ri"], "run_tenancy": ["dedicated"]})
    assert value(again, "tenancy") == "dedicated"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("type", "m5large", "m5.large"),
        ("type", "", "인스턴스 유형을 적어 주세요"),
        ("run_type", "m7i.metal-24xl", "정규화 계수"),
        ("count", "0", "1~1000"),
        ("count", "", "개수를 적어 주세요"),
        ("run_count", "1.5", "1~1000"),
        ("run_count", "9" * 12, "1~1000"),
        ("region", "", "리전을 적어 주세요"),
        ("run_platform", "", "플랫폼을 적어 주세요"),
        ("run_tenancy", "shared", "default"),
        ("scope", "global", "regional"),
        ("option", "free", "on_demand"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_what_was_typed_stays(
    name: str, text: str, words: str
) -> None:
    page = get(query(HALF, **{name: text}))
    assert marked(page) == [name]
    assert value(page, name) == text
    assert words in message(page, name)
    assert 'role="alert" id="w-problems"' in page
    assert 'class="ri-pill"' not in page


@pytest.mark.parametrize(("name", "side"), [("az", ZONAL), ("run_az", ZONAL)])
def test_a_zonal_reservation_asks_for_both_zones(name: str, side: Json) -> None:
    page = get(query(side, **{name: ""}))
    assert marked(page) == [name]
    assert "가용 영역을 적어 주세요" in message(page, name)


def test_a_hidden_mistake_is_said_above_the_form() -> None:
    document = query(HALF)
    page = get(document | {"json": ["{}"]})
    assert "option" in page.split('role="alert">')[1].split("</ul>")[0]


def test_a_field_offers_values_and_takes_any_other() -> None:
    page = get(query(HALF, run_platform="Solaris"))
    assert 'list="w-platforms"' in field(page, "run_platform")
    assert '<datalist id="w-platforms"><option value="Linux/UNIX">' in page
    assert '<option value="ap-northeast-2a">' in page.split('<datalist id="w-zones">')[1]
    assert verdict(page) == "✕ 적용 안 됨"


def test_buttons_change_one_thing_of_what_runs() -> None:
    page = get(
        query(scenario("standard_ri regional m5.large x1 us-east-1 → m5.large x1 us-east-1a"))
    )
    pressed = dict(value.partition("=")[::2] for name, value in buttons(page) if name == "set")
    changed = {
        "run_type": "c5.large",
        "run_count": "2",
        "run_region": "ap-northeast-2;run_az=ap-northeast-2a",
        "run_platform": "Windows",
        "run_tenancy": "dedicated",
    }
    assert changed.items() <= pressed.items()
    before = decode_follow(form(page))
    for name, text in changed.items():
        after = decode_follow(form(page) | {"set": [f"{name}={text}"]})
        assert after["committed"] == before["committed"]
        assert after["running"] != before["running"]
        assert "problems" not in evaluate(after)


def test_a_button_makes_what_runs_the_same_as_what_was_committed_to() -> None:
    for line in (
        "standard_ri regional m5.large x2 us-east-1 → c5.xlarge x1 ap-northeast-2c Windows host",
        "standard_ri zonal m5.large x2 us-east-1a → c5.xlarge x1 ap-northeast-2c Windows host",
        "dedicated_host m5.large x2 us-east-1a → c5.xlarge x1 ap-northeast-2c Windows default",
    ):
        page = get(query(scenario(line)))
        same = next(text for name, text in buttons(page) if text.startswith("run_region="))
        pressed = decode_follow(form(page) | {"set": [same]})
        wanted = {**pressed["committed"], "az": pressed["running"]["az"]}
        assert pressed["running"] == wanted
        assert evaluate(pressed)["outcome"] == "covered"


@pytest.mark.parametrize("press", ["", "run_type", "color=red", "=;=", "uid=x", "run_count=;;"])
def test_a_button_that_names_no_field_sets_none(press: str) -> None:
    pressed = decode_follow(query(HALF) | {"set": [press]})
    if press.startswith("run_"):
        assert "problems" in evaluate(pressed)
    else:
        assert pressed == decode_follow(query(HALF))


NAMES = [*FIELDS, "set", "edit", "fill", "", "committed"]
WORDS = ["standard_ri", "compute_sp", "zonal", "regional", "m5.large", "1", "host", "us-east-1a"]


@settings(max_examples=300, deadline=None)
@given(
    pairs=st.lists(
        st.tuples(st.sampled_from(NAMES), st.text(max_size=30) | st.sampled_from(WORDS)),
        max_size=16,
    )
)
def test_no_query_breaks_decoding_or_the_engine(pairs: list[tuple[str, str]]) -> None:
    document = decode_follow(as_query(pairs))
    assert set(document) == {"option", "scope", "committed", "running"}
    result = evaluate(document)
    if "problems" not in result:
        assert decode_follow(query(document)) == canonical(document)


@settings(max_examples=40, deadline=None)
@given(document=scenarios())
def test_the_form_of_a_page_sends_the_state_of_that_page(document: Json) -> None:
    assert decode_follow(form(get(query(document)))) == canonical(document)
