"""The teaching diagrams, icons and marks as files: whole, true to the grammar, readable."""

import re
import struct
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).resolve().parents[2]
DIAGRAMS = ROOT / "content" / "diagrams"
STATIC = ROOT / "static"
NAMES = sorted(path.stem for path in DIAGRAMS.glob("*.toml"))
WIDTHS = {"wide": 720, "narrow": 288}
VARIANTS = [(name, variant) for name in NAMES for variant in WIDTHS]
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "g", "rect", "circle", "path", "text", "tspan"}
GEOMETRY = {"class", "viewBox", "x", "y", "width", "height", "rx", "cx", "cy", "r", "d"}


def drawing(name: str, variant: str) -> ET.Element:
    return ET.parse(DIAGRAMS / f"{name}.{variant}.svg").getroot()


def texts(root: ET.Element, *, numbers: bool) -> list[str]:
    return [
        "".join(node.itertext())
        for node in root.iter(f"{SVG}text")
        if ("d-num" in node.get("class", "").split()) is numbers
    ]


def test_the_five_diagrams_are_the_ones_the_lessons_ask_for() -> None:
    asked = [
        name
        for lesson in sorted((ROOT / "content" / "lessons").glob("*.md"))
        for name in re.findall(r'^::diagram\{name="([^"]+)"\}$', lesson.read_text("utf-8"), re.M)
    ]
    assert sorted(asked) == NAMES
    assert len(NAMES) == 5


@pytest.mark.parametrize("name", NAMES)
def test_each_diagram_is_also_told_in_korean_sentences(name: str) -> None:
    words = tomllib.loads((DIAGRAMS / f"{name}.toml").read_text("utf-8"))
    assert set(words) == {"title", "description", "caption"}
    assert not words["title"].endswith(".")
    assert 2 <= len(re.findall(r"다\.(?= |$)", words["description"])) <= 4
    assert words["description"].endswith("다.")
    assert words["caption"].endswith("다.")


@pytest.mark.parametrize(("name", "variant"), VARIANTS)
def test_drawings_are_plain_shapes_without_color_or_address(name: str, variant: str) -> None:
    root = drawing(name, variant)
    assert root.get("viewBox", "").split()[:3] == ["0", "0", str(WIDTHS[variant])]
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= DRAWN
    assert {attribute for node in root.iter() for attribute in node.attrib} <= GEOMETRY


@pytest.mark.parametrize(("name", "variant"), VARIANTS)
def test_shapes_stay_on_the_stage(name: str, variant: str) -> None:
    root = drawing(name, variant)
    _, _, width, height = (float(part) for part in root.get("viewBox", "").split())
    for node in root.iter():
        if node.tag == f"{SVG}rect":
            x, y = float(node.get("x", "")), float(node.get("y", ""))
            assert x >= 0
            assert x + float(node.get("width", "")) <= width
            assert y >= 0
            assert y + float(node.get("height", "")) <= height
        elif node.tag == f"{SVG}text":
            assert 8 <= float(node.get("x", "")) <= width - 8
            assert 8 <= float(node.get("y", "")) <= height - 8


@pytest.mark.parametrize("name", NAMES)
def test_wide_and_narrow_show_the_same_steps(name: str) -> None:
    wide, narrow = drawing(name, "wide"), drawing(name, "narrow")
    assert set(texts(wide, numbers=True)) == set(texts(narrow, numbers=True))
    things = r"EC2|EBS|EFS|ASG|ELB|S3|사용자|엣지 로케이션|리전별 엣지 캐시|원본 서버|탑재 대상"
    named = [
        set(re.findall(things, " ".join(texts(root, numbers=False)))) for root in (wide, narrow)
    ]
    assert named[0]
    assert named[0] == named[1]


def test_every_class_is_styled_and_every_style_is_used() -> None:
    styled = set(re.findall(r"\.(d-[a-z-]+)", (STATIC / "css/diagrams.css").read_text("utf-8")))
    used = {
        name
        for pair in VARIANTS
        for node in drawing(*pair).iter()
        for name in node.get("class", "").split()
        if name.startswith("d-")
    }
    assert used == styled


def luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


TEXT_ON = [
    *((ink, place) for ink in ("ink", "ink-2", "accent") for place in ("surface", "accent-soft")),
    ("ink", "sunk"),
    ("ink-2", "sunk"),
    ("allow", "surface"),
    ("deny", "surface"),
]
LINE_ON = [
    *(
        (line, place)
        for line in ("ink-3", "ink-2", "accent", "deny")
        for place in ("surface", "sunk")
    ),
    ("accent", "accent-soft"),
    ("allow", "sunk"),
    ("surface", "deny"),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_and_lines_stand_out_in_both_themes(theme: int) -> None:
    tokens = (STATIC / "css/tokens.css").read_text("utf-8")
    found = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", tokens)
    color = {name: (light, dark)[theme] for name, light, dark in found}
    weak = [
        (top, below, least)
        for pairs, least in ((TEXT_ON, 4.5), (LINE_ON, 3.0))
        for top, below in pairs
        if contrast(color[top], color[below]) < least
    ]
    assert weak == []


def test_every_icon_has_a_file_and_a_class() -> None:
    css = (STATIC / "css/icons.css").read_text("utf-8")
    classes = dict(
        re.findall(r'\.icon-([a-z-]+) \{ --icon: url\("\.\./icons/([a-z-]+)\.svg"\)', css)
    )
    files = {path.stem for path in (STATIC / "icons").glob("*.svg")}
    assert classes == {name: name for name in files}
    for name in files:
        root = ET.parse(STATIC / "icons" / f"{name}.svg").getroot()
        assert root.get("viewBox") == "0 0 24 24"
        assert {root.get("stroke"), root.get("stroke-width")} == {"#000", "2"}


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("icon-192.png", 192),
        ("icon-512.png", 512),
        ("icon-maskable-512.png", 512),
        ("apple-touch-icon.png", 180),
    ],
)
def test_app_icons_have_the_size_their_name_promises(name: str, size: int) -> None:
    header = (STATIC / "img" / name).read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", header[16:24]) == (size, size)


@pytest.mark.parametrize("name", ["logo", "logo-mark", "favicon", "icon-app"])
def test_marks_are_shapes_that_load_nothing(name: str) -> None:
    root = ET.parse(STATIC / "img" / f"{name}.svg").getroot()
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {*DRAWN, "style"}
    assert not [a for node in root.iter() for a in node.attrib if a.endswith("href")]
