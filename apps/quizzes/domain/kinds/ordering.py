"""순서 맞추기: the items have one right order."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from apps.kernel.documents import Findings, join, read_list
from apps.kernel.shown import shown

from .base import Form, ItemKind, Json, Line, Order, Parts, Scoring
from .members import deal, ids_of, members, one_of, texts_of
from .texts import MAX_MEMBER, check_text

_MIN_ITEMS, _MAX_ITEMS = 2, 12
_TIMES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두")


class Ordering(ItemKind):
    """`body`: {"items": [{"id", "text"}]}, by text; key and answer: {"places": {id: 1…n}}.

    Form: `answer-<item id>` = place. An answer may leave items without a place and may give one
    place twice: it is kept as it came. What counts is the longest run of items that stand in the
    right order relative to each other, from 0 for one item to 1 for all: of items without a place
    none, of those at the same place one.
    """

    name = "ordering"
    label = "순서 맞추기"
    required = ("items",)
    optional = ()
    graded_by_hand = False

    def read(self, document: Mapping[str, object], path: str, findings: Findings) -> Parts | None:
        if "items" not in document:
            return None
        place = join(path, "items")
        texts: dict[str, None] = {}
        for each, value in read_list(document["items"], place, findings, most=_MAX_ITEMS):
            text = check_text(value, each, findings, most=MAX_MEMBER)
            if text in texts:
                findings.add(each, f"같은 항목이 이미 있습니다: {shown(text)}")
            elif text:
                texts[text] = None
        if isinstance(document["items"], list) and len(document["items"]) < _MIN_ITEMS:
            findings.add(place, f"순서를 정할 항목은 {_MIN_ITEMS}개 이상이어야 합니다.")
        if len(texts) < _MIN_ITEMS:
            return None
        items = members("i", sorted(texts))
        ids = {text: id_ for id_, text in texts_of(items).items()}
        places = {ids[text]: index for index, text in enumerate(texts, start=1)}
        return Parts({"items": items}, {"places": places}, {})

    def dump(self, parts: Parts) -> Json:
        texts = texts_of(parts.body["items"])
        return {"items": [texts[id_] for id_ in _in_order(parts.key)]}

    def deal(self, body: Json, *, seed: int, shuffle: bool) -> Order:
        """By chance this may be the right order: to avoid it would be to tell which it is not."""
        return {"items": deal(body, "items", seed=seed, shuffle=shuffle)}

    def read_answer(self, body: Json, form: Form) -> Json:
        ids = ids_of(body["items"])
        allowed = {str(place): place for place in range(1, len(ids) + 1)}
        found = {id_: one_of(form, f"answer-{id_}", allowed) for id_ in ids}
        places = {id_: allowed[place] for id_, place in found.items() if place is not None}
        return {"places": places} if places else {}

    def fill(self, body: Json, answer: Json) -> dict[str, list[str]]:
        return {f"answer-{id_}": [str(place)] for id_, place in answer.get("places", {}).items()}

    def problem(self, body: Json, answer: Json) -> str:
        places = answer.get("places", {})
        if not places:
            return ""
        used = Counter(places.values())
        told = [
            f"‘{place}번째’가 {_TIMES[count]} 번 쓰였습니다."
            for place, count in sorted(used.items())
            if count > 1
        ]
        total = len(body["items"])
        missing = sum(id_ not in places for id_ in ids_of(body["items"]))
        if missing:
            told.append(f"{total}개 가운데 {missing}개의 순서를 아직 정하지 않았습니다.")
        return " ".join(told)

    def score(self, body: Json, key: Json, answer: Json, scoring: Scoring) -> Fraction:
        """(length of the longest increasing subsequence - 1) / (n - 1)."""
        kept = len(_kept(key, answer))
        return Fraction(max(kept - 1, 0), len(key["places"]) - 1)

    def right_answer(self, body: Json, key: Json) -> Json:
        return {"places": dict(key["places"])}

    def review(
        self, body: Json, key: Json, feedback: Mapping[str, str], answer: Json
    ) -> list[Line]:
        """A line an item, in the right order; right are the items that the score counts."""
        texts, places = texts_of(body["items"]), answer.get("places", {})
        kept = _kept(key, answer)
        counted = kept if len(kept) > 1 else set()
        return [
            Line(
                texts[id_],
                own=f"{places[id_]}번째" if id_ in places else "",
                right=f"{key['places'][id_]}번째",
                is_right=id_ in counted,
                picked=id_ in places,
            )
            for id_ in _in_order(key)
        ]


def _in_order(key: Json) -> list[str]:
    places: dict[str, int] = key["places"]
    return sorted(places, key=lambda id_: places[id_])


def _kept(key: Json, answer: Json) -> set[str]:
    """The items of a longest part of the answer that is in the right order."""
    places = answer.get("places", {})
    placed = [id_ for id_ in _in_order(key) if id_ in places]
    chosen = longest_increasing([places[id_] for id_ in placed])
    return {placed[index] for index in chosen}


def longest_increasing(values: Sequence[int]) -> list[int]:
    """The indices of a longest strictly increasing subsequence; always the same one."""
    ends: list[int] = []  # the least value that ends a subsequence of each length
    at: list[int] = []  # where in `values` that value stands
    before: list[int] = []  # for each index the one before it in its subsequence, or -1
    for index, value in enumerate(values):
        length = bisect_left(ends, value)
        before.append(at[length - 1] if length else -1)
        ends[length:] = [value, *ends[length + 1 :]]
        at[length:] = [index, *at[length + 1 :]]
    chosen = []
    index = at[-1] if at else -1
    while index >= 0:
        chosen.append(index)
        index = before[index]
    return chosen[::-1]
