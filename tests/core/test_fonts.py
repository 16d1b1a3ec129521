"""The fonts that are committed: complete, of the right widths, and lawfully named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static/css/fonts.css"
FONTS = ROOT / "static/fonts"
NOTES = ROOT / "content/source/aws-notes.ko.md"
MONO_FILES = sorted((FONTS / "gureum-mono").glob("*.woff2"))
CELL = 500
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Face:
    family: str
    file: Path
    codepoints: frozenset[int]


def parse_range(value: str) -> Iterator[int]:
    for part in value.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


@cache
def web_faces() -> tuple[Face, ...]:
    """Every face of fonts.css that is downloaded, read without the program that wrote it."""
    faces = []
    for rule in re.findall(r"@font-face \{(.*?)\}", CSS.read_text(encoding="utf-8"), re.DOTALL):
        url = re.search(r'url\("(.*?)"\)', rule)
        family = re.search(r'font-family: "(.*?)"', rule)
        codepoints = re.search(r"unicode-range: (.*?);", rule)
        assert family
        assert codepoints
        if url:
            file = (CSS.parent / url[1]).resolve()
            faces.append(Face(family[1], file, frozenset(parse_range(codepoints[1]))))
    return tuple(faces)


@cache
def covered_by(family: str) -> frozenset[int]:
    return frozenset().union(*(face.codepoints for face in web_faces() if face.family == family))


def notes() -> str:
    """The notes as the site shows them: composed Hangul, tabs turned into spaces."""
    return unicodedata.normalize("NFC", NOTES.read_text(encoding="utf-8")).expandtabs(4)


def missing(text: str, family: str) -> set[str]:
    return {c for c in set(text) - {"\n"} if ord(c) not in covered_by(family)}


@cache
def open_font(file: Path) -> TTFont:
    return TTFont(BytesIO(file.read_bytes()))


def widths(file: Path) -> dict[str, int]:
    font = open_font(file)
    return {chr(cp): font["hmtx"][name][0] for cp, name in font.getBestCmap().items()}


def y_bounds(character: str) -> tuple[int, int]:
    font = open_font(FONTS / "gureum-mono/gureum-mono-core.woff2")
    glyph = font["glyf"][font.getBestCmap()[ord(character)]]
    return glyph.yMin, glyph.yMax


def test_css_names_every_committed_font_and_no_other() -> None:
    named = [face.file for face in web_faces()]
    assert len(named) == len(set(named))
    assert set(named) == set(FONTS.glob("*/*.woff2"))


def test_css_says_of_every_file_exactly_what_it_draws() -> None:
    for face in web_faces():
        drawn = frozenset(open_font(face.file).getBestCmap()) - {0x0D}
        assert face.codepoints == drawn, face.file.name


def test_css_reads_fonts_from_this_site_only() -> None:
    urls = re.findall(r"url\((.*?)\)", CSS.read_text(encoding="utf-8"))
    assert urls
    assert all(re.fullmatch(r'"\.\./fonts/[a-z-]+/[\w.-]+\.woff2"', url) for url in urls)


@pytest.mark.parametrize("family", ["Pretendard Variable", "Gureum Mono"])
def test_no_character_is_drawn_by_two_files_of_a_family(family: str) -> None:
    sizes = [len(face.codepoints) for face in web_faces() if face.family == family]
    assert sum(sizes) == len(covered_by(family))


def test_prose_of_the_notes_is_covered_by_pretendard() -> None:
    prose, fences = FENCE.subn("", notes())
    assert fences == 10
    assert missing(prose, "Pretendard Variable") == set()


def test_every_character_of_the_notes_is_covered_by_gureum_mono() -> None:
    assert missing(notes(), "Gureum Mono") == set()


@pytest.mark.parametrize("family", ["Pretendard Variable", "Gureum Mono"])
def test_every_hangul_syllable_is_covered(family: str) -> None:
    assert set(range(0xAC00, 0xD7A4)) <= covered_by(family)


@pytest.mark.parametrize("file", MONO_FILES, ids=lambda file: file.stem)
def test_mono_widths_are_the_ones_the_realigner_counts(file: Path) -> None:
    wrong = {
        character: width
        for character, width in widths(file).items()
        if width != CELL * (2 if unicodedata.east_asian_width(character) in "WF" else 1)
    }
    assert wrong == {}


def test_mono_widths_in_the_drawings_of_the_notes() -> None:
    width = {c: w for file in MONO_FILES for c, w in widths(file).items()}
    drawn = set("".join(FENCE.findall(notes()))) - {"\n"}
    assert {width[c] for c in drawn if "가" <= c <= "힣"} == {2 * CELL}
    assert {width[c] for c in drawn if not "가" <= c <= "힣"} == {CELL}


@pytest.mark.parametrize("character", "│├┤┼║╬┃|")
def test_vertical_lines_meet_at_the_line_height_of_drawings(character: str) -> None:
    low, high = y_bounds(character)
    font = open_font(FONTS / "gureum-mono/gureum-mono-core.woff2")
    middle = (font["hhea"].ascent + font["hhea"].descent) / 2
    assert low <= middle - 1250 / 2
    assert high >= middle + 1250 / 2


@pytest.mark.parametrize("file", MONO_FILES, ids=lambda file: file.stem)
def test_rows_are_equally_high_on_every_platform(file: Path) -> None:
    font = open_font(file)
    hhea, os2 = font["hhea"], font["OS/2"]
    assert (hhea.ascent, hhea.descent, hhea.lineGap) == (850, -230, 0)
    assert (os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap) == (850, -230, 0)
    assert os2.fsSelection & 1 << 7


@pytest.mark.parametrize("file", MONO_FILES, ids=lambda file: file.stem)
def test_mono_never_joins_characters_into_ligatures(file: Path) -> None:
    assert "GSUB" not in open_font(file)
    assert "GPOS" not in open_font(file)


@pytest.mark.parametrize("file", MONO_FILES, ids=lambda file: file.stem)
def test_reserved_name_of_the_original_is_not_used(file: Path) -> None:
    names = open_font(file)["name"].names
    origin_and_license = {10, 13}
    assert {r.toUnicode() for r in names if r.nameID in (1, 4)} == {"Gureum Mono"}
    assert [r.nameID for r in names if "d2coding" in r.toUnicode().lower()] == [10]
    assert origin_and_license <= {r.nameID for r in names}


@pytest.mark.parametrize("family", ["pretendard", "gureum-mono"])
def test_license_travels_with_the_fonts(family: str) -> None:
    text = (FONTS / family / "LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "Reserved Font Name" in text
