"""Which entries of a file are taken, and what is remembered of that between two looks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from apps.studio.exchange.read import MAX_ITEMS
from apps.studio.forms.importing import OptionsForm
from apps.studio.models import ImportFile
from apps.studio.services.importing import Planned

MOST_BOXES = 500
"""Beyond so many entries they are named by number: no form holds as many boxes as one likes."""
DEFAULTS: dict[str, Any] = {
    "encoding": "",
    "topic": "other",
    "level": "이해",
    "difficulty": 2,
    "pool": "practice",
    "tags": "",
}
_LONGEST_TEXT = 10_000
_RANGE = re.compile(r"([0-9]{1,5})(?:\s*[-~–]\s*([0-9]{1,5}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Decided:
    """`taken`: numbers of entries. `by_numbers`: those left out are named in a text."""

    taken: frozenset[int]
    by_numbers: bool
    problem: str = ""


def decided(
    request: HttpRequest, file: ImportFile, form: OptionsForm, plan: Sequence[Planned]
) -> Decided:
    """What was chosen just now, or the last time, or what is proposed: all but doubles.

    Another format makes other entries, of which nothing was chosen yet.
    """
    possible = frozenset(each.number for each in plan if each.checked is not None)
    proposed = frozenset(each.number for each in plan if each.checked and not each.is_double)
    by_numbers = len(plan) > MOST_BOXES
    same = form.cleaned_data["format"] == request.POST.get("seen_format", file.format)
    if request.method == "POST" and same and request.POST.get("chosen"):
        if not by_numbers:
            chosen = {int(each) for each in request.POST.getlist("take") if _is_number(each)}
            return Decided(possible & chosen, by_numbers)
        numbers = read_numbers(request.POST.get("left_out", ""))
        if numbers is None:
            return Decided(proposed, by_numbers, "3, 10-20처럼 번호를 쉼표로 나누어 적어 주세요.")
        return Decided(possible - numbers, by_numbers)
    kept = file.options.get("taken")
    if request.method != "POST" and isinstance(kept, list):
        return Decided(possible & frozenset(kept), by_numbers)
    return Decided(proposed, by_numbers)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 5


def read_numbers(text: str) -> frozenset[int] | None:
    """`3, 10-20` → those numbers; None for anything else."""
    if len(text) > _LONGEST_TEXT:
        return None
    found: set[int] = set()
    for part in re.split(r"[,，\s]+(?![-~–])", re.sub(r"\s*([-~–])\s*", r"\1", text.strip())):
        if not part:
            continue
        match = _RANGE.fullmatch(part)
        if match is None:
            return None
        first = int(match[1])
        found.update(range(first, min(int(match[2] or first), MAX_ITEMS) + 1))
    return frozenset(found)


def left_out_text(request: HttpRequest, plan: Sequence[Planned], choice: Decided) -> str:
    """The numbers that are left out as somebody would write them; a wrong text as it was typed."""
    if choice.problem:
        return request.POST.get("left_out", "")
    numbers = [each.number for each in plan if each.checked and each.number not in choice.taken]
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def remember(file: ImportFile, form: OptionsForm, choice: Decided) -> None:
    """So that a reload, or a look at one preview, shows the same."""
    said = {name: form.cleaned_data[name] for name in DEFAULTS}
    file.options = {**said, "taken": sorted(choice.taken)}
    file.format = form.cleaned_data["format"]
    file.save(update_fields=["options", "format"])
