"""The panel "할인이 따라오나": the answer, drawn and in words."""

import html
import re

import pytest
from hypothesis import given, settings

from apps.widgetkit.manifest import Json
from apps.widgets.ri_matrix.domain.flexibility import evaluate
from apps.widgets.ri_matrix.follow_form import encode_follow
from apps.widgets.ri_matrix.follow_view import follow_context

from .domain.strategies import scenario, scenarios
from .pages import by_json, figures, get, panel, verdict


def shown(line: str) -> str:
    return panel(by_json(scenario(line)))


SAME = "standard_ri regional m5.large x1 us-east-1 → m5.large x1 us-east-1a"
HALF = "standard_ri regional m5.large x1 us-east-1 → m5.xlarge x1 us-east-1a"
MOVED = "standard_ri zonal m5.large x1 us-east-1a → m5.large x1 us-east-1b"
EXCHANGED = "convertible_ri regional m5.large x1 us-east-1 → c5.large x3 us-east-1a"
WINDOWS = "standard_ri regional m5.large x2 us-east-1 Windows → m5.xlarge x1 us-east-1a"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (SAME, "✓ 적용됨"),
        (HALF, "◐ 일부 적용 · 50%"),
        (MOVED, "△ 수정하면 적용"),
        (EXCHANGED, "⇄ 교환하면 적용"),
        (WINDOWS, "✕ 적용 안 됨"),
        ("compute_sp m5.large x1 us-east-1 → c5.xlarge x1 eu-west-1", "✓ 적용됨"),
        ("ec2_instance_sp m5.large x1 us-east-1 → c5.xlarge x1 us-east-1", "✕ 적용 안 됨"),
        ("on_demand m5.large x1 us-east-1 → m5.large x1 us-east-1", "✕ 적용 안 됨"),
        (
            "standard_ri regional m5.large x1 us-east-1 → m5.large x3 us-east-1a",
            "◐ 일부 적용 · 33.3%",
        ),
    ],
)
def test_the_verdict_is_said_with_a_mark_and_a_word(line: str, says: str) -> None:
    assert verdict(shown(line)) == says


def test_units_are_drawn_and_said() -> None:
    page = shown(HALF)
    assert "약정: m5.large 4단위 × 1개 = 4단위" in page
    assert "실행: m5.xlarge 8단위 × 1개 = 8단위" in page
    assert page.count("ri-bar__filled") == 4
    assert page.count("ri-bar__block") == 8
    assert figures(page) == [
        "실행하는 8단위 가운데 4단위가 할인됩니다(50%). 나머지 4단위는 온디맨드 요금을 냅니다."
    ]
    assert "온디맨드 4단위" in page.split('class="ri-legend"')[1].split("</ul>")[0]


def test_a_fraction_is_a_partly_filled_block() -> None:
    page = shown("standard_ri regional t2.micro x1 us-east-1 → t2.2xlarge x2 us-east-1a")
    block = re.search(r'width="([^"]+)"><rect class="ri-bar__cell ri-bar__block"', page)
    filled = re.search(r'width="([^"]+)"><rect class="ri-bar__cell ri-bar__filled"', page)
    assert block
    assert filled
    assert page.count("ri-bar__filled") == 1
    # A block is two units here, half a unit is covered.
    assert float(filled[1][:-1]) * 4 == pytest.approx(float(block[1][:-1]), rel=0.01)
    assert "블록 하나 = 2단위" in page


def test_what_is_left_of_a_commitment_is_drawn_as_room() -> None:
    page = shown("standard_ri regional m5.xlarge x1 us-east-1 → m5.large x1 us-east-1a")
    assert page.count("ri-bar__spare") == 4
    assert "약정 4단위는 쓰이지 않고 남습니다." in figures(page)[0]


def test_what_would_be_covered_after_a_modification_stands_beside() -> None:
    page = shown(MOVED)
    assert len(figures(page)) == 2
    assert "약정 4단위는 쓰이지 않습니다." in figures(page)[0]
    assert "4단위가 할인됩니다(100%)" in figures(page)[1]
    after = page.split("ri-pictures__one--after")[1]
    assert "수정한 뒤" in after
    assert evaluate(scenario(MOVED))["after"]["text"] in after


def test_an_exchange_promises_one_instance_and_no_more() -> None:
    page = shown(EXCHANGED)
    after = page.split("ri-pictures__one--after")[1]
    assert "교환한 뒤" in after
    assert "33.3% 이상" in after
    assert "받는 개수에 달린 2개" in after
    assert after.count("ri-bar__filled") == 4  # the units of one instance


def test_plans_are_explained_in_dollars_and_not_drawn_in_units() -> None:
    page = shown("compute_sp m5.large x1 us-east-1 → c5.xlarge x1 eu-west-1")
    assert "Savings Plans는 단위가 아니라 달러로 셉니다" in page
    assert "ri-bar" not in page
    assert "sp-applying" in page.split("달러로 셉니다")[1].split("</div>")[0]


def test_every_attribute_has_its_way_its_sentence_and_its_dated_source() -> None:
    document = scenario(MOVED)
    page = html.unescape(shown(MOVED))
    for attribute in evaluate(document)["attributes"]:
        row = page.split(f'id="w-attribute-{attribute["name"]}"')[1].split("</tr>")[0]
        assert f'data-changed="{"yes" if attribute["changed"] else "no"}"' in row
        assert f'class="widget__tag" data-way="{attribute["way"]}"' in row
        assert attribute["text"] in row
        assert "2023-06-15 문서 기준" in row
        for alternative in attribute["alternatives"]:
            assert alternative["text"] in row
    assert "바뀜" in page.split('id="w-attribute-az"')[1].split("</tr>")[0]


def test_that_zones_are_compared_by_name_is_said() -> None:
    assert "같은 이름이라도 계정마다 다른 곳일 수 있습니다" in shown(SAME)


@settings(max_examples=60, deadline=None)
@given(document=scenarios())
def test_the_page_that_asks_shows_what_is_given_and_no_outcome(document: Json) -> None:
    asking = get({**dict(encode_follow(document)), "mode": "predict"})
    inside = panel(asking).split('class="ask"')[0]
    for side in (document["committed"], document["running"]):
        assert side["type"] in inside
        assert html.escape(side["platform"]) in inside
    for trace in ("ri-pill", "ri-bar", "widget__tag", "ri-attributes", "w-form"):
        assert trace not in inside
    result = evaluate(document)
    assert result["text"] not in html.unescape(asking)


@settings(max_examples=60, deadline=None)
@given(document=scenarios())
def test_the_page_says_what_the_engine_says(document: Json) -> None:
    result = evaluate(document)
    page = html.unescape(panel(by_json(document)))
    assert result["text"] in page
    assert ("ri-bar" in page) == (result["units"] is not None)
    if result["after"]:
        assert result["after"]["text"] in page
    if result["units"]:
        assert f"= {result['units']['committed']}단위" in page.replace(",", "")
        assert f"= {result['units']['running']}단위" in page.replace(",", "")


def test_without_a_result_the_context_holds_no_answer() -> None:
    document = scenario(HALF)
    query = {name: [text] for name, text in encode_follow(document)}
    assert follow_context(document, {}, query)["answer"] is None
    assert follow_context(document, evaluate(document), query)["answer"] is not None


def test_the_largest_scenario_draws_few_blocks() -> None:
    page = shown("standard_ri regional t2.nano x1000 us-east-1 → m5.112xlarge x1000 us-east-1a")
    assert 2 <= page.count("ri-bar__block") <= 26
