"""Measurements taken in the page, where fonts and layout are real."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

_LINES = """(selector) => [...document.querySelectorAll(selector)].flatMap((block) => {
  const lines = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(".erratum-ref, .erratum-note")) continue;
    for (let i = 0; i < node.data.length; i++) {
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect();
      if (!box.width) continue;
      const last = lines.at(-1);
      if (last && Math.abs(last.middle - (box.top + box.bottom) / 2) < box.height / 2) {
        last.text += node.data[i];
      } else {
        lines.push({ middle: (box.top + box.bottom) / 2, text: node.data[i] });
      }
    }
  }
  return lines.slice(0, -1).map((line) => line.text);  // the last line ends where the text ends
})"""

_ROWS = """(pre) => {
  const rows = [[]];
  const walker = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const start = pre.getBoundingClientRect().left;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("[data-overlay]")) continue;
    for (let i = 0; i < node.data.length; i++) {
      if (node.data[i] === "\\n") {
        rows.push([]);
        continue;
      }
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect();
      rows.at(-1).push([node.data[i], box.left - start, box.right - start]);
    }
  }
  return rows;
}"""

_SVG_TEXTS = """(svg) => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].map((text) => {
    const box = text.getBoundingClientRect();
    const scale = frame.width / svg.viewBox.baseVal.width;
    const sizes = [text, ...text.querySelectorAll("tspan")].map(
      (one) => parseFloat(getComputedStyle(one).fontSize) * scale,
    );
    return {
      text: text.textContent,
      size: Math.min(...sizes),
      out: Math.max(
        frame.left - box.left,
        box.right - frame.right,
        frame.top - box.top,
        box.bottom - frame.bottom,
      ),
    };
  });
}"""


def full_lines(page: Page, selector: str) -> list[str]:
    """The text of every line that is followed by another line of its block."""
    lines: list[str] = page.evaluate(_LINES, selector)
    return lines


@dataclass(frozen=True)
class Glyph:
    """A character of a drawing and its edges in px from the left of the drawing."""

    text: str
    left: float
    right: float


def drawing_rows(page: Page, number: int) -> list[list[Glyph]]:
    """The rows of the page's drawing `number` (from 0)."""
    rows = page.locator("pre.drawing__pre").nth(number).evaluate(_ROWS)
    return [[Glyph(*glyph) for glyph in row] for row in rows]


def cells(character: str) -> int:
    """Columns that a character takes in the drawing font."""
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def svg_texts(page: Page, selector: str) -> list[dict[str, Any]]:
    """Every text of an inline SVG: its words, size in px, and how far it stands out (px)."""
    texts: list[dict[str, Any]] = page.locator(selector).evaluate(_SVG_TEXTS)
    return texts
