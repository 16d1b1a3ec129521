"""The query string of "수정·교환" is the whole state, by lines or by columns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.kernel.documents import Invalid
from apps.widgetkit.manifest import Json
from apps.widgetkit.state import as_query
from apps.widgets.ri_matrix.change_form import decode_change, encode_change
from apps.widgets.ri_matrix.domain.changes import change_to_json, evaluate_change, read_change

from .domain.changes.requests import exchange, modify
from .domain.changes.strategies import exchanges, modifications
from .pages import field, form, get, marked, message, panel, value

SPLIT = modify(["t2.large 1 regional us-east-1"], ["t2.small 4 regional us-east-1"])
OLD = "m4.large 1 partial_upfront 35 500 4000 1 2027-03-31"
NEW = "c5.large all_upfront 10 150 1"
TRADE = exchange([OLD], NEW)


def canonical(document: Json) -> Json:
    reading = read_change(document)
    assert not isinstance(reading, Invalid), reading
    return change_to_json(reading)


def query(document: Json, **changes: str) -> dict[str, list[str]]:
    return as_query(encode_change(document)) | {name: [text] for name, text in changes.items()}


@settings(max_examples=200, deadline=None)
@given(document=st.one_of(modifications(), exchanges()))
def test_every_request_reads_back_from_its_query(document: Json) -> None:
    assert decode_change(query(canonical(document))) == canonical(document)


@settings(max_examples=40, deadline=None)
@given(document=st.one_of(modifications(), exchanges()))
def test_the_form_of_a_page_sends_the_state_of_that_page(document: Json) -> None:
    page = get(query(canonical(document)))
    assert decode_change(form(page)) == canonical(document)


def test_a_modification_is_written_in_lines() -> None:
    document = modify(
        ["t2.large 1 zonal us-east-1 us-east-1a state=active expires=2027-03-31"],
        ["t2.small 4 regional us-east-1 class=standard"],
    )
    assert encode_change(canonical(document)) == [
        ("operation", "modify"),
        ("class", "standard"),
        ("platform", "Linux/UNIX"),
        ("tenancy", "default"),
        ("from", "t2.large 1 zonal us-east-1 us-east-1a state=active expires=2027-03-31"),
        ("to", "t2.small 4 regional us-east-1 class=standard"),
    ]


def test_an_exchange_is_written_in_lines() -> None:
    assert encode_change(canonical(TRADE)) == [
        ("operation", "exchange"),
        ("class", "convertible"),
        ("from", OLD),
        ("to", NEW),
    ]


def test_an_absent_value_is_a_dash_unless_it_comes_last() -> None:
    document = exchange(
        ["m4.large 1 no_upfront 35 - 4000 1 2027-03-31"], "c5.large no_upfront 10 - -"
    )
    pairs = encode_change(canonical(document))
    assert ("from", "m4.large 1 no_upfront 35 - 4000 1 2027-03-31") in pairs
    assert ("to", "c5.large no_upfront 10") in pairs
    assert decode_change(as_query(pairs)) == canonical(document)


def test_a_row_by_columns_is_the_row_by_line() -> None:
    sent = query(SPLIT)
    del sent["to"]
    columns = {"type": "t2.small", "count": "4", "scope": "regional", "region": "us-east-1"}
    sent |= {f"to.0.{name}": [text] for name, text in columns.items()}
    assert decode_change(sent) == canonical(SPLIT)


def test_rows_by_columns_come_behind_those_by_lines_in_the_order_of_their_numbers() -> None:
    sent = query(SPLIT)
    for index, kind in ((10, "t2.nano"), (2, "t2.micro")):
        sent |= {f"to.{index}.type": [kind], f"to.{index}.count": ["1"]}
    kinds = [row["type"] for row in decode_change(sent)["to"]]
    assert kinds == ["t2.small", "t2.micro", "t2.nano"]


def test_the_zone_of_a_row_is_kept_and_not_read_while_its_scope_is_regional() -> None:
    moved = modify(["t2.large 1 zonal us-east-1 us-east-1b"], ["t2.large 1 regional us-east-1"])
    sent = form(get(query(moved))) | {"from.0.scope": ["regional"]}
    assert decode_change(sent)["from"][0]["az"] is None
    again = form(get(sent)) | {"from.0.scope": ["zonal"]}
    assert decode_change(again)["from"][0]["az"] == "us-east-1b"


def test_an_empty_row_is_no_row_and_no_mistake() -> None:
    sent = form(get(query(SPLIT)))
    sent |= {"to.1.type": [""], "to.1.count": [""], "to.1.scope": [""], "to.1.region": [""]}
    assert decode_change(sent) == canonical(SPLIT)
    page = get(sent)
    assert not marked(page)
    assert "유형과 개수를 채우면 행이 됩니다." in page


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("from.0.type", "t2large", "m5.large"),
        ("from.0.type", "", "유형을 적어 주세요"),
        ("to.0.type", "m7i.metal-24xl", "정규화 계수"),
        ("to.0.count", "0", "1~1000"),
        ("to.0.count", "", "개수를 적어 주세요"),
        ("to.0.region", "US East", "us-east-1"),
        ("to.0.region", "", "리전을 적어 주세요"),
        ("to.0.scope", "global", "regional"),
        ("from.0.state", "In Ordnung", "active"),
        ("from.0.expires", "2027-02-30", "있는 날짜"),
        ("to.0.class", "gold", "standard"),
        ("class", "gold", "standard"),
        ("platform", "", "플랫폼을 적어 주세요"),
        ("tenancy", "host", "host"),
    ],
)
def test_a_mistake_in_a_modification_is_said_at_its_field(name: str, text: str, words: str) -> None:
    sent = form(get(query(SPLIT))) | {name: [text]}
    page = get(sent)
    assert marked(page) == [name]
    assert value(page, name) == text
    assert words in message(page, name)
    assert 'class="ri-pill"' not in page


def test_a_zonal_row_asks_for_its_zone() -> None:
    page = get(form(get(query(SPLIT))) | {"to.0.scope": ["zonal"]})
    assert marked(page) == ["to.0.az"]
    assert "가용 영역을 적어 주세요" in message(page, "to.0.az")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("from.0.payment", "later", "all_upfront"),
        ("from.0.list", "1e9", "금액"),
        ("from.0.upfront", "", "선결제 금액을 적어 주세요"),
        ("from.0.hours", "-1", "정수"),
        ("from.0.term", "2", "1년이나 3년"),
        ("from.0.expires", "", "만료일을 적어 주세요"),
        ("to.0.type", "", "유형을 적어 주세요"),
        ("to.0.list", "0", "0보다 큰"),
        ("to.0.upfront", "", "선결제 금액을 적어 주세요"),
        ("to.0.term", "5", "1년이나 3년"),
    ],
)
def test_a_mistake_in_an_exchange_is_said_at_its_field(name: str, text: str, words: str) -> None:
    page = get(form(get(query(TRADE))) | {name: [text]})
    assert marked(page) == [name]
    assert value(page, name) == text
    assert words in message(page, name)


def test_mistakes_are_marked_in_the_row_that_has_them() -> None:
    sent = query(modify(["t2.large 1 regional us-east-1"], ["t2.small 4 regional us-east-1"] * 3))
    sent |= {"to.3.type": [""], "to.3.count": [""], "to.4.type": ["t2"], "to.4.count": ["1"]}
    sent |= {"to.4.scope": ["regional"], "to.4.region": ["us-east-1"]}
    assert marked(get(sent)) == ["to.4.type"]


@pytest.mark.parametrize("side", ["from", "to"])
@pytest.mark.parametrize("document", [SPLIT, TRADE], ids=["modify", "exchange"])
def test_a_request_without_rows_says_so(document: Json, side: str) -> None:
    sent = query(document)
    del sent[side]
    page = get(sent)
    assert 'role="alert" id="w-problems"' in page
    assert "행을 추가하면 시작할 수 있습니다." in page


def test_an_unknown_operation_is_said_above_the_form() -> None:
    page = get(query(SPLIT, operation="melt"))
    assert "operation" in page.split('id="w-problems"')[1].split("</ul>")[0]
    assert value(page, "from.0.type") == "t2.large"


def test_seldom_values_are_folded_until_they_say_something() -> None:
    page = panel(get(query(SPLIT)))
    assert 'id="w-more-from-0" data-keep-open>' in page
    told = modify(
        ["t2.large 1 regional us-east-1 state=retired"],
        SPLIT["to"] and ["t2.small 4 regional us-east-1"],
    )
    page = panel(get(query(told)))
    assert 'id="w-more-from-0" data-keep-open open>' in page
    assert value(page, "from.0.state") == "retired"


def test_the_other_operation_is_a_link_that_takes_the_instances_along() -> None:
    page = panel(get(query(SPLIT)))
    link = page.split('id="w-switch-2"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert "operation=exchange" in link
    assert "t2.large+1+partial_upfront" in link
    page = panel(get(query(TRADE)))
    link = page.split('id="w-switch-1"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert "m4.large+1+regional" in link
    assert 'id="w-switch-2"' in page
    assert 'aria-current="true">교환' in page


def test_fields_offer_values() -> None:
    page = get(query(SPLIT))
    assert 'list="w-types"' in field(page, "from.0.type")
    assert 'list="w-regions"' in field(page, "to.0.region")


NAMES = [
    "operation", "class", "platform", "tenancy", "from", "to", "from.0.type", "to.0.count",
    "to.999.az", "to.1000.az", "from.0.color", "add", "remove", "split", "halve", "merge", "move",
    "same", "from.0.upfront", "to.0.list", "",
]  # fmt: skip
WORDS = ["modify", "exchange", "to", "to.0", "t2.large 1 regional us-east-1", OLD, NEW, "to.0=a"]


@settings(max_examples=300, deadline=None)
@given(
    pairs=st.lists(
        st.tuples(st.sampled_from(NAMES), st.text(max_size=30) | st.sampled_from(WORDS)),
        max_size=14,
    )
)
def test_no_query_breaks_decoding_or_the_engine(pairs: list[tuple[str, str]]) -> None:
    document = decode_change(as_query(pairs))
    assert {"operation", "offering_class", "from", "to"} <= set(document)
    if "problems" not in evaluate_change(document):
        assert decode_change(query(canonical(document))) == canonical(document)
