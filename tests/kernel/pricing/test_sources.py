"""The pages that rules cite: addresses, dates, and who wrote what was read."""

from urllib.parse import urlsplit

import pytest

from apps.kernel.pricing.options import RESERVED_INSTANCES, SAVINGS_PLANS, PurchaseOption
from apps.kernel.pricing.sources import SOURCES

THIRD_PARTY = {"ri_price", "sp_types", "sp_ris", "sp_return"}
UNDATED = {"ri_price", "sp_ris", "sp_apply", "sp_return"}


@pytest.mark.parametrize("key", SOURCES)
def test_a_source_has_a_title_and_an_address_of_aws(key: str) -> None:
    source = SOURCES[key]
    assert source.title
    address = urlsplit(source.url)
    assert address.scheme == "https"
    assert address.hostname in ("docs.aws.amazon.com", "aws.amazon.com")


def test_no_page_is_listed_twice() -> None:
    assert len({source.url for source in SOURCES.values()}) == len(SOURCES)
    assert len({source.title for source in SOURCES.values()}) == len(SOURCES)


def test_what_was_not_read_at_aws_says_so() -> None:
    assert {key for key, source in SOURCES.items() if source.third_party} == THIRD_PARTY


def test_only_copies_of_unknown_date_have_none() -> None:
    assert {key for key, source in SOURCES.items() if source.as_of is None} == UNDATED
    assert all(source.as_of != "" for source in SOURCES.values())


def test_the_kinds_of_commitments_do_not_overlap() -> None:
    assert not RESERVED_INSTANCES & SAVINGS_PLANS
    rest = set(PurchaseOption) - RESERVED_INSTANCES - SAVINGS_PLANS
    assert {option.value for option in rest} == {
        "on_demand", "spot", "capacity_reservation", "dedicated_host",
        "dedicated_host_reservation",
    }  # fmt: skip
