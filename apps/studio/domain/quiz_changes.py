"""Changes to a quiz, on its document: pure, addressed by place, each told in a sentence.

The document: the settings (`SETTINGS`) and `sections`, each {"title", "shuffle", "draws"}; a draw
is {"question": uuid, "points"} or {"topic", "tag", "pool", "source", "count", "points"}. Points are
decimal strings. A place is (section, draw), both from 0; on pages `2.5` means the fifth draw of the
second section. Nothing here changes the document that it is given.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

Document = dict[str, Any]
Place = tuple[int, int]

SETTINGS = (
    *("title", "summary", "topic", "lesson", "minutes", "scoring", "shuffle_choices"),
    *("pass_mark", "feedback", "time_limit", "max_attempts"),
)
MOST_SECTIONS, MOST_ITEMS, MOST_POINTS = 20, 200, Decimal(100)
LONGEST_TITLE = 120
_PLACE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3})?", re.ASCII)


class ChangeError(Exception):
    """The change makes no sense here; the text (Korean) says why and what can be done."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The new document, what was done (Korean, a sentence), and the place to go on from."""

    document: Document
    note: str
    focus: str = ""  # id of an element of the editor's page: `draw-2-5`, `section-2`


Change = Callable[[Document], Changed]


def read_place(text: str) -> Place:
    """`2.5` → (1, 4); `2` → (1, 0). Raises ChangeError for anything else."""
    if not _PLACE.fullmatch(text):
        raise ChangeError("무엇을 바꿀지 알 수 없습니다. 화면을 새로 열고 다시 해 주세요.")
    section, _, draw = text.partition(".")
    return int(section) - 1, int(draw or 1) - 1


def draw_id(place: Place) -> str:
    return f"draw-{place[0] + 1}-{place[1] + 1}"


def section_id(section: int) -> str:
    return f"section-{section + 1}"


def draws_of(document: Document) -> Iterator[tuple[Place, dict[str, Any]]]:
    """All draws with their places, in order."""
    for at, section in enumerate(document["sections"]):
        for index, draw in enumerate(section["draws"]):
            yield (at, index), draw


def item_count(draw: dict[str, Any]) -> int:
    return 1 if "question" in draw else int(draw["count"])


def numbers(document: Document) -> dict[Place, tuple[int, int]]:
    """First and last number of each draw's items, as learners count where nothing is shuffled."""
    found, next_number = {}, 1
    for place, draw in draws_of(document):
        count = item_count(draw)
        found[place] = (next_number, next_number + count - 1)
        next_number += count
    return found


def fixed_questions(document: Document) -> list[str]:
    """The uuids of all fixed questions, in order."""
    return [draw["question"] for _, draw in draws_of(document) if "question" in draw]


def name_of(document: Document, place: Place) -> str:
    """`3번 문제`, or `3~5번 무작위 출제`."""
    fixed = "question" in _draw(document, place)
    first, last = numbers(document)[place]
    if fixed:
        return f"{first}번 문제"
    return f"{first}번 무작위 출제" if first == last else f"{first}~{last}번 무작위 출제"


def add_section(document: Document, *, title: str) -> Changed:
    changed = deepcopy(document)
    if len(changed["sections"]) >= MOST_SECTIONS:
        raise ChangeError(f"영역은 {MOST_SECTIONS}개까지 둘 수 있습니다.")
    changed["sections"].append({"title": _title(title), "shuffle": False, "draws": []})
    at = len(changed["sections"]) - 1
    return Changed(changed, f"{_named(changed, at)} 영역을 만들었습니다.", section_id(at))


def rename_section(document: Document, *, section: int, title: str) -> Changed:
    changed = deepcopy(document)
    before = _named(document, section)
    _section(changed, section)["title"] = _title(title)
    new = f"‘{_title(title)}’ 이름으로" if _title(title) else "이름 없는 영역으로"
    note = f"{before} 영역을 {new} 바꿨습니다."
    return Changed(changed, note, section_id(section))


def remove_section(document: Document, *, section: int) -> Changed:
    """With all that it asks."""
    changed = deepcopy(document)
    gone = _section(changed, section)
    del changed["sections"][section]
    count = len(gone["draws"])
    note = f"{_named(document, section)} 영역을 지웠습니다."
    if count:
        note = f"{_named(document, section)} 영역을 지웠습니다. 안의 {count}개 항목도 뺐습니다."
    rest = len(changed["sections"])
    return Changed(changed, note, section_id(min(section, rest - 1)) if rest else "")


def move_section(document: Document, *, section: int, step: int) -> Changed:
    changed = deepcopy(document)
    _section(changed, section)
    to = section + step
    if not 0 <= to < len(changed["sections"]):
        raise ChangeError("더 옮길 곳이 없습니다.")
    sections = changed["sections"]
    sections.insert(to, sections.pop(section))
    way = "위로" if step < 0 else "아래로"
    note = f"{_named(document, section)} 영역을 {way} 옮겼습니다."
    return Changed(changed, note, section_id(to))


def shuffle_section(document: Document, *, section: int, shuffle: bool) -> Changed:
    changed = deepcopy(document)
    _section(changed, section)["shuffle"] = shuffle
    what = "문제 순서 섞기를 켰습니다." if shuffle else "문제 순서 섞기를 껐습니다."
    return Changed(changed, f"{_named(document, section)} 영역의 {what}", section_id(section))


def add_fixed(
    document: Document, *, section: int, questions: Sequence[str], points: Decimal = Decimal(1)
) -> Changed:
    """At the end of a section, made if the quiz has none yet. Raises for what is there already."""
    changed = deepcopy(document)
    if not changed["sections"] and section == 0:
        changed["sections"].append({"title": "", "shuffle": False, "draws": []})
    if not questions:
        raise ChangeError("넣을 문제를 하나 이상 골라 주세요.")
    known = set(fixed_questions(document))
    fresh = [each for each in dict.fromkeys(questions) if each not in known]
    if not fresh:
        raise ChangeError("고른 문제는 이미 이 퀴즈에 있습니다.")
    draws = _section(changed, section)["draws"]
    start = len(draws)
    draws.extend({"question": each, "points": _points(points)} for each in fresh)
    _refuse_too_many(changed)
    where = f"{_named(changed, section)} 영역에 " if len(changed["sections"]) > 1 else ""
    return Changed(changed, f"{where}문제 {len(fresh)}개를 넣었습니다.", draw_id((section, start)))


def add_random(document: Document, *, section: int, draw: dict[str, Any]) -> Changed:
    """`draw` without points counts 1 each."""
    changed = deepcopy(document)
    if not changed["sections"] and section == 0:
        changed["sections"].append({"title": "", "shuffle": False, "draws": []})
    draws = _section(changed, section)["draws"]
    draws.append({"points": "1", **draw})
    _refuse_too_many(changed)
    note = f"무작위 출제 {draw['count']}문제를 넣었습니다."
    return Changed(changed, note, draw_id((section, len(draws) - 1)))


def change_random(document: Document, *, place: Place, draw: dict[str, Any]) -> Changed:
    changed = deepcopy(document)
    old = _draw(changed, place)
    if "question" in old:
        raise ChangeError("고정한 문제는 무작위 출제로 바꿀 수 없습니다. 빼고 새로 넣어 주세요.")
    changed["sections"][place[0]]["draws"][place[1]] = {"points": old["points"], **draw}
    _refuse_too_many(changed)
    note = f"{name_of(document, place)}의 조건을 바꿨습니다."
    return Changed(changed, note, draw_id(place))


def set_points(document: Document, *, place: Place, points: str) -> Changed:
    changed = deepcopy(document)
    value = _read_points(points)
    _draw(changed, place)["points"] = value
    note = f"{name_of(document, place)}의 배점을 {value}점으로 바꿨습니다."
    return Changed(changed, note, draw_id(place))


def remove_draw(document: Document, *, place: Place) -> Changed:
    changed = deepcopy(document)
    name = name_of(document, place)
    section, index = place
    draws = changed["sections"][section]["draws"]
    del draws[index]
    focus = draw_id((section, min(index, len(draws) - 1))) if draws else section_id(section)
    return Changed(changed, f"{_object(name)} 뺐습니다.", focus)


def move_draw(document: Document, *, place: Place, step: int) -> Changed:
    """One place up or down; beyond the end of a section into the next one."""
    changed = deepcopy(document)
    _draw(changed, place)
    section, index = place
    draws = changed["sections"][section]["draws"]
    way = "위로" if step < 0 else "아래로"
    note = f"{_object(name_of(document, place))} {way} 옮겼습니다."
    if 0 <= index + step < len(draws):
        draws.insert(index + step, draws.pop(index))
        return Changed(changed, note, draw_id((section, index + step)))
    to = section + step
    if not 0 <= to < len(changed["sections"]):
        raise ChangeError("더 옮길 곳이 없습니다.")
    target = changed["sections"][to]["draws"]
    at = len(target) if step < 0 else 0
    target.insert(at, draws.pop(index))
    return Changed(changed, note, draw_id((to, at)))


def move_draw_to(document: Document, *, place: Place, section: int) -> Changed:
    """To the end of another section."""
    changed = deepcopy(document)
    moved = _draw(changed, place)
    target = _section(changed, section)["draws"]
    if section == place[0]:
        raise ChangeError("이미 그 영역에 있습니다.")
    del changed["sections"][place[0]]["draws"][place[1]]
    target.append(moved)
    note = f"{_object(name_of(document, place))} {_named(document, section)} 영역으로 옮겼습니다."
    return Changed(changed, note, draw_id((section, len(target) - 1)))


def change_settings(document: Document, *, values: dict[str, Any]) -> Changed:
    unknown = values.keys() - set(SETTINGS)
    if unknown:
        raise ValueError(f"no settings: {unknown}")
    return Changed({**deepcopy(document), **values}, "설정을 바꿨습니다.")


_WISHES = {
    "옮겼습니다.": "옮기기",
    "넣었습니다.": "넣기",
    "뺐습니다.": "빼기",
    "바꿨습니다.": "바꾸기",
    "만들었습니다.": "만들기",
    "지웠습니다.": "지우기",
    "켰습니다.": "켜기",
    "껐습니다.": "끄기",
}


def wish_of(note: str) -> str:
    """What was not done after all: `3번 문제를 위로 옮겼습니다.` → `3번 문제를 위로 옮기기`."""
    first, _, _ = note.partition(". ")
    sentence = first if first.endswith(".") else f"{first}."
    for ending, wish in _WISHES.items():
        if sentence.endswith(ending):
            return sentence.removesuffix(ending) + wish
    return sentence


def _section(document: Document, at: int) -> dict[str, Any]:
    if not 0 <= at < len(document["sections"]):
        raise ChangeError("그 영역이 없습니다. 화면을 새로 열고 다시 해 주세요.")
    found: dict[str, Any] = document["sections"][at]
    return found


def _draw(document: Document, place: Place) -> dict[str, Any]:
    draws = _section(document, place[0])["draws"]
    if not 0 <= place[1] < len(draws):
        raise ChangeError("그 문제가 없습니다. 화면을 새로 열고 다시 해 주세요.")
    found: dict[str, Any] = draws[place[1]]
    return found


def _named(document: Document, at: int) -> str:
    title = _section(document, at)["title"]
    return f"‘{title}’" if title else f"{at + 1}번째"


def _object(name: str) -> str:
    return f"{name}를"  # both end in a vowel: 문제, 출제


def _title(text: str) -> str:
    cleaned = " ".join(text.replace("\0", "").split())
    if len(cleaned) > LONGEST_TITLE:
        raise ChangeError(f"영역 이름은 {LONGEST_TITLE}자까지 쓸 수 있습니다.")
    return cleaned


def _read_points(text: str) -> str:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 < value <= MOST_POINTS or value != round(value, 2):
        raise ChangeError(
            "배점은 0보다 크고 100 이하인 수로 적어 주세요. 소수는 둘째 자리까지입니다."
        )
    return _points(value)


def _points(value: Decimal) -> str:
    """Without zeros that say nothing: `1`, `2.5`."""
    return f"{value.normalize():f}"


def _refuse_too_many(document: Document) -> None:
    if sum(item_count(draw) for _, draw in draws_of(document)) > MOST_ITEMS:
        raise ChangeError(f"퀴즈 하나에는 {MOST_ITEMS}문제까지 낼 수 있습니다.")
