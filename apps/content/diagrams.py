"""Teaching diagrams: NAME.toml with NAME.wide.svg and NAME.narrow.svg, checked and made a figure.

The SVG is put into the page itself, so that it follows the theme and the page's fonts. It is held
to an allowlist: no script, no style, no address but of its own parts, no color but by class.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from apps.content.fields import SLUG, SLUG_RULE, Fields
from apps.content.frontmatter import key_line, parse_toml
from apps.content.problems import FileProblems, Problems
from apps.content.sanitize import words
from apps.content.textfile import read
from apps.content.tree import Element, element, serialize

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
VARIANTS = ("wide", "narrow")
ELEMENTS = words(
    "svg g defs symbol use marker path rect circle ellipse line polyline polygon text tspan "
    "clipPath mask pattern linearGradient radialGradient stop"
)
_GEOMETRY = (
    "viewBox preserveAspectRatio x y x1 y1 x2 y2 dx dy cx cy r rx ry d points width height "
    "transform rotate pathLength textLength lengthAdjust refX refY markerWidth markerHeight "
    "markerUnits orient patternUnits patternContentUnits patternTransform clipPathUnits maskUnits "
    "maskContentUnits gradientUnits gradientTransform offset fx fy"
)
_PRESENTATION = (
    "fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin "
    "stroke-dasharray stroke-dashoffset stroke-miterlimit stroke-opacity opacity clip-path "
    "clip-rule mask marker-start marker-mid marker-end vector-effect paint-order stop-color "
    "stop-opacity text-anchor dominant-baseline alignment-baseline font-size font-weight "
    "letter-spacing color"
)
ATTRIBUTES = words(f"{_GEOMETRY} {_PRESENTATION} class id href aria-hidden focusable lang")
_PAINT = frozenset({"fill", "stroke", "stop-color", "color"})
_PAINTS = frozenset({"none", "currentColor", "inherit", "context-fill", "context-stroke"})
_OWN_URL = re.compile(r"url\(#([A-Za-z][\w.-]*)\)\Z")
_URL_LIKE = re.compile(r"url|expression|javascript|//|@import", re.IGNORECASE)
_VIEW_BOX = re.compile(r"-?[\d.]+(?:[ ,]+-?[\d.]+){3}\Z")
_XML_LIMIT = 200_000
_MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Diagram:
    name: str
    title: str
    description: str
    caption: str
    html: str


def read_diagrams(folder: Path, shown: str, sink: Problems) -> dict[str, Diagram]:
    """Every diagram of a folder by name; `shown` is the folder as problems name it."""
    found: dict[str, Diagram] = {}
    for path in sorted(folder.glob("*.toml")):
        problems = FileProblems(f"{shown}/{path.name}", sink)
        if not SLUG.match(path.stem):
            problems.add(1, f"“{path.name}” 파일의 이름을 바꾸십시오. {SLUG_RULE}.")
            continue
        # A broken one keeps its name: lessons that use it are not wrong.
        found[path.stem] = _read_diagram(path, shown, problems) or Diagram(
            path.stem, "", "", "", ""
        )
    for path in sorted(folder.glob("*.svg")):
        name, _, variant = path.name.removesuffix(".svg").partition(".")
        problems = FileProblems(f"{shown}/{path.name}", sink)
        if variant not in VARIANTS:
            problems.add(1, f"파일의 이름을 {name}.wide.svg 또는 {name}.narrow.svg로 바꾸십시오.")
        elif not path.with_name(f"{name}.toml").exists():
            problems.add(
                1,
                f"그림을 설명하는 {name}.toml 파일이 없습니다. "
                "title, description, caption 항목을 쓰십시오.",
            )
    return found


def _read_diagram(path: Path, shown: str, problems: FileProblems) -> Diagram | None:
    text = read(path, problems)
    table = parse_toml(text, problems) if text is not None else None
    if text is None or table is None:
        return None
    name = path.stem
    fields = Fields(table, problems, lambda key: key_line(text, key), f"그림 {name}")
    fields.allow_only(("title", "description", "caption"))
    title = fields.text("title")
    description = fields.text("description", one_line=False)
    caption = fields.text("caption")
    drawings: list[Element] = []
    for variant in VARIANTS:
        file = path.with_name(f"{name}.{variant}.svg")
        file_problems = FileProblems(f"{shown}/{file.name}", problems.sink)
        svg_text = read(file, file_problems)
        svg = read_svg(svg_text, f"d-{name}-{variant[0]}-", file_problems) if svg_text else None
        if svg is None:
            return None
        drawings.append(_named(svg, name, variant, title, description))
    figure = element(
        "figure",
        {"class": "diagram", "id": f"diagram-{name}", "data-overlay": ""},
        *drawings,
        element("figcaption", None, caption),
    )
    return Diagram(name, title, description, caption, serialize(figure))


def _named(svg: Element, name: str, variant: str, title: str, description: str) -> Element:
    prefix = f"d-{name}-{variant[0]}"
    svg.attrs = {
        "class": f"diagram-svg diagram-svg--{variant}",
        "role": "img",
        "aria-labelledby": f"{prefix}-t {prefix}-d",
        **{key: value for key, value in svg.attrs.items() if key != "class"},
    }
    svg.children[:0] = [
        element("title", {"id": f"{prefix}-t"}, title),
        element("desc", {"id": f"{prefix}-d"}, " ".join(description.split())),
    ]
    return svg


def read_svg(text: str, prefix: str, problems: FileProblems) -> Element | None:
    """The drawing as a tree, or None with every reason why it cannot be put into a page.

    Ids must begin with `prefix`: both variants of every diagram may stand on one page.
    """
    if len(text) > _XML_LIMIT:
        problems.add(1, f"SVG가 너무 큽니다. {_XML_LIMIT // 1000}KB 아래로 줄이십시오.")
        return None
    for construct in ("<!DOCTYPE", "<!ENTITY", "<![CDATA[", "<?"):
        at = text.find(construct)
        if at >= 0 and not (construct == "<?" and text.startswith("<?xml ") and at == 0):
            line = text.count("\n", 0, at) + 1
            problems.add(line, f"SVG에 {construct} 구문은 쓸 수 없습니다. 지우십시오.")
            return None
    try:
        # Safe from entity bombs and external entities: a DOCTYPE was refused above.
        root = ET.fromstring(text)  # noqa: S314
    except ET.ParseError as error:
        problems.add(
            error.position[0], "SVG가 올바른 XML이 아닙니다. 태그와 따옴표를 확인하십시오."
        )
        return None
    check = _SvgCheck(text, prefix, problems)
    svg = check.convert(root)
    check.finish(svg)
    return None if check.failed else svg


class _SvgCheck:
    def __init__(self, text: str, prefix: str, problems: FileProblems) -> None:
        self.text = text
        self.prefix = prefix
        self.problems = problems
        self.failed = False
        self.ids: list[str] = []
        self.used: list[str] = []

    def report(self, needle: str, message: str) -> None:
        at = self.text.find(needle)
        self.problems.add(self.text.count("\n", 0, at) + 1 if at > 0 else 1, message)
        self.failed = True

    def convert(self, node: ET.Element, depth: int = 1) -> Element:
        tag = self._local(str(node.tag))
        if depth > _MAX_DEPTH:
            self.report(f"<{tag}", "SVG의 요소가 너무 여러 겹입니다. 겹친 <g>를 푸십시오.")
            return Element(tag)
        if tag not in ELEMENTS:
            self.report(f"<{tag}", f"SVG에 <{tag}> 요소는 쓸 수 없습니다. 지우십시오.")
        attrs: dict[str, str] = {}
        for name, value in node.attrib.items():
            self._attribute(tag, name, value)
            attrs[name] = value
        copy = Element(tag, attrs)
        if node.text and (tag in ("text", "tspan") or node.text.strip()):
            copy.children.append(node.text)
        for child in node:
            copy.children.append(self.convert(child, depth + 1))
            if child.tail and (tag in ("text", "tspan") or child.tail.strip()):
                copy.children.append(child.tail)
        return copy

    def _local(self, tag: str) -> str:
        namespace, _, local = tag.rpartition("}")
        if namespace and namespace != "{" + SVG_NAMESPACE:
            self.report(local, f"SVG가 아닌 {local} 요소가 있습니다. 지우십시오.")
        return local

    def _attribute(self, tag: str, name: str, value: str) -> None:
        shown = name.rpartition("}")[2]
        if name not in ATTRIBUTES:
            self.report(f"{shown}=", f"SVG에 {shown} 속성은 쓸 수 없습니다. 지우십시오.")
        elif tag == "svg" and name in ("width", "height"):
            self.report(f"{name}=", f"<svg>의 {name} 속성을 지우십시오. 크기는 viewBox로 정합니다.")
        elif name == "id":
            self.ids.append(value)
        elif name == "href":
            self._reference(value.removeprefix("#"), value.startswith("#"), value)
        elif (own := _OWN_URL.match(value)) is not None:
            self._reference(own[1], True, value)
        elif name in _PAINT and value not in _PAINTS:
            self.report(
                f'{name}="{value}"',
                f"{name}에 색을 직접 쓰지 말고 class로 정하십시오: “{value}”.",
            )
        elif _URL_LIKE.search(value):
            self._reference("", False, value)

    def _reference(self, target: str, own: bool, value: str) -> None:
        if own:
            self.used.append(target)
        else:
            self.report(value, f"“{value}” 주소는 그림 밖을 가리킵니다. #…만 쓸 수 있습니다.")

    def finish(self, svg: Element) -> None:
        if svg.tag != "svg" or not _VIEW_BOX.match(svg.attrs.get("viewBox", "")):
            self.report("<svg", '맨 바깥은 viewBox="0 0 폭 높이"가 있는 <svg>여야 합니다.')
        for name in self.ids:
            if not name.startswith(self.prefix) or not re.fullmatch(r"[\w.-]+", name, re.ASCII):
                self.report(f'"{name}"', f"“{name}” id의 앞에 {self.prefix} 글자를 붙이십시오.")
            if name in (self.prefix + "t", self.prefix + "d"):
                self.report(f'"{name}"', f"“{name}” id는 제목과 설명에 씁니다. 바꾸십시오.")
            if self.ids.count(name) > 1:
                self.report(f'"{name}"', f"“{name}” id가 두 번 있습니다. 하나를 바꾸십시오.")
        for name in self.used:
            if name not in self.ids:
                self.report(
                    f"#{name}", f"#{name} 주소가 가리키는 것이 없습니다. id를 확인하십시오."
                )
