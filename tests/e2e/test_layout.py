"""The shape of the pages: nothing sticks out, columns come and go, drawings stand straight."""

import re
from statistics import median

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.course import DRAWINGS, FIRST, ROOT, SLUGS, lesson, open_lesson, settle
from tests.e2e.measure import Glyph, cells, drawing_rows, full_lines, svg_texts
from tests.e2e.watch import Watch

pytestmark = pytest.mark.slow
WIDTHS = [320, 768, 1280, 1920]
DIAGRAMS = sorted(path.stem for path in (ROOT / "content" / "diagrams").glob("*.toml"))

STICKING_OUT = """() => {
  const edge = document.documentElement.clientWidth + 0.5;
  const apart = ".table-scroll, .drawing__scroll, .code__scroll, .visually-hidden, svg";
  return [...document.body.querySelectorAll("*")]
    .filter((node) => !node.parentElement.closest(apart) && !node.matches(".visually-hidden"))
    .filter((node) => {
      const box = node.getBoundingClientRect();
      return box.width && (box.right > edge || box.left < -0.5);
    })
    .map((node) => `${node.tagName}.${node.className}`);
}"""

_CUT_IN_HEADER = """() => {
  const header = document.querySelector(".site-header");
  const frame = header.getBoundingClientRect();
  const shown = [...header.querySelectorAll("a, button")].filter((node) => node.checkVisibility());
  const boxes = shown.map((node) => node.getBoundingClientRect());
  const wrong = [];
  shown.forEach((node, i) => {
    for (const part of node.querySelectorAll(":scope, :not(.visually-hidden)")) {
      const box = part.getBoundingClientRect();
      const cut = box.left < frame.left || box.right > frame.right;
      if (cut && getComputedStyle(part).clipPath === "none") wrong.push(`cut: ${node.textContent}`);
    }
    const [it, last] = [boxes[i], boxes[i - 1]]; // on a phone they stand in two rows
    const beside = i && it.top < last.bottom && last.top < it.bottom;
    if (beside && it.left < last.right) wrong.push(`overlaps: ${node.textContent}`);
    if (node.scrollWidth > node.clientWidth + 1) wrong.push(`too narrow: ${node.textContent}`);
    if (boxes[i].height > frame.height) wrong.push(`wraps: ${node.textContent}`);
  });
  return wrong;
}"""

_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) window.shifts.push(entry.value);
    }
  }).observe({ type: "layout-shift", buffered: true });
"""


_TORN_WORDS = """(selector) => [...document.querySelectorAll(selector)].flatMap((block) => {
  const torn = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    // After a hyphen, a slash or a bracket a line may end.
    for (const word of node.data.matchAll(/[A-Za-z0-9가-힣]+/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const tops = [...range.getClientRects()].map((box) => Math.round(box.top));
      if (Math.max(...tops) - Math.min(...tops) > 8) torn.push(word[0]);
    }
  }
  return torn;
})"""


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_of_a_lesson_sticks_out(slug: str, page: Page) -> None:
    open_lesson(page, slug)
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for width in WIDTHS:
        resize(page, width)
        assert (width, page.evaluate(STICKING_OUT)) == (width, [])
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("slug", SLUGS)
def test_no_word_of_a_table_or_a_heading_is_torn(slug: str, page: Page) -> None:
    resize(page, 320)
    open_lesson(page, slug)
    assert page.evaluate(_TORN_WORDS, "main :is(th, td, h1, h2, h3, h4)") == []


@pytest.mark.parametrize(
    "path", ["/", "/progress/", "/quizzes/", f"/lessons/{FIRST}/progress/", "/nirgends/"]
)
def test_nothing_of_a_page_sticks_out(path: str, page: Page, watch: Watch) -> None:
    watch.expect_status(404)
    page.goto(path)
    settle(page)
    for width in WIDTHS:
        resize(page, width)
        assert (width, page.evaluate(STICKING_OUT)) == (width, [])
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 360, 480, 520, 620, 768, 1280, 1920])
def test_the_header_shows_all_its_words(width: int, page: Page) -> None:
    resize(page, width)
    page.goto("/")
    settle(page)
    assert page.evaluate(_CUT_IN_HEADER) == []


@pytest.mark.parametrize("width", [1280, 1920])
def test_a_line_of_korean_holds_38_to_45_syllables(width: int, page: Page) -> None:
    resize(page, width)
    counts = []
    for slug in SLUGS:
        open_lesson(page, slug)
        # Latin words are narrower and longer; only lines without them say how much fits.
        counts += [
            len(re.findall("[가-힣]", line))
            for line in full_lines(page, ".prose > p")
            if not re.search("[A-Za-z]", line)
        ]
    assert len(counts) >= 5
    assert 38 <= median(counts) <= 45


@pytest.mark.parametrize(
    ("width", "tree", "contents"),
    [
        (1920, True, True),
        (1180, True, True),
        (1179, True, False),
        (820, True, False),
        (819, False, False),
        (320, False, False),
    ],
)
def test_columns_come_with_width(width: int, tree: bool, contents: bool, page: Page) -> None:
    resize(page, width)
    open_lesson(page, "virtualization")
    expect(page.locator(".course-nav")).to_be_visible(visible=tree)
    expect(page.locator(".course-nav-button")).to_be_visible(visible=not tree)
    expect(page.locator("aside.toc")).to_be_visible(visible=contents)
    expect(page.locator(".toc-inline")).to_be_visible(visible=not contents)
    boxes = [
        page.locator(selector).bounding_box()
        for selector, shown in ((".course-nav", tree), ("main", True), ("aside.toc", contents))
        if shown
    ]
    edges = [(box["x"], box["x"] + box["width"]) for box in boxes if box]
    assert len(edges) == 1 + tree + contents
    flat = [x for edge in edges for x in edge]
    assert flat == sorted(flat), "columns overlap"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("slug", DRAWINGS)
def test_drawings_stand_on_the_grid(slug: str, width: int, page: Page) -> None:
    resize(page, width)
    open_lesson(page, slug)
    assert page.evaluate(
        """() => [...document.fonts].some(
          (face) => face.family.includes("Gureum Mono") && face.status === "loaded",
        )"""
    )
    found = page.locator("pre.drawing__pre").count()
    assert found == DRAWINGS[slug]
    for number in range(found):
        rows = drawing_rows(page, number)
        widest = max(rows, key=lambda row: row[-1].right if row else 0)
        cell = widest[-1].right / sum(cells(glyph.text) for glyph in widest)
        for row in rows:
            text = "".join(glyph.text for glyph in row)
            column = 0
            for glyph in row:
                assert abs(glyph.left - column * cell) <= 0.5, (number, text, glyph)
                column += cells(glyph.text)


_TOP = re.compile(r"\s*(?:┌[─┬]+┐|\+-+\+)\s*$")
_BOTTOM = re.compile(r"\s*(?:└[─┴]+┘|\+-+\+)\s*$")
_BORDERS = "┌┬┐│└┴┘+|"


def framed_boxes(rows: list[list[Glyph]]) -> list[list[list[Glyph]]]:
    texts = ["".join(glyph.text for glyph in row) for row in rows]
    boxes: list[list[list[Glyph]]] = []
    start: int | None = None
    for number, text in enumerate(texts):
        if start is None:
            start = number if _TOP.match(text) else None
        elif _BOTTOM.match(text):
            boxes.append(rows[start : number + 1])
            start = None
    return boxes


def test_the_borders_of_every_box_line_up(page: Page) -> None:
    boxes = 0
    for slug, drawings in DRAWINGS.items():
        open_lesson(page, slug)
        for number in range(drawings):
            for box in framed_boxes(drawing_rows(page, number)):
                boxes += 1
                borders = [[g.right for g in row if g.text in _BORDERS] for row in box]
                assert {len(row) for row in borders} == {len(borders[0])}, (slug, number)
                for column in zip(*borders, strict=True):
                    assert max(column) - min(column) <= 0.5, (slug, number, column)
    assert boxes == 10


@pytest.mark.parametrize("width", WIDTHS)
def test_one_of_two_drawings_of_each_diagram_shows_and_is_legible(width: int, page: Page) -> None:
    resize(page, width)
    seen = []
    for slug in SLUGS:
        open_lesson(page, slug)
        for figure in page.locator("figure.diagram").all():
            name = (figure.get_attribute("id") or "").removeprefix("diagram-")
            seen.append(name)
            expect(figure.locator("svg.diagram-svg")).to_have_count(2)
            expect(figure.locator("svg.diagram-svg:visible")).to_have_count(1)
            texts = svg_texts(page, f"#diagram-{name} svg:visible")
            assert texts
            assert [text for text in texts if text["size"] < 12 or text["out"] > 0.5] == []
    assert sorted(seen) == DIAGRAMS


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/", lesson("aws"), lesson("virtualization"), lesson("s3")])
def test_nothing_moves_while_a_page_loads(path: str, width: int, page: Page) -> None:
    resize(page, width)
    page.add_init_script(_SHIFTS)
    late: list[Route] = []
    # The personal fragments come last, after everything else has been drawn.
    page.route("**/progress/**", lambda route: late.append(route))
    with page.expect_request("**/progress/**"):
        page.goto(path)
    page.evaluate("document.fonts.ready.then(() => true)")
    with page.expect_response("**/progress/**"):
        for route in late:
            route.continue_()
    settle(page)
    frames = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    page.evaluate(frames)
    assert late
    assert sum(page.evaluate("() => window.shifts")) < 0.1


def test_a_first_visit_stays_light(page: Page) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    addresses: dict[str, str] = {}
    sizes: dict[str, float] = {}
    encodings: dict[str, str] = {}

    def answered(event: dict[str, object]) -> None:
        response = event["response"]
        assert isinstance(response, dict)
        addresses[str(event["requestId"])] = str(response["url"])
        headers = {name.lower(): value for name, value in response["headers"].items()}
        encodings[str(response["url"])] = headers.get("content-encoding", "")

    def finished(event: dict[str, object]) -> None:
        sizes[str(event["requestId"])] = float(str(event["encodedDataLength"]))

    wire.on("Network.responseReceived", answered)
    wire.on("Network.loadingFinished", finished)
    for slug in SLUGS:
        addresses.clear()
        sizes.clear()
        open_lesson(page, slug)
        weights = {url: sizes.get(key, 0) for key, url in addresses.items() if "/fonts/" not in url}
        own = {url: size for url, size in weights.items() if re.search(r"/(css|js)/", url)}
        assert len(own) >= 8
        assert {encodings[url] for url in own} == {"br"}
        assert sum(weights.values()) <= 150_000, weights
        assert sum(size for url, size in own.items() if "htmx" not in url) <= 60_000, own
