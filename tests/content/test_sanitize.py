"""No Markdown gets a script, a foreign address or one of the site's own marks onto a page."""

import re
from html.parser import HTMLParser

import pytest

from apps.content.render import render_body
from apps.content.sanitize import is_own_image, is_safe_link, sanitize
from tests.content.attacks import ATTACKS

# Written out here, apart from the lists of the sanitizer: what a lesson page may consist of.
_TAGS = (
    "a abbr b blockquote br code dd del details div dl dt em figure h2 h3 h4 h5 hr i img kbd li ol "
    "p pre s span strong sub summary sup table tbody td th thead tr ul"
)
TAGS = set(_TAGS.split())
ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "abbr": {"title"},
    "details": {"class", "data-overlay"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "figure": {"class", "data-language"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "h5": {"id"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "ol": {"start"},
    "pre": {"class"},
    "span": {"class"},
    "td": {"align"},
    "th": {"align", "scope"},
}
CLASSES = re.compile(
    r"(drawing|drawing__scroll|drawing__pre|drawing__alt|code|code__scroll|table-scroll|tok-\w+)\Z"
)
FIGURE = '<figure class="diagram" id="diagram-sample" data-overlay="">그림</figure>'


class Inspector(HTMLParser):
    """Lists whatever must not stand on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()):
                self.wrong.append(f"<{tag} {name}={value}>")
            self.check_value(name, value or "")

    def check_value(self, name: str, value: str) -> None:
        bare = re.sub(r"[\x00-\x20\x7f-\xa0]", "", value).lower()
        if name == "href" and not re.match(r"(https?://|mailto:|[#/](?![/\\])|[\w.]+(/|$))", bare):
            self.wrong.append(f"href {value}")
        if name == "src" and not re.match(r"(/static/|/media/|[\w.-]+(/|$))", bare):
            self.wrong.append(f"src {value}")
        if name == "class" and not all(CLASSES.match(word) for word in value.split()):
            self.wrong.append(f"class {value}")
        if name == "id" and not re.fullmatch(r"[a-z][a-z0-9-]*", value):
            self.wrong.append(f"id {value}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"<?{data}>")


def render(markdown: str) -> str:
    """The page's own text; the diagram is ours and looked at elsewhere."""
    rendered = render_body(markdown, diagrams={"sample": FIGURE})
    return "".join(block.html for block in rendered.blocks if block.kind == "html")


def inspect(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.wrong


@pytest.mark.parametrize(("name", "markdown"), ATTACKS, ids=[name for name, _ in ATTACKS])
def test_hostile_markdown_leaves_nothing_forbidden(name: str, markdown: str) -> None:
    assert inspect(render(markdown)) == []


@pytest.mark.parametrize(("name", "markdown"), ATTACKS, ids=[name for name, _ in ATTACKS])
def test_hostile_markdown_keeps_the_text_after_it_safe(name: str, markdown: str) -> None:
    """What follows is part of the same page: an open element or quote must not reach it."""
    html = render(f"{markdown}\n\n끝 <b onclick=alert(1)>글</b>")
    assert inspect(html) == []


def test_there_are_enough_attacks_and_no_two_are_the_same() -> None:
    assert len(ATTACKS) >= 70
    assert len({name for name, _ in ATTACKS}) == len({text for _, text in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<p onclick="alert(1)">글</p>',
        '<a href="javascript:alert(1)">글</a>',
        '<img src="https://evil.example/x.png">',
        '<aside class="erratum-note">글</aside>',
        '<h2 id="a b">글</h2>',
        "<!-- x -->",
    ],
)
def test_the_inspector_sees_what_it_is_there_for(html: str) -> None:
    assert inspect(html)


@pytest.mark.parametrize(
    "name", ["script", "style-element", "template", "svg-script", "xmp", "noscript"]
)
def test_dropped_elements_leave_no_text_behind(name: str) -> None:
    html = render(dict(ATTACKS)[name])
    assert "alert" not in html
    assert "evil.example" not in html


def test_no_request_to_another_site_is_left() -> None:
    for name, markdown in ATTACKS:
        html = render(markdown)
        assert not re.search(r'(?:src|srcset|poster|data|action|background)="[^"]*evil', html), name


@pytest.mark.parametrize(
    "name", ["forged-directive-inline", "forged-directive-in-p", "forged-directive-entities"]
)
def test_a_directive_that_is_not_on_its_own_line_is_text(name: str) -> None:
    rendered = render_body(dict(ATTACKS)[name], diagrams={"sample": FIGURE})
    assert [block.kind for block in rendered.blocks] == ["html"]
    assert "::diagram" in rendered.blocks[0].html


@pytest.mark.parametrize("name", ["forged-directive-in-p-lines", "comment-around-directive"])
def test_a_directive_inside_raw_html_is_refused(name: str) -> None:
    rendered = render_body(dict(ATTACKS)[name], diagrams={"sample": FIGURE})
    assert "diagram" not in {block.kind for block in rendered.blocks}
    assert any("지시문" in problem.message for problem in rendered.problems)


def test_plain_formatting_survives() -> None:
    html = (
        '<p>글 <strong>굵게</strong> <em>기울여</em> <a href="/lessons/s3/" title="저장">링크</a>'
        '<br><img src="/static/x.png" alt="그림"></p><ol start="3"><li>셋</li></ol>'
    )
    assert sanitize(html).html == html
    assert sanitize(html).findings == ()


def test_text_that_looks_like_code_survives() -> None:
    assert render("값이 a < b && c > d 이면 `<br>`") == (
        "<p>값이 a &lt; b &amp;&amp; c &gt; d 이면 <code>&lt;br&gt;</code></p>"
    )


def test_an_author_is_told_what_was_taken_out_and_where() -> None:
    rendered = render_body("첫 줄\n\n<script>alert(1)</script>\n\n[글](javascript:alert(1))")
    told = [(problem.line, problem.message) for problem in rendered.problems]
    assert [line for line, _ in told] == [3, 5]
    assert "<script>" in told[0][1]
    assert "javascript:alert(1)" in told[1][1]


def test_a_remote_image_gives_way_to_its_text_and_is_reported() -> None:
    rendered = render_body("글\n\n![서버 두 대](https://evil.example/x.png)")
    assert rendered.blocks[0].html == "<p>글</p>\n<p>서버 두 대</p>"
    assert [problem.line for problem in rendered.problems] == [3]


@pytest.mark.parametrize(
    "address",
    ["https://aws.example/", "http://a.example", "mailto:a@b.example", "#id", "/x", "x/y"],
)
def test_ordinary_links_are_safe(address: str) -> None:
    assert is_safe_link(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:x",
        "JAVASCRIPT:x",
        "java\tscript:x",
        "\x01javascript:x",
        "data:x",
        "//e",
        "/\\e",
    ],
)
def test_other_links_are_not(address: str) -> None:
    assert not is_safe_link(address)


@pytest.mark.parametrize("address", ["/static/a.png", "/media/b/c.webp", "img/a.png", "a b.png"])
def test_images_of_this_site_are_allowed(address: str) -> None:
    assert is_own_image(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://e/x.png",
        "//e/x.png",
        "%2f%2fe/x.png",
        "/\\e/x.png",
        "/x.png",
        "/static/../x",
        "/static/%2e%2e/x",
        "data:image/png;base64,AAAA",
        "java\nscript:x",
        "?logout",
    ],
)
def test_other_images_are_not(address: str) -> None:
    assert not is_own_image(address)
