"""The attack corpus in a real browser, on a page without any policy: the sanitizer stands alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import django_htmx
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page, Route

from apps.content.markdown import render_markdown
from apps.content.render import render_body
from tests.content.attacks import ATTACKS

TRAP = "http://trap.test/lessons/trap/"
PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
FIGURE = '<figure class="diagram" id="diagram-sample" data-overlay="">그림</figure>'
HTMX = next((Path(django_htmx.__file__).parent / "static").rglob("htmx-2*.min.js"))
# Freer than the site's own, so that nothing but the sanitizer stands in the way.
HTMX_CONFIG = """<meta name="htmx-config" content='{"selfRequestsOnly":false}'>"""

HOOKS = """
  window.fired = [];
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    window[name] = (...given) => void window.fired.push(`${name}(${given})`);
  }
  addEventListener("submit", (event) => {
    window.fired.push("submit");
    event.preventDefault();
  });
  // An ordinary link may be followed by whoever presses it; only what it does besides counts.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    if (link && /^(https?|mailto):$/.test(link.protocol)) event.preventDefault();
  });
"""

# What a person could do, to every element; then time for pictures and for what was set off.
PROVOKE = """async () => {
  const settled = (image) => image.complete || new Promise((done) => {
    image.addEventListener("load", done);
    image.addEventListener("error", done);
  });
  const frames = () => new Promise((done) => requestAnimationFrame(
    () => requestAnimationFrame(() => setTimeout(done)),
  ));
  await Promise.all([...document.images].map((image) => (image.loading = "eager", settled(image))));
  await frames();
  const early = [...window.fired];
  const events = ["pointerover", "mouseover", "mouseenter", "mousemove", "pointerdown", "mousedown",
    "mouseup", "auxclick", "dblclick", "contextmenu", "wheel", "touchstart", "keydown", "keyup",
    "input", "change", "toggle", "focusin", "blur", "scroll", "copy", "dragstart",
    "animationstart", "transitionend", "begin", "start"];
  for (const node of document.querySelectorAll("main *")) {
    for (const name of events) node.dispatchEvent(new Event(name, { bubbles: true }));
    node.focus?.();
    node.click?.();
    if (node.matches("details")) node.open = !node.open;
    if (!node.click) node.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  }
  await frames();
  return [...new Set([...early, ...window.fired])];
}"""

DANGEROUS = """() => [...document.querySelectorAll("main *")].flatMap((node) => {
  const found = [];
  const kinds = "script style form input button select textarea iframe frame object embed applet "
    + "base meta link template dialog portal audio video source svg math";
  if (kinds.split(" ").includes(node.localName)) found.push(`<${node.localName}>`);
  for (const { name, value } of node.attributes) {
    if (/^(on|hx-|data-hx-|style$|srcset$|formaction$|ping$|target$)/.test(name)) found.push(name);
    const address = /^(href|src|action|xlink:href)$/.test(name);
    if (address && /^\\W*(javascript|data|vbscript)/i.test(value)) found.push(`${name}=${value}`);
  }
  return found;
})"""


@dataclass
class Trap:
    """Shows one vector after another and notes whatever each sets off."""

    context: BrowserContext
    html: str = ""
    page: Page | None = None
    requests: list[str] = field(default_factory=list)
    navigations: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        request = route.request
        if request.url == TRAP and request.resource_type == "document":
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
            return
        own = urlsplit(request.url).netloc == urlsplit(TRAP).netloc
        if own and request.resource_type == "image":
            # Own pictures are allowed: one arrives, one is missing, so that either event would run.
            arrives = urlsplit(request.url).path.startswith("/static/")
            # A browser shows a picture whatever its status: the missing one has no body.
            body = PIXEL if arrives else ""
            route.fulfill(status=200 if arrives else 404, body=body, content_type="image/svg+xml")
            return
        self.requests.append(f"{request.resource_type} {request.url}")
        route.abort()

    def navigated(self, frame: Frame) -> None:
        if frame.url.partition("#")[0] != TRAP:
            self.navigations.append(frame.url)

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.on("framenavigated", self.navigated)
        page.on("dialog", lambda dialog: dialog.dismiss())
        return page

    def effects(self, body: str) -> list[str]:
        """Everything that `body` did by itself or when it was provoked."""
        self.html = (
            f'<!doctype html><html lang="ko"><meta charset="utf-8">{HTMX_CONFIG}'
            f"<script>{HOOKS}</script><script>{HTMX.read_text('utf-8')}</script><body><main>{body}</main></body></html>"
        )
        self.requests.clear()
        self.navigations.clear()
        page = self.page or self._new_page()
        try:
            page.goto(TRAP)
            seen = [*page.evaluate(DANGEROUS), *page.evaluate(PROVOKE)]
        except Error as error:  # a vector that takes the page away must still be named
            seen = [error.message]
        self.page = None if seen or self.requests or self.navigations else page
        return [*seen, *self.requests, *self.navigations]


@pytest.fixture
def trap(browser: Browser) -> Iterator[Trap]:
    # Not one of the watched contexts: what is requested here is judged here.
    context = browser.new_context(service_workers="block")
    context.set_default_timeout(10_000)
    trap = Trap(context)
    context.route("**/*", trap.answer)
    yield trap
    context.close()


def rendered(markdown: str) -> str:
    result = render_body(markdown, diagrams={"sample": FIGURE})
    return "".join(block.html for block in result.blocks)


@pytest.mark.slow
def test_no_vector_has_an_effect(trap: Trap) -> None:
    effects = {name: trap.effects(rendered(text)) for name, text in ATTACKS}
    assert {name: found for name, found in effects.items() if found} == {}
    assert len(effects) >= 60


def test_the_lines_of_the_vectors_stand_together_harmlessly(trap: Trap) -> None:
    everything = "\n\n".join(text for _, text in ATTACKS)
    assert trap.effects(rendered(everything)) == []


# What these do when they are not sanitized: the trap sees scripts, events, links, pictures,
# styles, htmx and navigations.
LIVE = {
    "script": "alert(1)",
    "img-onerror": "alert(1)",
    "img-onload-quotes": "alert(1)",
    "svg-onload": "alert(1)",
    "a-onmouseover": "alert(1)",
    "details-ontoggle": "alert(1)",
    "autofocus": "alert(1)",
    "link-javascript": "alert(1)",
    "link-entity-tab": "alert(1)",
    "script-type-module": "script https://evil.example/x.js",
    "style-import": "stylesheet http://evil.example/x.css",
    "image-remote": "image https://evil.example/x.png",
    "htmx-attributes": "xhr https://evil.example/",
    "meta-refresh": "document https://evil.example/",
}


@pytest.mark.parametrize("name", LIVE)
def test_the_trap_catches_the_vector_as_it_was_written(name: str, trap: Trap) -> None:
    assert LIVE[name] in trap.effects(render_markdown(dict(ATTACKS)[name]))
