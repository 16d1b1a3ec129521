"""수로 답하기: a number, exact or within a tolerance.

Read are decimals with or without a sign (0.5, .5, -3), thousands set off by commas where they
belong (1,000), fractions (1/2), all of it also in full-width characters, with the unit of the
question before or behind it or without one. Not read, for they would have to be guessed: other
units, a decimal comma (0,5), words (만, 약), powers (1e3). Arithmetic is exact.
"""

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction

from apps.kernel.documents import Findings, join
from apps.kernel.shown import shown

from .base import Form, ItemKind, Json, Line, Order, Parts, Scoring
from .texts import check_line, read_line
from .typed import fill_typed, read_typed_line

_MAX_ANSWER = 60
_MAX_UNIT = 20
_MAX_PERCENT = 100

_WHOLE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_NUMBER = re.compile(rf"(?P<sign>[-+]?)(?P<value>{_WHOLE}(?:\.[0-9]*)?|\.[0-9]+)")
_FRACTION = re.compile(rf"(?P<sign>[-+]?)(?P<above>{_WHOLE})\s*/\s*(?P<below>{_WHOLE})")
# What a unit may neither begin nor end with, lest a part of the number be taken for it.
_OF_NUMBERS = frozenset("0123456789+-.,")
_SIGNS = {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{IDEOGRAPHIC SPACE}": " "}
# Full-width forms stand 0xFEE0 above ASCII. Not NFKC, which would make 52 of 5².
_HALF_WIDTH = str.maketrans({**{chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F)}, **_SIGNS})


class Numeric(ItemKind):
    """`body`: {"unit": shown beside the field, may be ""}.

    `key`: {"answer": number as text, "tolerance" | "tolerance_percent": number as text}; percent
    is of the answer. Answer: {"text": as typed}; form: `answer`.
    """

    name = "numeric"
    label = "수로 답하기"
    required = ("answer",)
    optional = ("tolerance", "tolerance_percent", "unit")
    graded_by_hand = False

    def read(self, document: Mapping[str, object], path: str, findings: Findings) -> Parts | None:
        unit = read_line(document, "unit", path, findings, most=_MAX_UNIT, empty=True)
        if not _OF_NUMBERS.isdisjoint(_plain(unit)[:1] + _plain(unit)[-1:]):
            findings.add(
                join(path, "unit"),
                f"단위는 숫자나 부호로 시작하거나 끝날 수 없습니다. 적힌 값: {shown(unit)}",
            )
            unit = ""
        answer = _read_amount(document, "answer", path, findings)
        tolerance = _read_tolerance(document, path, findings)
        if answer is None or tolerance is None:
            return None
        if "tolerance_percent" in tolerance and answer[1] == 0:
            findings.add(
                join(path, "tolerance_percent"),
                "정답이 0이면 백분율 오차를 둘 수 없습니다. tolerance로 적어 주세요.",
            )
        return Parts({"unit": unit}, {"answer": answer[0], **tolerance}, {})

    def dump(self, parts: Parts) -> Json:
        unit = parts.body["unit"]
        return {**parts.key, "unit": unit} if unit else dict(parts.key)

    def deal(self, body: Json, *, seed: int, shuffle: bool) -> Order:
        return {}

    def read_answer(self, body: Json, form: Form) -> Json:
        return read_typed_line(form, most=_MAX_ANSWER)

    def fill(self, body: Json, answer: Json) -> dict[str, list[str]]:
        return fill_typed(answer)

    def problem(self, body: Json, answer: Json) -> str:
        if not answer or read_number(answer["text"], unit=body["unit"]) is not None:
            return ""
        unit = " (단위는 적지 않아도 됩니다)" if body["unit"] else ""
        return f"숫자로 적어 주세요. 예: 0.5{unit}"

    def score(self, body: Json, key: Json, answer: Json, scoring: Scoring) -> Fraction:
        number = read_number(answer.get("text", ""), unit=body["unit"])
        right, tolerance = _right(key)
        return Fraction(number is not None and abs(number - right) <= tolerance)

    def right_answer(self, body: Json, key: Json) -> Json:
        return {"text": key["answer"]}

    def review(
        self, body: Json, key: Json, feedback: Mapping[str, str], answer: Json
    ) -> list[Line]:
        right = f"{key['answer']} {body['unit']}".strip()
        if _right(key)[1]:
            percent = "tolerance_percent" in key
            allowed = f"{key['tolerance_percent']}%" if percent else key["tolerance"]
            right = f"{right} (오차 ±{allowed}까지 인정)"
        own = answer.get("text", "")
        is_right = self.score(body, key, answer, Scoring.ALL_OR_NOTHING) == 1
        return [Line("", own, right, is_right, picked=bool(own))]


def read_number(text: str, *, unit: str = "") -> Fraction | None:
    """The number that a learner means, or None where it would have to be guessed."""
    plain = _without_unit(_plain(text[: 2 * _MAX_ANSWER]), _plain(unit))
    if match := _NUMBER.fullmatch(plain):
        value = Fraction(match["value"].replace(",", "").rstrip("."))
    elif match := _FRACTION.fullmatch(plain):
        below = int(match["below"].replace(",", ""))
        if below == 0:
            return None
        value = Fraction(int(match["above"].replace(",", "")), below)
    else:
        return None
    return -value if match["sign"] == "-" else value


def _plain(text: str) -> str:
    return text.translate(_HALF_WIDTH).strip()


def _without_unit(text: str, unit: str) -> str:
    """The unit may be typed in any case: it stands beside the field and is not what is asked."""
    if not unit:
        return text
    lower, unit = text.lower(), unit.lower()
    if len(lower) != len(text):  # a letter that grows in lower case is in no number
        return text
    lower, unit = (unicodedata.normalize("NFC", each) for each in (lower, unit))
    if lower.endswith(unit):
        return lower.removesuffix(unit).rstrip()
    return lower.removeprefix(unit).lstrip()


def _read_amount(
    document: Mapping[str, object], name: str, path: str, findings: Findings
) -> tuple[str, Fraction] | None:
    """A number of the file, as text and as value. A TOML float is refused: it is not exact."""
    if name not in document:
        return None
    value, place = document[name], join(path, name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        findings.add(place, f'따옴표로 묶어 적어 주세요. 예: {name} = "0.5"')
        return None
    text = check_line(value, place, findings, most=_MAX_ANSWER)
    number = read_number(text)
    if text and number is None:
        findings.add(
            place, f'숫자로 적어 주세요. 예: "0.5", "1,000", "1/3". 적힌 값: {shown(text)}'
        )
    return None if number is None else (text, number)


def _read_tolerance(
    document: Mapping[str, object], path: str, findings: Findings
) -> dict[str, str] | None:
    """The part of the key that says how exact an answer has to be; exact if nothing is said."""
    if "tolerance" in document and "tolerance_percent" in document:
        findings.add(
            join(path, "tolerance"), "tolerance와 tolerance_percent 가운데 하나만 적어 주세요."
        )
        return None
    name = "tolerance_percent" if "tolerance_percent" in document else "tolerance"
    if name not in document:
        return {"tolerance": "0"}
    amount = _read_amount(document, name, path, findings)
    if amount is None:
        return None
    text, value = amount
    if value < 0 or (name == "tolerance_percent" and value > _MAX_PERCENT):
        bounds = f"0~{_MAX_PERCENT}의 수" if name == "tolerance_percent" else "0 이상의 수"
        findings.add(join(path, name), f"{bounds}여야 합니다. 적힌 값: {shown(text)}")
        return None
    return {name: text}


def _right(key: Json) -> tuple[Fraction, Fraction]:
    """The right number, and how far an answer may be from it."""
    right = _amount(key["answer"])
    if "tolerance_percent" in key:
        return right, abs(right) * _amount(key["tolerance_percent"]) / 100
    return right, _amount(key["tolerance"])


def _amount(text: str) -> Fraction:
    number = read_number(text)
    if number is None:
        raise ValueError(f"no number in a key: {text!r}")
    return number
