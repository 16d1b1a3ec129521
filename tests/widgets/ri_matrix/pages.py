"""Pages of the widget, asked as browsers ask, and what is found in them."""

import html
import json
import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.test import Client

from apps.widgetkit.manifest import Json

PATH = "/widgets/ri-matrix/"
HTMX = {"HX-Request": "true"}


def get(query: Mapping[str, str | Sequence[str]], **headers: str) -> str:
    response = Client().get(f"{PATH}?{urlencode(query, doseq=True)}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def by_json(scenario: Json) -> str:
    return get({"json": json.dumps(scenario)})


def panel(page: str) -> str:
    """The open panel, without the matrix below it."""
    return page.split('class="ri-panel"')[1].split('id="w-matrix"')[0]


def field(page: str, name: str) -> str:
    """The start tag of a field; a select with its choices."""
    found = re.search(rf'<(input|select)[^>]* name="{re.escape(name)}"[^>]*>', page)
    assert found, name
    if found[1] == "select":
        return page[found.start() :].split("</select>")[0]
    return found[0]


def value(page: str, name: str) -> str:
    """What stands in a field."""
    tag = field(page, name)
    if tag.startswith("<select"):
        chosen = re.search(r'value="([^"]*)" selected', tag)
        return html.unescape(chosen[1]) if chosen else ""
    found = re.search(r'value="([^"]*)"', tag)
    assert found
    return html.unescape(found[1])


def marked(page: str) -> list[str]:
    """Names of the fields with a mistake."""
    return re.findall(r'name="([^"]+)"[^>]*aria-invalid="true"', page)


def message(page: str, name: str) -> str:
    """What is said at a field."""
    described = re.search(r'aria-describedby="([^"]+)"', field(page, name))
    assert described, name
    return html.unescape(page.split(f'id="{described[1]}">')[1].split("</p>")[0])


def form(page: str) -> dict[str, list[str]]:
    """What the panel's form would send without a button."""
    inside = panel(page).split('id="w-form"')[1].split("</form>")[0]
    sent: dict[str, list[str]] = {}
    for name in re.findall(r'<(?:input|select)[^>]* name="([^"]+)"', inside):
        sent[name] = [value(inside, name)]
    return sent


def buttons(page: str) -> list[tuple[str, str]]:
    """Names and values of the buttons in the panel's form."""
    inside = panel(page).split('id="w-form"')[1].split("</form>")[0]
    return [
        (name, html.unescape(text))
        for name, text in re.findall(r'<button[^>]* name="([^"]+)" value="([^"]*)"', inside)
    ]


def verdict(page: str) -> str:
    """What the pill says."""
    pill = page.split('class="ri-pill"')[1].split("</p>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", pill.partition(">")[2]).split())


def figures(page: str) -> list[str]:
    """The drawings in words."""
    return re.findall(r"<figcaption[^>]*>([^<]*)</figcaption>", page)
