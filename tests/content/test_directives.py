"""Directives put diagrams, widgets and quizzes into a lesson, or say what is wrong with them."""

import pytest

from apps.content.directives import (
    Directive,
    DirectiveError,
    parse_attributes,
    parse_directive,
)
from apps.content.render import Rendered, render_body

EMBEDS = {
    "widget": {"packet-walk": frozenset({"notes", "open"})},
    "quiz": {"sg-vs-nacl": frozenset[str]()},
}
DIAGRAMS = {"asg-elb": "<figure>그림</figure>"}


def render(body: str) -> Rendered:
    return render_body(body, path="a.md", embeds=EMBEDS, diagrams=DIAGRAMS)


def test_directives_split_the_text_into_blocks_in_order() -> None:
    rendered = render(
        '글\n\n::diagram{name="asg-elb"}\n\n::widget{name="packet-walk" preset="notes"}\n\n'
        '끝\n\n::quiz{name="sg-vs-nacl"}'
    )
    assert [(b.kind, b.name, b.params) for b in rendered.blocks] == [
        ("html", "", {}),
        ("diagram", "asg-elb", {}),
        ("widget", "packet-walk", {"preset": "notes"}),
        ("html", "", {}),
        ("quiz", "sg-vs-nacl", {}),
    ]
    assert [b.html for b in rendered.blocks] == [
        "<p>글</p>",
        DIAGRAMS["asg-elb"],
        "",
        "<p>끝</p>",
        "",
    ]
    assert rendered.problems == ()


def test_a_directive_after_a_list_ends_the_list() -> None:
    blocks = render('- 하나\n::diagram{name="asg-elb"}\n- 둘').blocks
    assert [block.kind for block in blocks] == ["html", "diagram", "html"]
    assert blocks[0].html.count("<ul>") == blocks[0].html.count("</ul>") == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('::picture{name="asg-elb"}', "::picture 지시문은 없습니다"),
        ('::diagram{name="nothing"}', "“nothing” 항목이 없습니다"),
        ('::quiz{name="packet-walk"}', "“packet-walk” 항목이 없습니다"),
        ("::diagram{}", 'name="…"'),
        ('::diagram{name="asg-elb" size="big"}', "size 항목은 쓸 수 없습니다"),
        ("::diagram{name=asg-elb}", "모양이 맞지 않습니다"),
        ('::diagram{name="asg-elb"', "모양이 맞지 않습니다"),
        ('::diagram{name="asg-elb" name="asg-elb"}', "모양이 맞지 않습니다"),
        ('::diagram{name="asg-elb"} 뒤의 글', "모양이 맞지 않습니다"),
        ('  ::diagram{name="asg-elb"}x', "모양이 맞지 않습니다"),
    ],
)
def test_a_directive_that_cannot_be_used_is_a_problem_at_its_line(line: str, said: str) -> None:
    rendered = render(f"글\n\n{line}\n\n끝")
    assert [problem.line for problem in rendered.problems] == [3]
    assert said in rendered.problems[0].message
    assert [block.kind for block in rendered.blocks] == ["html"]


def test_a_directive_inside_a_list_item_is_a_problem() -> None:
    rendered = render('- 하나\n\n  ::diagram{name="asg-elb"}')
    assert [problem.line for problem in rendered.problems] == [3]
    assert [block.kind for block in rendered.blocks] == ["html"]


@pytest.mark.parametrize("before", ["- ", "1. ", "> ", "- 1. "])
def test_a_directive_behind_a_marker_is_a_problem(before: str) -> None:
    rendered = render(f'글\n\n{before}::diagram{{name="asg-elb"}}')
    assert [problem.line for problem in rendered.problems] == [3]
    assert "diagram" not in {block.kind for block in rendered.blocks}


def test_a_directive_inside_a_fence_is_code() -> None:
    rendered = render('```text\n::diagram{name="nothing"}\n```')
    assert rendered.problems == ()
    assert "::diagram" in rendered.blocks[0].html


def test_the_same_diagram_twice_in_a_lesson_is_a_problem() -> None:
    rendered = render('::diagram{name="asg-elb"}\n\n글\n\n::diagram{name="asg-elb"}')
    assert [problem.line for problem in rendered.problems] == [5]


def test_the_same_widget_may_stand_twice_with_other_presets() -> None:
    line = '::widget{name="packet-walk" preset="%s"}'
    assert render(f"{line % 'notes'}\n\n{line % 'open'}").problems == ()


def test_a_preset_that_the_widget_does_not_have_is_a_problem() -> None:
    problems = render('글\n\n::widget{name="packet-walk" preset="nirgends"}').problems
    assert [problem.line for problem in problems] == [3]
    assert "notes, open" in problems[0].message


def test_a_parsed_directive_knows_its_line() -> None:
    assert parse_directive('::quiz{name="sg-vs-nacl"}', 7, EMBEDS) == Directive(
        "quiz", "sg-vs-nacl", {}, 7
    )


def test_nothing_can_be_embedded_when_nothing_is_known() -> None:
    with pytest.raises(DirectiveError, match="아직 하나도 없습니다"):
        parse_directive('::widget{name="x"}', 1, {})


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", {}),
        ('a="1" b="2 <>"', {"a": "1", "b": "2 <>"}),
        ('  a=""  ', {"a": ""}),
        ('a="1"b="2"', None),
        ('a="1" a="2"', None),
        ("a=1", None),
        ('A="1"', None),
        ('a="1" x', None),
    ],
)
def test_attributes_are_quoted_and_named_once(text: str, values: dict[str, str] | None) -> None:
    assert parse_attributes(text) == values
