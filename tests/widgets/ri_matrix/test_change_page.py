"""The panel "수정·교환": footprints before and after, every reason, the arithmetic."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.widgetkit.manifest import Json
from apps.widgets.ri_matrix.change_form import encode_change
from apps.widgets.ri_matrix.change_view import _REASONS, change_context
from apps.widgets.ri_matrix.domain.changes import ReasonCode, evaluate_change

from .domain.changes.requests import exchange, modify
from .domain.changes.strategies import exchanges, modifications
from .pages import by_json, figures, get, panel, verdict

HERE = "regional us-east-1"
SPLIT = modify([f"t2.large 1 {HERE}"], [f"t2.small 4 {HERE}"])
LARGER = modify([f"m5.large 1 {HERE}"], [f"m5.xlarge 1 {HERE}"])
TRADE = exchange(
    ["m4.large 1 partial_upfront 35 500 4000 1 2027-03-31"], "c5.large all_upfront 10 150 1"
)


def shown(document: Json) -> str:
    return html.unescape(panel(by_json(document)))


def test_an_allowed_modification_shows_both_footprints_filled() -> None:
    page = shown(SPLIT)
    assert verdict(page) == "✓ 수정할 수 있음"
    assert "t2.large 4단위 × 1개 = 4단위 · 리전 범위 us-east-1" in page
    assert "t2.small 1단위 × 4개 = 4단위 · 리전 범위 us-east-1" in page
    assert page.count("ri-bar__filled") == 8
    assert page.count("ri-bar__thing") == 1 + 4
    assert "data-wrong" not in page
    assert figures(page)[1] == "바꾼 뒤에도 4단위로, 합계가 같습니다."


@pytest.mark.parametrize(
    ("before", "later", "says", "legend"),
    [
        ("m5.large 1", "m5.xlarge 1", "4단위에 4단위 넘칩니다.", "넘침 4단위"),
        ("m5.xlarge 1", "m5.large 1", "8단위에 4단위 모자랍니다.", "모자람 4단위"),
        ("t2.small 1", "t2.nano 3", "1단위에 0.25단위 모자랍니다.", "모자람 0.25단위"),
    ],
)
def test_an_imbalance_is_drawn_and_said(before: str, later: str, says: str, legend: str) -> None:
    page = shown(modify([f"{before} {HERE}"], [f"{later} {HERE}"]))
    assert verdict(page) == "✕ 수정할 수 없음"
    assert says in figures(page)[1]
    assert "data-wrong" in page
    assert legend in page.split('class="ri-legend"')[2].split("</ul>")[0]


def test_every_reason_is_given_with_its_text_and_dated_source() -> None:
    document = modify(
        ["m5.large 1 zonal us-east-1 us-east-1a state=retired"],
        ["c5.xlarge 1 regional us-west-2"],
        platform="Windows",
        tenancy="dedicated",
    )
    result = evaluate_change(document)
    assert len(result["reasons"]) >= 6
    page = shown(document)
    for code, text in zip(result["reasons"], result["texts"], strict=True):
        reason = page.split(f'data-reason="{code}"')[1].split("</li>")[0]
        assert text in reason
        assert "문서 기준" in reason


def test_every_code_has_a_title() -> None:
    assert set(_REASONS) == set(ReasonCode)
    assert len(set(_REASONS.values())) == len(ReasonCode)


def test_an_exchange_shows_what_is_received_and_the_arithmetic() -> None:
    page = shown(TRADE)
    assert verdict(page) == "✓ 교환할 수 있음"
    for label, value in (
        ("받는 개수", "4개"),
        ("차액(true-up)", "100달러"),
        ("만료", "2027-03-31"),
        ("기간", "1년"),
    ):
        assert f"<dt>{label}</dt><dd>{value}</dd>" in page
    assert "35 × 1 ≤ 10 × 4" in page
    assert "3개면 30달러라서 35달러에 모자랍니다." in page
    assert "500 × 1 ≤ 150 × 4" in page
    assert "3개면 450달러라서 500달러에 모자랍니다." in page
    assert "600 − 500 = 100" in page
    assert len(figures(page)) == 2


def test_each_row_of_an_exchange_is_a_term() -> None:
    page = shown(
        exchange(
            [
                "m4.large 2 no_upfront 35 - 4000 1 2027-03-31",
                "m4.xlarge 1 no_upfront 70.5 - 4000 3 2028-03-31",
            ],
            "c5.large no_upfront 1000 - -",
        )
    )
    assert "35 × 2 + 70.5 × 1 ≤ 1,000 × 1" in page
    assert "이 비교만 보면 1개로 충분합니다." in page
    assert "선결제 금액</h4>" not in page
    assert "<dt>기간</dt><dd>3년</dd>" in page


def test_a_refused_exchange_shows_reasons_and_no_numbers() -> None:
    page = shown({**TRADE, "offering_class": "standard"})
    assert verdict(page) == "✕ 교환할 수 없음"
    assert 'data-reason="offering_class"' in page
    assert "ri-figures" not in page
    assert "ri-formula" not in page


def test_that_the_amounts_are_examples_is_said() -> None:
    assert "금액은 예시이므로" in shown(TRADE)
    assert "실제로 있는지는 따지지 않습니다" in shown(SPLIT)


@settings(max_examples=50, deadline=None)
@given(document=st.one_of(modifications(), exchanges()))
def test_the_page_says_what_the_engine_says(document: Json) -> None:
    result = evaluate_change(document)
    page = shown(document)
    assert result["text"] in page
    assert page.count("data-reason=") == len(result["reasons"])
    assert verdict(page).startswith("✓" if result["allowed"] else "✕")


@settings(max_examples=50, deadline=None)
@given(document=st.one_of(modifications(), exchanges()))
def test_the_page_that_asks_shows_what_is_given_and_no_outcome(document: Json) -> None:
    asking = html.unescape(get({**_pairs(document), "mode": "predict"}))
    inside = panel(asking).split('class="ask"')[0]
    for row in document["from"]:
        assert f"{row['type']} {row['count']}개" in inside
    for trace in ("ri-pill", "ri-bar", "ri-refusals", "ri-figures", "w-form", "단위"):
        assert trace not in inside
    assert evaluate_change(document)["text"] not in asking


def _pairs(document: Json) -> dict[str, list[str]]:
    pairs: dict[str, list[str]] = {}
    for name, value in encode_change(document):
        pairs.setdefault(name, []).append(value)
    return pairs


def test_without_a_result_the_context_holds_no_answer() -> None:
    assert change_context(TRADE, {}, _pairs(TRADE))["answer"] is None
    assert change_context(TRADE, evaluate_change(TRADE), _pairs(TRADE))["answer"] is not None


def test_the_largest_request_draws_few_blocks() -> None:
    rows = [f"m5.112xlarge 1000 {HERE}"] * 20
    page = shown(modify(rows, rows))
    assert page.count("ri-bar__block") <= 2 * (24 + 24)
