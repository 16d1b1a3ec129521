"""The page of the packet walk, asked as browsers with and without scripts ask."""

import html
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.widgetkit.manifest import Json
from apps.widgetkit.state import as_query
from apps.widgets.packet_walk.domain import evaluate
from apps.widgets.packet_walk.forms import decode, encode
from apps.widgets.packet_walk.widget import WIDGET

from .scenarios import PATH, by_json, notes, valid_scenarios
from .test_forms import NAMES

HTMX = {"HX-Request": "true"}

# No test here may touch the database: the widget needs none, except to remember a prediction.


def get(address: str, **headers: str) -> str:
    response = Client().get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def below_the_header(page: str) -> str:
    """The header's link to the sign-in page holds the address it comes back to."""
    return page[page.index("<main") :]


def by_fields(scenario: Json, **more: str) -> str:
    return f"{PATH}?{urlencode([*encode(scenario), *more.items()])}"


EPHEMERAL = {
    "acl_private_outbound": ["100 tcp 32768-60999 10.0.1.0/24 allow"],
    "acl_public_inbound": ["100 tcp 32768-60999 10.0.2.0/24 allow"],
}


def test_the_whole_walk_is_on_the_page_without_scripts() -> None:
    page = get(by_json(notes()))
    for n in range(1, 9):
        assert f'id="w-step-{n}"' in page
    assert "응답이 막힘" in page
    assert "10.0.2.20:3306" in page
    assert "10.0.1.10:32768-60999" in page
    assert page.count('class="pw-svg ') == 2
    assert "이 규칙 추가" in page
    assert "한쪽만 있다면" in page


def test_the_picture_has_a_text_equivalent() -> None:
    page = get(by_json(notes()))
    assert page.count('aria-describedby="w-description"') == 2
    described = page.split('id="w-description">')[1].split("<")[0]
    assert "퍼블릭 서브넷 10.0.1.0/24" in described
    assert "응답이 막힘" in described


def test_the_steps_link_to_the_corrections_of_the_lesson() -> None:
    page = get(by_json(notes()))
    for erratum in (
        "flow-private-nacl-outbound-3306",
        "flow-public-nacl-inbound-3306",
        "flow-request-missing-ec2-sg-egress",
        "flow-response-missing-ec2-sg",
        "flow-response-port-3306",
    ):
        assert f'href="/lessons/sg-vs-nacl/#note-{erratum}"' in page


def test_the_remembered_connection_looks_different_from_rules_read_again() -> None:
    page = get(by_json(notes(**EPHEMERAL)))
    assert "↺ 기억한 연결" in page
    assert "규칙을 다시 읽음 · 허용" in page
    assert page.count('data-action="memory"') >= 4


@pytest.mark.parametrize(
    ("scenario", "verdict"),
    [
        pytest.param(notes(), "응답이 막힘", id="response"),
        pytest.param(notes(acl_private_inbound=[]), "요청이 막힘", id="request"),
        pytest.param(notes(**EPHEMERAL), "연결됨", id="delivered"),
        pytest.param(
            notes(**{**EPHEMERAL, "acl_public_inbound": ["9 tcp 40000-50000 10.0.2.0/24 allow"]}),
            "일부 포트만 통과",
            id="partial",
        ),
    ],
)
def test_the_verdict_says_how_it_ended(scenario: Json, verdict: str) -> None:
    page = get(by_json(scenario))
    assert verdict in page.split('class="pw-verdict"')[1].split("</p>")[0]


def test_a_flow_without_a_route_never_leaves() -> None:
    scenario = notes()
    scenario["flow"] = {"from": "db", "to": "203.0.113.9", "protocol": "tcp", "port": 443}
    page = get(by_json(scenario))
    assert "경로 없음" in page
    assert 'data-final="0"' in page


def fix_links(page: str) -> list[str]:
    return [
        html.unescape(found)
        for found in re.findall(r'<a class="button pw-fix__add" href="([^"]+)"', page)
    ]


def test_fixes_are_added_one_at_a_time_until_it_delivers() -> None:
    page = get(by_json(notes()))
    rounds = 0
    while links := fix_links(page):
        rounds += 1
        page = get(links[0])
        assert rounds < 9
    assert rounds == 2
    assert "연결됨" in page.split('class="pw-verdict"')[1].split("</p>")[0]


@settings(max_examples=40, deadline=None)
@given(scenario=valid_scenarios())
def test_the_first_fix_of_any_scenario_adds_one_rule_to_a_valid_one(scenario: Json) -> None:
    result = evaluate(scenario)
    links = fix_links(get(by_fields(scenario)))
    assert len(links) == len(result["fixes"])
    for link, fix in zip(links, result["fixes"], strict=True):
        mended = decode(parse_qs(urlsplit(link).query))
        section = "nacls" if fix["checkpoint"] == "nacl" else "security_groups"
        rules = mended[section][fix["id"]][fix["direction"]]
        assert set(rules) - set(scenario[section][fix["id"]][fix["direction"]]) == {fix["rule"]}
        assert len(evaluate(mended)["fixes"]) == len(result["fixes"]) - 1


@settings(max_examples=40, deadline=None)
@given(scenario=valid_scenarios())
def test_json_and_fields_lead_to_the_same_page(scenario: Json) -> None:
    assert below_the_header(get(by_json(scenario))) == below_the_header(get(by_fields(scenario)))


@settings(max_examples=60, deadline=None)
@given(scenario=valid_scenarios())
def test_every_valid_scenario_has_a_page_with_its_editor_and_question(scenario: Json) -> None:
    page = get(by_fields(scenario))
    assert not re.search(r'role="alert"(?! hidden)', page)  # one waits, hidden, for a lost server
    for lines in (*scenario["nacls"].values(), *scenario["security_groups"].values()):
        for line in (*lines["inbound"], *lines["outbound"]):
            for word in line.split():
                assert f'value="{word}"' in page
    assert 'id="w-ask"' in get(by_fields(scenario, mode="predict"))


def test_a_mistake_is_marked_at_its_field_and_what_was_typed_stays() -> None:
    query = as_query(encode(notes()))
    query["acl-private.out"] = ["100 tcp 99999 10.0.1.0/24 allow"]
    page = get(f"{PATH}?{urlencode(query, doseq=True)}")
    field = re.search(r'<input[^>]+name="acl-private.out.0.ports"[^>]*>', page)
    assert field
    assert 'value="99999"' in field[0]
    assert 'aria-invalid="true"' in field[0]
    described = re.search(r'aria-describedby="([^"]+)"', field[0])
    assert described
    message = page.split(f'id="{described[1]}">')[1].split("</p>")[0]
    assert "0~65535" in message
    assert "aria-invalid" not in re.search(r'<input[^>]+out.0.peer"[^>]*>', page)[0]  # type: ignore[index]
    assert 'class="pw-svg ' in page, "the picture stays while a rule is being typed"


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("0 tcp 3306 10.0.1.0/24 allow", "number"),
        ("100 sctp 3306 10.0.1.0/24 allow", "protocol"),
        ("100 tcp 9-1 10.0.1.0/24 allow", "ports"),
        ("100 icmp 3306 10.0.1.0/24 allow", "ports"),
        ("100 tcp 3306 10.0.1.0/99 allow", "peer"),
        ("100 tcp 3306 sg-app allow", "peer"),
        ("100 tcp 3306 10.0.1.0/24 maybe", "action"),
    ],
)
def test_each_column_has_its_own_mistakes(line: str, column: str) -> None:
    query = as_query(encode(notes()))
    query["acl-private.out"] = [line]
    page = get(f"{PATH}?{urlencode(query, doseq=True)}")
    marked = re.findall(r'name="([^"]+)"[^>]*aria-invalid', page)
    assert marked == [f"acl-private.out.0.{column}"]


def test_a_number_used_twice_is_marked_at_the_second() -> None:
    query = as_query(encode(notes()))
    query["acl-private.out"] = query["acl-private.out"] * 2
    page = get(f"{PATH}?{urlencode(query, doseq=True)}")
    assert re.findall(r'name="([^"]+)"[^>]*aria-invalid', page) == ["acl-private.out.1.number"]


def test_a_group_nobody_declared_is_marked_at_its_field() -> None:
    page = get(by_fields(notes()).replace("tcp+3306+sg-app", "tcp+3306+sg-nobody"))
    assert re.findall(r'name="([^"]+)"[^>]*aria-invalid', page) == ["sg-db.in.0.peer"]
    assert "sg-nobody" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("port", "70000"),
        ("port", ""),
        ("source_port", "a-b"),
        ("source_port", "9-1"),
        ("protocol", "all"),
        ("protocol", "icmp"),
        ("from", "nobody"),
        ("to", "app"),
        ("port_model", "guess"),
    ],
)
def test_a_mistake_in_the_flow_is_said_on_the_page(field: str, value: str) -> None:
    query = as_query(encode(notes())) | {field: [value]}
    page = get(f"{PATH}?{urlencode(query, doseq=True)}")
    assert 'role="alert"' in page
    if field in ("port", "source_port", "from", "to"):
        assert re.search(rf'name="{field}"[^>]*aria-invalid', page)


def test_the_fragment_for_htmx_is_the_widget_alone() -> None:
    response = Client().get(PATH, headers=HTMX)
    body = response.content.decode()
    assert body.lstrip().startswith("<section")
    assert "HX-Request" in response["Vary"]
    restored = get(PATH, **HTMX, **{"HX-History-Restore-Request": "true"})
    assert "<html" in restored


def test_the_address_follows_the_state_on_the_own_page() -> None:
    edited = notes(sg_db_outbound=["tcp 1 0.0.0.0/0"])
    typed = Client().get(by_fields(edited, edit="1"), headers=HTMX)
    assert decode(parse_qs(urlsplit(typed["HX-Replace-Url"]).query)) == edited
    assert "HX-Push-Url" not in typed
    chosen = Client().get(f"{PATH}?preset=notes", headers=HTMX)
    assert chosen["HX-Push-Url"] == f"{PATH}?preset=notes"
    asked = Client().get(f"{PATH}?preset=notes&mode=predict", headers=HTMX)
    assert "mode=predict" in asked["HX-Push-Url"]


def test_a_state_too_long_for_an_address_takes_nothing_away_from_the_form() -> None:
    address = f"{PATH}?{'acl-public.in=100+tcp+1+0.0.0.0/0+allow&' * 300}"
    assert Client().get(address, headers=HTMX).status_code == 414
    assert "주소가 너무 깁니다" in get(address)


def test_inside_a_lesson_the_lessons_address_stays_and_ids_are_its_own() -> None:
    response = Client().get(f"{PATH}?preset=notes&uid=walk-2", headers=HTMX)
    assert "HX-Push-Url" not in response
    assert "HX-Replace-Url" not in response
    ids = re.findall(r'\sid="([^"]+)"', response.content.decode())
    assert ids
    assert all(name == "walk-2" or name.startswith("walk-2-") for name in ids)
    assert len(ids) == len(set(ids))


def test_ids_are_unique_and_references_lead_somewhere() -> None:
    page = get(by_json(notes()))
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for names in re.findall(r'(?:aria-labelledby|aria-describedby|for)="([^"]+)"', page):
        assert set(names.split()) <= set(ids)


@settings(max_examples=150, deadline=None)
@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from([*NAMES, "json", "preset", "mode", "uid", "ask"]), st.text(max_size=30)
        ),
        max_size=12,
    ),
    keep=st.booleans(),
)
def test_no_query_string_breaks_the_page(pairs: list[tuple[str, str]], keep: bool) -> None:
    base = encode(notes()) if keep else []
    get(f"{PATH}?{urlencode([*base, *pairs])}")


# Predictions -------------------------------------------------------------------------------------
def asking(scenario: Json) -> str:
    page = get(by_fields(scenario, mode="predict", ask="disposition"))
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_a_page_that_asks_says_nothing_of_the_outcome() -> None:
    page = asking(notes())
    for word in (
        "응답이 막힘",
        "pw-verdict",
        "pw-trace",
        "고치기",
        "한쪽만",
        "pw-bubble",
        "data-final",
    ):
        assert word not in page
    assert not re.search(r'data-action="[a-z]', page)
    assert 'data-state="past"' not in page
    assert 'data-state="now"' not in page


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("700 tcp 3306 10.0.1.0/24 allow", "700 tcp 1024-65535 10.0.1.0/24 allow"),
        ("700 tcp 3306 10.0.1.0/24 allow", "700 tcp 40000-50000 10.0.1.0/24 allow"),
        ("100 all * 0.0.0.0/0 allow", "100 all * 0.0.0.0/0 deny"),
    ],
)
def test_pages_that_ask_differ_only_in_the_scenario_they_repeat(one: str, other: str) -> None:
    # Neither is a preset: those are named in the list of situations.
    other_rules = {"sg_db_outbound": ["tcp 22 10.0.1.0/24"]}
    scenarios = [notes(acl_private_outbound=[line], **other_rules) for line in (one, other)]
    outcomes = [evaluate(scenario) for scenario in scenarios]
    assert outcomes[0]["steps"] != outcomes[1]["steps"]
    pages = []
    for scenario, line in zip(scenarios, (one, other), strict=True):
        page = html.unescape(below_the_header(asking(scenario)))
        for written in (urlencode({"": line})[1:], line):
            page = page.replace(written, "RULE")
        pages.append(page)
    assert pages[0] == pages[1]


def predict(scenario: Json, **answer: Any) -> Any:
    data = as_query(encode(scenario)) | {name: [value] for name, value in answer.items()}
    return Client().post(f"{PATH}predict/", data, headers=HTMX)


@pytest.mark.django_db
def test_a_prediction_is_answered_with_where_it_and_the_model_part() -> None:
    response = predict(notes(), ask="disposition", answer="delivered")
    body = response.content.decode()
    assert response.status_code == 200
    assert 'data-right="no"' in body
    assert "data-autoplay" in body
    assert "응답이 막힘" in body
    assert 'href="#w-step-6"' in body


@pytest.mark.django_db
def test_no_answer_is_asked_for_again_without_the_outcome() -> None:
    response = predict(notes(), ask="disposition")
    assert response.status_code == 422
    assert "아직 고르지 않았습니다" in response.content.decode()
    assert "응답이 막힘" not in response.content.decode()


def test_a_json_that_is_not_valid_says_why_beside_the_first_preset() -> None:
    page = get(f"{PATH}?{urlencode({'json': json.dumps({'flow': 1})})}")
    assert 'role="alert"' in page
    assert f'<option value="{WIDGET.presets[0].name}" selected>' in page


def test_an_answer_that_a_rule_list_let_out_goes_home_in_that_lists_color() -> None:
    page = get(f"{PATH}?preset=internet-443")
    ends = re.findall(r'class="pw-seg"[^>]* data-step="9"[^>]* data-tone="(\w+)"', page)
    assert ends == ["allow", "allow"]
