"""`::name{key="value"}` lines and the `key="value"` grammar that fences share with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# A line that a writer can only have meant as a directive.
INTENDED = re.compile(r"\s*::[A-Za-z]")
# One inside a list item or a quotation; text that only mentions a directive is not meant.
NESTED = re.compile(r"\s*(?:(?:[-*+]|\d{1,9}\.)\s+|>\s*)+::[a-z]+\{")
_DIRECTIVE = re.compile(r"::(?P<kind>[a-z]+)\{(?P<attrs>[^{}]*)\}\s*$")
_ATTRIBUTE = re.compile(r'\s*(?P<key>[a-z][a-z_-]*)="(?P<value>[^"]*)"(?=\s|$)')

# What may be embedded: kind → name → the presets that name has (none: it takes no preset).
Embeds = Mapping[str, Mapping[str, frozenset[str]]]

PARAMS: Mapping[str, frozenset[str]] = {
    "diagram": frozenset({"name"}),
    "quiz": frozenset({"name"}),
    "widget": frozenset({"name", "preset"}),
}
TOP_LEVEL = "지시문이 목록, 인용이나 HTML 태그 안에 있습니다. 줄 맨 앞, 빈 줄 사이로 꺼내십시오."
EXAMPLE = '::diagram{name="asg-elb"}'


@dataclass(frozen=True, slots=True)
class Directive:
    kind: str
    name: str
    params: dict[str, str]
    line: int


class DirectiveError(ValueError):
    """The line is no directive that can be used; the message is for the author (Korean)."""


def parse_attributes(text: str) -> dict[str, str] | None:
    """`key="value"` pairs; None when anything else stands between them or a key comes twice."""
    values: dict[str, str] = {}
    at = 0
    while text[at:].strip():
        match = _ATTRIBUTE.match(text, at)
        if match is None or match["key"] in values:
            return None
        values[match["key"]] = match["value"]
        at = match.end()
    return values


def parse_directive(text: str, line: int, embeds: Embeds) -> Directive:
    """The directive on a line of its own; DirectiveError says what is wrong with it.

    `embeds` holds the names that exist, by kind.
    """
    match = _DIRECTIVE.match(text)
    attrs = parse_attributes(match["attrs"]) if match else None
    if match is None or attrs is None:
        raise DirectiveError(
            f"지시문의 모양이 맞지 않습니다: “{text.strip()}”. {EXAMPLE}처럼 "
            "한 줄에, 줄 맨 앞에서 쓰십시오."
        )
    kind = match["kind"]
    if kind not in PARAMS:
        raise DirectiveError(
            f"::{kind} 지시문은 없습니다. {', '.join(sorted(PARAMS))} 중에서 고르십시오."
        )
    name = attrs.pop("name", "")
    if not name:
        raise DirectiveError(f'::{kind}에 name="…"이 없습니다. 무엇을 넣을지 이름을 쓰십시오.')
    unknown = sorted(set(attrs) - PARAMS[kind])
    if unknown:
        raise DirectiveError(
            f"::{kind} 지시문에 {', '.join(unknown)} 항목은 쓸 수 없습니다. "
            f"쓸 수 있는 것: {', '.join(sorted(PARAMS[kind]))}."
        )
    known = embeds.get(kind, {})
    if name not in known:
        listing = (
            f"있는 이름: {', '.join(sorted(known))}"
            if known
            else "쓸 수 있는 것이 아직 하나도 없습니다"
        )
        raise DirectiveError(f"::{kind} 지시문이 가리키는 “{name}” 항목이 없습니다. {listing}.")
    preset = attrs.get("preset")
    if preset is not None and preset not in known[name]:
        listing = ", ".join(sorted(known[name])) or "없음"
        raise DirectiveError(
            f"::{kind} 지시문의 preset “{preset}” 항목이 “{name}”에 없습니다. 있는 것: {listing}."
        )
    return Directive(kind, name, attrs, line)
