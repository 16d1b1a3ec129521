"""Exchanges, rule by rule: what a Convertible RI becomes, how many of it, and what is charged."""

import pytest

from apps.kernel.pricing.sources import SOURCES
from apps.widgets.ri_matrix.domain.changes import evaluate_change, judge
from apps.widgets.ri_matrix.domain.changes.model import Exchange

from .requests import Json, exchange, read, reasons, why

M4 = "m4.large 1 partial_upfront 35 500 4000 1 2027-03-31"
C5 = "c5.large all_upfront 10 150 1"
NOTHING = {"count_received": None, "true_up": None, "expires": None, "term_years": None}


def outcome(document: Json) -> tuple[object, ...]:
    result = evaluate_change(document)
    assert result["allowed"], result
    return tuple(result[key] for key in ("count_received", "true_up", "expires", "term_years"))


def test_the_example_of_the_specification() -> None:
    result = evaluate_change(
        {"operation": "exchange", "offering_class": "convertible",
         "from": [{"type": "m4.large", "count": 1, "payment": "partial_upfront",
                   "list_value": "35", "remaining_upfront": "500", "hours_left": 4000,
                   "term_years": 1, "expires": "2027-03-31"}],
         "to": {"type": "c5.large", "payment": "all_upfront", "list_value": "10",
                "prorated_upfront": "150", "term_years": 1}}
    )  # fmt: skip
    # 35 ÷ 10 and 500 ÷ 150 both round up to 4; 4 × 150 − 500 = 100.
    text = result.pop("text")
    assert "c5.large RI를 4개 받습니다" in text
    assert "차액(true-up) 100달러" in text
    assert result == {
        "allowed": True, "reasons": [], "texts": [], "sources": [],
        "count_received": 4, "true_up": "100", "expires": "2027-03-31", "term_years": 1,
    }  # fmt: skip


# Sources; the target; count received, true-up.
COUNTS: list[tuple[list[str], str, int, str]] = [
    ([M4], "c5.large all_upfront 35 500 1", 1, "0"),  # of equal value: nothing is charged
    ([M4], "c5.large all_upfront 34.999999999 500 1", 2, "500"),  # a little less: rounded up
    ([M4], "c5.large all_upfront 100 500 1", 1, "0"),  # a higher list value is given for nothing
    ([M4], "c5.large all_upfront 35 499 1", 2, "498"),  # the upfront price must not be lower either
    ([M4], "c5.large partial_upfront 10 0.3 1", 1667, "0.1"),
    ([M4.replace(" 1 ", " 3 ", 1)], C5, 11, "150"),  # 105 ÷ 10; 1500 ÷ 150 = 10
    ([M4, M4], C5, 7, "50"),  # 70 ÷ 10 = 7; 1000 ÷ 150 → 7
    (["m4.large 1 no_upfront 35 - 4000 1 2027-03-31"], "c5.large no_upfront 10 - 1", 4, "0"),
    (["m4.large 1 no_upfront 35 - 4000 1 2027-03-31"], C5, 4, "600"),
    (["m4.large 1 no_upfront 35 - 4000 1 2027-03-31", M4], C5, 7, "550"),
    (["m4.large 1 all_upfront 0 0 4000 1 2027-03-31"], C5, 1, "150"),
    (["x9z.huge 1 all_upfront 1 0 4000 1 2027-03-31"], "x8y.tiny all_upfront 3 1 1", 1, "1"),
]


@pytest.mark.parametrize(("sources", "target", "count", "true_up"), COUNTS)
def test_how_many_are_received_and_what_is_charged(
    sources: list[str], target: str, count: int, true_up: str
) -> None:
    assert outcome(exchange(sources, target))[:2] == (count, true_up)


@pytest.mark.parametrize("target", ["all_upfront", "partial_upfront", "no_upfront"])
@pytest.mark.parametrize("source", ["all_upfront", "partial_upfront", "no_upfront"])
def test_upfront_payments_stay_upfront(source: str, target: str) -> None:
    upfront = "-" if source == "no_upfront" else "500"
    price = "-" if target == "no_upfront" else "150"
    document = exchange(
        [f"m4.large 1 {source} 35 {upfront} 4000 1 2027-03-31"],
        f"c5.large {target} 10 {price} 1",
    )
    refused = source != "no_upfront" and target == "no_upfront"
    assert reasons(document) == (["payment_option"] if refused else [])


def test_one_upfront_payment_among_several_sources_is_enough_to_refuse() -> None:
    free = "m4.large 1 no_upfront 35 - 4000 1 2027-03-31"
    assert reasons(exchange([free, M4], "c5.large no_upfront 10 - 1")) == ["payment_option"]


def test_standard_reservations_are_not_exchanged() -> None:
    document = exchange([M4], C5, offering_class="standard")
    assert reasons(document) == ["offering_class"]
    assert "수정할 수 있는지" in why(document, "offering_class")
    assert reasons(exchange([M4, f"{M4} offering_class=standard"], C5)) == ["offering_class"]
    assert reasons(exchange([M4], f"{C5} offering_class=standard")) == ["offering_class"]
    assert reasons(exchange([f"{M4} offering_class=convertible"], C5)) == []


@pytest.mark.parametrize(("hours", "refused"), [(0, True), (23, True), (24, False), (25, False)])
def test_a_day_at_least_must_be_left(hours: int, refused: bool) -> None:
    document = exchange([M4, M4.replace("4000", str(hours))], C5)
    assert reasons(document) == (["hours_left"] if refused else [])
    if refused:
        assert f"{hours}시간 남은" in why(document, "hours_left")


def test_only_active_reservations_are_exchanged() -> None:
    document = exchange([f"{M4} state=payment-pending", f"{M4} state=active"], C5)
    assert reasons(document) == ["state"]
    assert "payment-pending 상태" in why(document, "state")


def test_the_region_stays() -> None:
    assert reasons(exchange([f"{M4} region=us-east-1"], f"{C5} region=us-east-1")) == []
    assert reasons(exchange([f"{M4} region=us-east-1"], C5)) == []  # not given: not compared
    moved = exchange([f"{M4} region=us-east-1"], f"{C5} region=ap-northeast-2")
    assert reasons(moved) == ["region"]
    merged = exchange([f"{M4} region=us-east-1", f"{M4} region=us-west-2"], C5)
    assert reasons(merged) == ["region"]


THREE = M4.replace(" 1 2027-03-31", " 3 2028-06-30")


@pytest.mark.parametrize(
    ("sources", "years", "expected"),
    [
        ([M4], "1", (1, "2027-03-31")),
        ([M4], "-", (1, "2027-03-31")),
        ([THREE], "-", (3, "2028-06-30")),
        ([THREE, THREE], "3", (3, "2028-06-30")),
        ([M4, THREE], "-", (3, "2028-06-30")),  # terms differ: three years, the latest end
        ([THREE, M4], "3", (3, "2028-06-30")),
    ],
)
def test_the_term_is_the_common_one_and_the_end_the_latest(
    sources: list[str], years: str, expected: tuple[int, str]
) -> None:
    result = outcome(exchange(sources, f"c5.large all_upfront 10 150 {years}"))
    assert (result[3], result[2]) == expected


def test_the_latest_end_counts_minutes_and_seconds() -> None:
    ends = ["2027-03-31T09:45:10Z", "2027-03-31T09:45:50Z", "2027-03-31T09"]
    sources = [M4.replace("2027-03-31", end) for end in ends]
    document = exchange(sources, C5)
    assert outcome(document)[2] == "2027-03-31T09:45:50Z"
    assert "2027년 3월 31일 9시 45분에 만료됩니다" in evaluate_change(document)["text"]


@pytest.mark.parametrize(
    ("sources", "years", "words"),
    [
        ([M4], "3", "교환해도 약정 기간은 바뀌지 않습니다. 대상의 기간을 3년이 아니라 1년으로"),
        ([THREE], "1", "3년으로 고르십시오"),
        ([M4, THREE], "1", "기간이 다른 RI를 합쳐 교환하면 새 RI의 기간은 3년입니다."),
    ],
)
def test_another_term_is_refused(sources: list[str], years: str, words: str) -> None:
    document = exchange(sources, f"c5.large all_upfront 10 150 {years}")
    assert reasons(document) == ["term"]
    assert words in why(document, "term")


def test_a_refused_exchange_yields_nothing_and_says_every_reason() -> None:
    document = exchange(
        [f"{M4.replace('4000', '5')} state=retired region=us-east-1"],
        "c5.large no_upfront 10 - 3 region=us-west-2",
        offering_class="standard",
    )
    result = evaluate_change(document)
    assert reasons(document) == [
        "region", "offering_class", "payment_option", "hours_left", "term", "state",
    ]  # fmt: skip
    assert {key: result[key] for key in NOTHING} == NOTHING
    assert set(result["sources"]) <= SOURCES.keys()
    assert result["text"] == "이대로는 교환할 수 없습니다. 규칙 6개에 어긋납니다."


def test_which_comparison_decides_the_count_is_said() -> None:
    document = exchange([M4], "c5.large all_upfront 35 100 1")
    assert outcome(document)[:2] == (5, "0")
    text = evaluate_change(document)["text"]
    assert "목록 가치만 견주면 1개로 충분하지만" in text
    assert "5개가 필요합니다" in text
    assert "더 낼 차액(true-up)은 없습니다" in text
    assert "목록 가치만" not in evaluate_change(exchange([M4], C5))["text"]


def test_the_picture_gets_units_and_sums() -> None:
    change = read(exchange([M4.replace(" 1 ", " 2 ", 1), M4], C5))
    assert isinstance(change, Exchange)
    result = judge(change)
    assert [str(units) for units in result.rows_from] == ["8", "4"]
    assert result.list_value == 105
    assert result.remaining_upfront == 1500
    assert result.received is not None
    assert (result.received.by_list_value, result.received.by_upfront) == (11, 10)
    assert result.units_to == 44


def test_a_type_without_a_known_factor_is_exchanged_all_the_same() -> None:
    change = read(exchange([M4.replace("m4.large", "x9z.huge")], C5.replace("c5.large", "x9.big")))
    assert isinstance(change, Exchange)
    result = judge(change)
    assert result.allowed
    assert (result.rows_from, result.units_to) == ((None,), None)
