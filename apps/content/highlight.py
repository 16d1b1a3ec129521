"""Code as colored spans (class names only, so that a strict CSP and both themes are happy)."""

from pygments import lex
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

from apps.content.tree import Node, element

PREFIX = "tok-"
LABELS = {
    "": "텍스트",
    "text": "텍스트",
    "bash": "셸",
    "sh": "셸",
    "console": "셸",
    "json": "JSON",
    "yaml": "YAML",
    "toml": "TOML",
    "ini": "INI",
    "python": "Python",
    "javascript": "JavaScript",
    "html": "HTML",
    "css": "CSS",
    "sql": "SQL",
    "hcl": "HCL",
    "terraform": "Terraform",
    "http": "HTTP",
}


def label(lang: str) -> str:
    """What a screen reader calls code of this language."""
    return LABELS.get(lang, lang)


def highlight(code: str, lang: str) -> list[Node]:
    """Spans and text whose text together is `code`; plain text when the language is unknown."""
    lexer = _lexer(lang)
    if lexer is None:
        return [code]
    nodes: list[Node] = []
    for kind, value in lex(code, lexer):
        css = _css(kind)
        nodes.append(element("span", {"class": PREFIX + css}, value) if css else value)
    # A lexer that loses a character would falsify what learners copy.
    if "".join(node if isinstance(node, str) else node.text() for node in nodes) != code:
        return [code]
    return nodes


def _lexer(lang: str) -> Lexer | None:
    if lang in ("", "text"):
        return None
    try:
        return get_lexer_by_name(lang, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _css(kind: _TokenType) -> str:
    css = STANDARD_TYPES.get(kind)
    while css is None and kind.parent is not None:
        kind = kind.parent
        css = STANDARD_TYPES.get(kind)
    # White space needs no color; a span around it would only weigh.
    return "" if css in (None, "w") else css or ""
