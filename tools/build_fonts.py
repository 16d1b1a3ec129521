"""Build the site's fonts and ``static/css/fonts.css`` from two unpacked npm packages.

Run it only when a font changes, as ``python -m tools.build_fonts``; its output is committed.
See ``tools/README.md``.

* Body text: the slices of Pretendard's variable dynamic subset, copied byte for byte.
* Code and drawings: Gureum Mono, see ``tools/gureum_mono.py``.
* A fallback family from fonts of the operating system, fitted to Pretendard's metrics.

The same input gives the same bytes: no timestamps, no dependence on the order of a directory.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

from tools.gureum_mono import FAMILY, build_mono

PRETENDARD_SLICES: Final = Path("dist/web/variable/woff2-dynamic-subset")
PRETENDARD_ASCENT: Final = 1950 / 2048
PRETENDARD_DESCENT: Final = 494 / 2048

LATIN: Final = "U+0-10ff,U+1200-2fff"
HANGUL: Final = "U+1100-11ff,U+3000-d7ff,U+f900-faff,U+ff00-ffef"


@dataclass(frozen=True)
class Fallback:
    """Fonts of an operating system that stand in for Pretendard until it has arrived."""

    weight: str
    local: tuple[str, ...]
    size_adjust: float
    unicode_range: str


# Widths, measured: a Hangul syllable is 0.864 em in Pretendard (1770 of 2048), 0.92 em in Noto
# Sans KR; Arial and its metric twins come out equal to Pretendard over the Latin text and spaces
# of the notes (0.3866 and 0.3865 em a character; bold 0.3978 and 0.3950). Assumed, because these
# fonts cannot be had without their system: Malgun Gothic is as wide as Noto, and Apple SD Gothic
# Neo as Pretendard, which was made to stand in for it. An error there rewraps a line during the
# swap; lines keep their height in any case. Where several rules fit, the last one whose font
# exists wins, so the common systems come last.
WIDE: Final = 0.9395
REGULAR: Final = "45 599"
BOLD: Final = "600 920"
FALLBACKS: Final = (
    Fallback(REGULAR, ("Arial", "ArialMT", "Liberation Sans", "Helvetica"), 1, LATIN),
    Fallback(BOLD, ("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold"), 0.993, LATIN),
    Fallback(REGULAR, ("Noto Sans CJK KR", "Noto Sans KR", "NotoSansKR-Regular"), WIDE, HANGUL),
    Fallback(BOLD, ("Noto Sans CJK KR Bold", "Noto Sans KR Bold", "NotoSansKR-Bold"), WIDE, HANGUL),
    Fallback(REGULAR, ("Apple SD Gothic Neo", "AppleSDGothicNeo-Regular"), 1, HANGUL),
    Fallback(BOLD, ("Apple SD Gothic Neo Bold", "AppleSDGothicNeo-Bold"), 1, HANGUL),
    Fallback(REGULAR, ("Malgun Gothic", "MalgunGothic"), WIDE, HANGUL),
    Fallback(BOLD, ("Malgun Gothic Bold", "MalgunGothicBold"), WIDE, HANGUL),
)


@dataclass(frozen=True)
class Face:
    """One ``@font-face`` rule: a file below ``static/fonts`` and the code points it draws."""

    family: str
    weight: str
    file: str
    codepoints: frozenset[int]


def unicode_range(codepoints: Iterable[int]) -> str:
    """Spell code points as the value of CSS ``unicode-range``, shortest form, in order."""
    spans: list[list[int]] = []
    for cp in sorted(codepoints):
        if spans and spans[-1][1] == cp - 1:
            spans[-1][1] = cp
        else:
            spans.append([cp, cp])
    return ",".join(f"U+{a:x}" if a == b else f"U+{a:x}-{b:x}" for a, b in spans)


def copy_pretendard(package: Path, out: Path) -> list[Face]:
    """Copy Pretendard's slices below `out`, unmodified (its name is reserved), and describe them.

    The code points come from the files: upstream's style sheet also claims characters that the
    files do not draw, which costs readers downloads for nothing.
    Raises FileNotFoundError when `package` is not the unpacked npm package ``pretendard``.
    """
    folder = out / "pretendard"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(package / "dist/LICENSE.txt", folder / "LICENSE.txt")
    files = sorted((package / PRETENDARD_SLICES).glob("*.woff2"), key=slice_number)
    if not files:
        raise FileNotFoundError(package / PRETENDARD_SLICES)
    faces = []
    for file in files:
        shutil.copyfile(file, folder / file.name)
        covered = frozenset(TTFont(file).getBestCmap())
        faces.append(
            Face("Pretendard Variable", "45 920", f"pretendard/{file.name}", covered - {0x0D})
        )
    size = sum(file.stat().st_size for file in files)
    print(f"pretendard: {len(files)} slices, {size} bytes")
    return faces


def slice_number(file: Path) -> int:
    """Return N of ``PretendardVariable.subset.N.woff2``; ValueError for another name."""
    match = re.fullmatch(r"PretendardVariable\.subset\.(\d+)\.woff2", file.name)
    if match is None:
        raise ValueError(f"not a slice of Pretendard: {file.name}")
    return int(match[1])


def face_css(face: Face) -> str:
    """Spell one face as CSS; the URL is relative to ``static/css``."""
    return (
        "@font-face {\n"
        f'  font-family: "{face.family}";\n'
        f"  font-weight: {face.weight};\n"
        "  font-style: normal;\n"
        "  font-display: swap;\n"
        f'  src: url("../fonts/{face.file}") format("woff2");\n'
        f"  unicode-range: {unicode_range(face.codepoints)};\n"
        "}\n"
    )


def fallback_css(fallback: Fallback) -> str:
    """Spell a fallback as CSS, so that its lines are as high and wide as Pretendard's.

    The ascent and the descent are percentages of the adjusted size, hence the division.
    """
    sources = ", ".join(f'local("{name}")' for name in fallback.local)
    ascent = PRETENDARD_ASCENT / fallback.size_adjust
    descent = PRETENDARD_DESCENT / fallback.size_adjust
    return (
        "@font-face {\n"
        '  font-family: "Pretendard Fallback";\n'
        f"  font-weight: {fallback.weight};\n"
        "  font-style: normal;\n"
        f"  src: {sources};\n"
        f"  size-adjust: {fallback.size_adjust:.2%};\n"
        f"  ascent-override: {ascent:.2%};\n"
        f"  descent-override: {descent:.2%};\n"
        "  line-gap-override: 0%;\n"
        f"  unicode-range: {fallback.unicode_range};\n"
        "}\n"
    )


def main(argv: list[str] | None = None) -> int:
    """Build everything; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.build_fonts",
        description="Build static/fonts and static/css/fonts.css from two unpacked npm packages.",
    )
    parser.add_argument("--pretendard", type=Path, required=True, help="folder of pretendard 1.3.9")
    parser.add_argument("--d2coding", type=Path, required=True, help="folder of d2coding 1.3.2")
    parser.add_argument(
        "--static",
        type=Path,
        default=Path(__file__).resolve().parent.parent / "static",
        help="folder to write fonts/ and css/fonts.css into (default: the project's static/)",
    )
    options = parser.parse_args(argv)
    fonts: Path = options.static / "fonts"
    try:
        pretendard = copy_pretendard(options.pretendard, fonts)
        mono = [
            Face(FAMILY, "400", f"gureum-mono/{file.name}", codepoints)
            for file, codepoints in build_mono(options.d2coding, fonts / "gureum-mono")
        ]
    except FileNotFoundError as error:
        print(f"build_fonts: file not found: {error.filename or error}", file=sys.stderr)
        return 1
    css = "/* Written by tools/build_fonts.py; change that instead. */\n"
    css += "".join(map(fallback_css, FALLBACKS))
    css += "".join(map(face_css, [*pretendard, *mono]))
    target: Path = options.static / "css/fonts.css"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(css, encoding="utf-8", newline="\n")
    print(f"fonts.css: {len(css)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
