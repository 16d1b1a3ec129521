"""What no linter knows: dead attributes under the CSP, colors outside the tokens, long files."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAX_LINES = 420
MAX_FUNCTION_LINES = 50

TEMPLATES = sorted([*ROOT.glob("templates/**/*.html"), *ROOT.glob("apps/**/*.html")])
STYLES = sorted([*ROOT.glob("static/css/*.css"), *ROOT.glob("apps/**/static/**/*.css")])
WRITTEN_STYLES = [path for path in STYLES if path.name != "fonts.css"]  # that one is generated
SCRIPTS = sorted([*ROOT.glob("static/js/*.js"), *ROOT.glob("apps/**/static/**/*.js")])
MODULES = sorted(
    path
    for pattern in ("apps/**/*.py", "config/*.py", "tools/**/*.py", "benchmarks/**/*.py")
    for path in ROOT.glob(pattern)
    if "migrations" not in path.parts
)

# Each of these is dead or dangerous under the content security policy.
FORBIDDEN_IN_TEMPLATES = {
    "inline style": r"\sstyle\s*=",
    "inline event handler": r"\son[a-z]+\s*=",
    "hx-on": r"hx-on",
    "computed hx-vals": r"hx-vals\s*=\s*.js:",
    "trigger filter (htmx fires it unfiltered without eval)": r"hx-trigger=\"[^\"]*\[",
    "inherited htmx attribute": r"<(?:body|main|html)\b[^>]*\shx-",
    "unescaped output": r"\|\s*safe\b|autoescape off",
    "remote address": r"(?:src|href|action)=\"(?:https?:)?//",
}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_hold_nothing_dead_or_dangerous(path: Path) -> None:
    text = path.read_text()
    found = [what for what, rule in FORBIDDEN_IN_TEMPLATES.items() if re.search(rule, text)]
    assert found == []
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "inline script"


@pytest.mark.parametrize("what", FORBIDDEN_IN_TEMPLATES)
def test_each_template_rule_can_fail(what: str) -> None:
    examples = {
        "inline style": '<p style="color:red">',
        "inline event handler": '<p onclick="x()">',
        "hx-on": '<p hx-on:click="x()">',
        "computed hx-vals": "<p hx-vals='js:{a: 1}'>",
        "trigger filter (htmx fires it unfiltered without eval)": '<p hx-trigger="click[ctrlKey]">',
        "inherited htmx attribute": '<body class="a" hx-boost="true">',
        "unescaped output": "{{ text|safe }}",
        "remote address": '<script src="//cdn.example/x.js">',
    }
    assert re.search(FORBIDDEN_IN_TEMPLATES[what], examples[what])


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_only_the_tokens_name_colors_and_nothing_is_fetched_elsewhere(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"url\(\s*['\"]?(?:https?:|//|data:)", text)
    if path.name != "tokens.css":
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?=\s*[;,)])|\brgba?\(|\bhsla?\(", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_scripts_write_no_markup_and_reach_no_other_origin(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text)
    assert not re.search(r"https?://", text)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_and_functions_stay_short(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= MAX_LINES
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno > MAX_FUNCTION_LINES
    ]
    assert long == []


@pytest.mark.parametrize("path", [*WRITTEN_STYLES, *SCRIPTS], ids=name)
def test_styles_and_scripts_stay_readable(path: Path) -> None:
    assert path.read_text().count("\n") <= 500
