"""axe-core in the page: what a machine can judge of WCAG 2.2 AA and of good practice."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

_SCRIPT = Path(__file__).resolve().parent / "vendor" / "axe-core" / "axe.min.js"
_RUN = """async (tags) => {
  const found = await axe.run(document, {
    runOnly: { type: "tag", values: tags },
    resultTypes: ["violations"],
  });
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`),
  );
}"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _source() -> str:
    return _SCRIPT.read_text("utf-8")


def violations(page: Page) -> list[str]:
    """One line per element that breaks a rule, named by rule and selector."""
    # evaluate() is the debugger's, not the page's: the content security policy does not apply.
    if not page.evaluate("() => typeof axe === 'object'"):
        page.evaluate(_source() + "; null")
    lines: list[str] = page.evaluate(_RUN, TAGS)
    return lines
