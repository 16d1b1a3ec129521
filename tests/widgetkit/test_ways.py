"""Ways on from a widget's state: asked in order, for its own page only, with the state's query."""

import pytest
from django.http import HttpRequest
from django.test import Client

from apps.widgetkit import ways
from apps.widgetkit.manifest import Widget
from apps.widgetkit.ways import Way, register_way

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "_finders", [])


def here(request: HttpRequest, widget: Widget, query: str) -> Way | None:
    return Way(f"{widget.slug} 밖으로", f"/elsewhere/?{query}")


def nowhere(request: HttpRequest, widget: Widget, query: str) -> Way | None:
    return None


@pytest.fixture
def _one_way() -> None:
    register_way(nowhere)
    register_way(here)
    register_way(here)  # a second start of the same app


LINK = 'href="/elsewhere/?preset=notes">packet-walk 밖으로</a>'


@pytest.mark.usefixtures("_one_way")
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("mode", ["", "&mode=predict"], ids=["shown", "asking"])
def test_a_valid_state_leads_on_once(client: Client, headers: dict[str, str], mode: str) -> None:
    html = client.get(f"/widgets/packet-walk/?preset=notes{mode}", headers=headers)
    assert html.content.decode().count(LINK) == 1


@pytest.mark.usefixtures("_one_way")
def test_nothing_leads_on_from_a_lesson_or_from_nonsense(client: Client) -> None:
    embedded = client.get("/widgets/packet-walk/?preset=notes&uid=e1", headers=HTMX)
    invalid = client.get("/widgets/packet-walk/?port=nonsense")
    assert "밖으로" not in embedded.content.decode() + invalid.content.decode()


def test_without_ways_the_page_is_as_it_was(client: Client) -> None:
    assert "widget__way" not in client.get("/widgets/packet-walk/").content.decode()
