"""Gureum Mono: the site's font for code and box drawings, derived from D2Coding.

Every glyph is exactly as wide as ``unicodedata.east_asian_width`` says (wide 2 cells, everything
else 1, ambiguous included), because the realigner of drawings counts that way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

# D2Coding's em is 1000 units and its Latin letters are 500 wide: one cell of a drawing.
CELL: Final = 500
# Ascent and descent of every platform's metric table, so that a row of a drawing stands at the
# same height everywhere (upstream's three tables disagree by up to 0.08 em).
ASCENT: Final = 850
DESCENT: Final = -230
# Upstream's box drawing glyphs reach from -201 to 858 and from -8 to 508. At line-height 1.25
# (the most the site uses in `pre`) a row is 1250 units high, from -315 to 935 around this
# baseline: the stems are drawn out beyond that, so that vertical lines never show gaps.
UPSTREAM_Y: Final = (-201, 858)
STEM_Y: Final = (-345, 965)
UPSTREAM_X: Final = (-8, 508)
STEM_X: Final = (-20, 520)
BOX_DRAWING: Final = range(0x2500, 0x2580)
DIAGONALS: Final = frozenset(range(0x2571, 0x2574))
ASCII_BAR: Final = 0x7C
LIGHT_VERTICAL: Final = 0x2502

CORE_SYMBOLS: Final = frozenset(map(ord, "‐‑‒–—―‖‘’‚“”„†‡•…‰′″‹›※€₩™−≈≠≡≤≥∞√∑∈∩∪∧∨✓✔✕✖✗✘★☆"))
CORE: Final = frozenset(
    [
        *range(0x20, 0x7F),
        *range(0xA0, 0x100),
        *range(0x2190, 0x2200),  # arrows
        *range(0x2500, 0x2600),  # box drawing, block elements, geometric shapes
        *CORE_SYMBOLS,
    ]
)
SYLLABLES: Final = range(0xAC00, 0xD7A4)
COMPATIBILITY_JAMO: Final = range(0x3131, 0x318F)
# Narrow until Unicode 15, wide since 16: the realigner's answer depends on its Python.
UNSETTLED: Final = frozenset([*range(0x2630, 0x2638), *range(0x268A, 0x2690)])
# What else an instructor may put in a drawing. Hanja, kana and private use are left out.
SYMBOL_BLOCKS: Final = (
    range(0x100, 0x300),  # Latin Extended, IPA, modifier letters
    range(0x370, 0x530),  # Greek, Cyrillic
    range(0x1E00, 0x2C00),  # Latin Additional to Miscellaneous Symbols and Arrows
    range(0x3000, 0x301C),  # CJK punctuation; 〜 is left out, its glyph is also that of ∼
    range(0x301D, 0x3040),
    range(0x3200, 0x3400),  # enclosed Hangul, squared units
    range(0xFF01, 0xFFE7),  # full-width forms
)

FAMILY: Final = "Gureum Mono"
LICENSE_TEXT: Final = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
DESCRIPTION: Final = (
    "A subset of D2Coding 1.3.2 made for Gureumsadari: renamed, every glyph fitted to one or "
    "two cells, the stems of box drawing lengthened, hinting removed."
)


def cells(codepoint: int) -> int:
    """Return the display width, 1 or 2, that the realigner of drawings uses."""
    return 2 if unicodedata.east_asian_width(chr(codepoint)) in "WF" else 1


def is_common_syllable(codepoint: int) -> bool:
    """Tell whether a syllable is one of the 2,350 of KS X 1001.

    Python's codec spells the others with eight bytes, so the length decides.
    """
    return len(chr(codepoint).encode("euc_kr")) == 2


def is_drawable(codepoint: int) -> bool:
    """Tell whether a character belongs in a grid of cells.

    Combining marks have no cell of their own, invisible characters need no glyph, and browsers
    take wide symbols of these blocks (⚡, ☕) from the system's color font in any case.
    """
    if codepoint in UNSETTLED or unicodedata.category(chr(codepoint))[0] in "CM":
        return False
    return not (0x2000 <= codepoint < 0x2C00 and cells(codepoint) == 2)


def mono_slices() -> dict[str, frozenset[int]]:
    """Return the wanted code points of each slice by name; the slices are disjoint."""
    symbols = frozenset(cp for block in SYMBOL_BLOCKS for cp in block) - CORE
    common = frozenset(filter(is_common_syllable, SYLLABLES))
    return {
        "core": CORE,
        "symbols": symbols,
        "hangul": common | frozenset(COMPATIBILITY_JAMO),
        "hangul-rare": frozenset(SYLLABLES) - common,
    }


def subset_font(source: Path, wanted: frozenset[int]) -> TTFont:
    """Open `source` and keep only the wanted characters, without hints or layout features."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.bidi_closure = False  # would put mirror images (∋ for ∈) into two slices
    options.name_IDs = []
    options.notdef_outline = True
    options.drop_tables += ["FFTM", "gasp"]
    options.recalc_timestamp = False
    font = TTFont(source, recalcTimestamp=False)
    keep = {cp for cp in font.getBestCmap() if cp in wanted and is_drawable(cp)}
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=keep)
    subsetter.subset(font)
    return font


def fit_to_cells(font: TTFont) -> list[int]:
    """Give every character its exact number of cells; return those that had to change.

    A glyph drawn 2 cells wide for a 1-cell character (①, for one) is squeezed; height gives way
    less than width, because a narrow oval reads better than a tiny circle. The opposite case
    is centered. Raises ValueError when characters of different widths share a glyph.
    """
    changed = []
    wanted: dict[str, int] = {}
    glyphs = font.getGlyphSet()
    for cp, name in sorted(font.getBestCmap().items()):
        width, want = font["hmtx"][name][0], cells(cp) * CELL
        if wanted.setdefault(name, want) != want:
            raise ValueError(f"U+{cp:04X} shares its glyph with a character of another width")
        if width == want:
            continue
        scale_x = min(1.0, want / width)
        scale_y = min(1.0, scale_x * 1.4)
        shift_x = (want - width * scale_x) / 2
        shift_y = 300 * (1 - scale_y)  # keeps the middle of the capitals where it was
        pen = TTGlyphPen(None)
        glyphs[name].draw(TransformPen(pen, (scale_x, 0, 0, scale_y, shift_x, shift_y)))
        replace_glyph(font, name, pen, want)
        changed.append(cp)
    return changed


def replace_glyph(font: TTFont, name: str, pen: TTGlyphPen, width: int) -> None:
    """Put the outline recorded by `pen` in place of a glyph and set its advance."""
    glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    font["glyf"][name] = glyph
    font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))


def join_ascii_bar(font: TTFont) -> None:
    """Draw ``|`` like │: upstream's is broken in the middle, so frames of +, - and | fell apart."""
    cmap = font.getBestCmap()
    if ASCII_BAR in cmap:
        pen = TTGlyphPen(None)
        font.getGlyphSet()[cmap[LIGHT_VERTICAL]].draw(pen)
        replace_glyph(font, cmap[ASCII_BAR], pen, CELL)


def lengthen_stems(font: TTFont) -> None:
    """Move the open ends of box drawing lines outward, so that neighbors overlap."""
    moves_y = dict(zip(UPSTREAM_Y, STEM_Y, strict=True))
    moves_x = dict(zip(UPSTREAM_X, STEM_X, strict=True))
    for cp, name in sorted(font.getBestCmap().items()):
        if cp not in BOX_DRAWING or cp in DIAGONALS:
            continue
        glyph = font["glyf"][name]
        for index, (x, y) in enumerate(glyph.coordinates):
            glyph.coordinates[index] = (moves_x.get(x, x), moves_y.get(y, y))
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], glyph.xMin)


def set_metrics(font: TTFont) -> None:
    """Make the three tables of vertical metrics say the same."""
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ASCENT, DESCENT, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ASCENT, DESCENT, 0
    os2.usWinAscent, os2.usWinDescent = ASCENT, -DESCENT
    # Bit 7, USE_TYPO_METRICS, exists since version 4 of the table.
    os2.version = max(os2.version, 4)
    os2.fsSelection |= 1 << 7
    os2.fsType = 0  # installable, as the OFL demands


def rename(font: TTFont, slice_name: str, copyright_line: str) -> None:
    """Replace every name record: "D2Coding" is reserved for the original (OFL, condition 3)."""
    table = font["name"]
    table.names = []
    records = {
        0: copyright_line,
        1: FAMILY,
        2: "Regular",
        3: f"Gureumsadari: {FAMILY} {slice_name}",
        4: FAMILY,
        5: "Version 1.000",
        6: "GureumMono-Regular",
        10: DESCRIPTION,
        13: LICENSE_TEXT,
        14: "https://openfontlicense.org",
    }
    for name_id, text in records.items():
        table.setName(text, name_id, 3, 1, 0x409)


def build_mono(package: Path, folder: Path) -> Iterator[tuple[Path, frozenset[int]]]:
    """Write the slices into `folder`; yield each file with the code points it draws.

    Raises FileNotFoundError when `package` is not the unpacked npm package ``d2coding``.
    """
    source = package / "src/d2coding.ttf"
    copyright_line = str(TTFont(source)["name"].getDebugName(0))
    folder.mkdir(parents=True, exist_ok=True)
    for name, wanted in mono_slices().items():
        font = subset_font(source, wanted)
        fitted = fit_to_cells(font)
        lengthen_stems(font)
        join_ascii_bar(font)
        set_metrics(font)
        rename(font, name, copyright_line)
        font.flavor = "woff2"
        file = folder / f"gureum-mono-{name}.woff2"
        font.save(file)
        print(f"{file.name}: {len(font.getBestCmap())} characters, {file.stat().st_size} bytes")
        if fitted:
            print("  fitted to their cells: " + "".join(map(chr, fitted)))
        yield file, frozenset(font.getBestCmap())
