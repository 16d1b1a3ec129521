"""The pricing lesson: a situation where the notes speak of Savings Plans, 표준 RI and 변동 RI."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("course")

# The heading that the widget stands under, and its situation.
PLACES = [
    ("ec2-instance-savings-plans", "ec2-sp-family"),
    ("standard-ri", "half"),
    ("convertible-ri", "convertible-family"),
]


@pytest.fixture
def page(client: Client) -> str:
    return client.get("/lessons/ec2-pricing/").content.decode()


def test_each_situation_stands_under_the_heading_that_it_is_about(page: str) -> None:
    headings = [
        (match.start(), match[1]) for match in re.finditer(r'<h[34][^>]*\sid="([a-z0-9-]+)"', page)
    ]
    assert page.count('data-widget="ri-matrix"') == len(PLACES)
    for heading, preset in PLACES:
        at = page.index(f'id="ri-matrix-{preset}')
        known = [name for start, name in headings if start < at and not name.startswith("ri-")]
        assert known[-1] == heading


def test_ids_stay_apart_and_links_within_the_page_lead_somewhere(page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in set(re.findall(r'href="#([^"]+)"', page)):
        assert target in ids


def test_the_lesson_stays_public(client: Client) -> None:
    response = client.get("/lessons/ec2-pricing/")
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
