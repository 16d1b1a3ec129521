"""Names and student numbers as people write them: what is kept, and what is refused and why."""

import re
import unicodedata

from apps.kernel.unseen import has_unseen

MAX_NAME = 50
MAX_NUMBER = 20
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_FORMULA = "=+-@"


class NameProblemError(ValueError):
    """Why a name or a number cannot be kept, in a Korean sentence."""


def clean_name(text: str) -> str:
    """NFC, single spaces. Refuses nothing at all, unseen signs, formulas and what is too long."""
    name = _one_line(text, "이름")
    if not name:
        raise NameProblemError("이름이 비어 있습니다.")
    if len(name) > MAX_NAME:
        raise NameProblemError(f"이름은 {MAX_NAME}자까지입니다. 지금 {len(name)}자입니다.")
    if name[0] in _FORMULA:
        raise NameProblemError(f"이름이 수식처럼 ‘{name[0]}’ 기호로 시작합니다.")
    if not any(sign.isalpha() for sign in name):
        raise NameProblemError("이름에 글자가 없습니다.")
    return name


def clean_number(text: str) -> str:
    """NFKC (full-width digits become digits), no spaces; "" is no number.

    Refuses what a spreadsheet made of a number, since the digits are lost: `1.0E+07`, `#####`.
    """
    number = unicodedata.normalize("NFKC", _one_line(text, "학번")).replace(" ", "")
    if not number:
        return ""
    if _SCIENTIFIC.fullmatch(number):
        raise NameProblemError(
            f"엑셀이 학번을 ‘{number}’ 모양으로 줄여 써서 뒷자리를 알 수 없습니다. "
            "셀 서식을 ‘텍스트’로 바꾸고 학번을 다시 넣으세요."
        )
    if set(number) == {"#"}:
        raise NameProblemError(
            "학번 자리에 ####만 있습니다. 엑셀에서 열 너비를 넓힌 뒤 다시 복사하세요."
        )
    if number[0] in _FORMULA:
        raise NameProblemError(f"학번이 수식처럼 ‘{number[0]}’ 기호로 시작합니다.")
    if len(number) > MAX_NUMBER:
        raise NameProblemError(f"학번은 {MAX_NUMBER}자까지입니다. 지금 {len(number)}자입니다.")
    if not any(sign.isdigit() for sign in number):
        raise NameProblemError(f"학번 ‘{number}’에 숫자가 없습니다.")
    return number


def _one_line(text: str, what: str) -> str:
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    # Somebody would have a name that nobody can read, or that looks like a neighbor's.
    if has_unseen(folded):
        raise NameProblemError(f"{what}에 보이지 않는 제어 문자가 있습니다. 지우고 다시 쓰세요.")
    return folded
