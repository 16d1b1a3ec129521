"""Links beside the author's words: anchored by quote, and not part of the text."""

from pathlib import Path

import pytest

from apps.content.links import LinkEntry, read_links
from apps.content.problems import FileProblems, Problems
from apps.content.render import render_body

BODY = "| 순서 | 곳 |\n|---|---|\n| 1 | 하나 |\n| 2 | 둘 |\n"


def link(quote: str, sink: Problems, section: str = "") -> LinkEntry:
    return LinkEntry(section, quote, "#step-1", "실습 ①", 7, FileProblems("a.md", sink))


def test_a_link_stands_after_its_quote_and_is_marked_as_not_the_authors() -> None:
    sink = Problems()
    page = render_body(BODY, links=[link("| 2 | 둘", sink)]).blocks[0].html
    assert '둘 <a class="text-link" href="#step-1" data-overlay="">실습 ①</a></td>' in page
    assert not sink


@pytest.mark.parametrize("quote", ["셋", "", "| 순서 | 둘"])
def test_a_quote_that_is_not_there_is_a_problem_at_its_line(quote: str) -> None:
    sink = Problems()
    page = render_body(BODY, links=[link(quote, sink)]).blocks[0].html
    assert "text-link" not in page
    assert [(problem.path, problem.line) for problem in sink.sorted()] == [("a.md", 7)]


def test_two_links_in_one_cell_both_find_their_place() -> None:
    sink = Problems()
    page = render_body("가나 다라", links=[link("가나", sink), link("다라", sink)]).blocks[0].html
    assert page.count("text-link") == 2
    assert page.index("가나") < page.index("text-link") < page.index("다라")


@pytest.mark.parametrize(
    "href", ["https://example.com", "javascript:alert(1)", "#", "#가", "//x", '#a"b']
)
def test_a_link_leads_to_a_place_on_the_page_only(href: str) -> None:
    sink = Problems()
    front = {"link": [{"quote": "가", "href": href, "label": "나"}]}
    (entry,) = read_links(front, "[[link]]\n", FileProblems("a.md", sink), first_line=2)
    assert entry.href == ""
    assert sink


def test_what_is_no_table_is_a_problem() -> None:
    sink = Problems()
    assert read_links({"link": "x"}, "", FileProblems("a.md", sink), first_line=2) == ()
    assert sink


def test_the_shipped_links_lead_to_the_six_steps_of_the_notes() -> None:
    text = (Path(__file__).parents[2] / "content/lessons/08-sg-vs-nacl.md").read_text()
    assert [text.count(f'step-{n}"') for n in range(1, 9)] == [0, 1, 1, 1, 1, 1, 1, 0]
