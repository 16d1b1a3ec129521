"""Documents of every kind, twins that differ only in what is secret, and forms sent to them."""

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from apps.quizzes.domain.kinds import KINDS
from apps.quizzes.domain.kinds.base import Json

from .documents import COMMON, OWN, Item

Twins = tuple[Json, Json]

# Letters that fold, compose and sort in different ways; no two texts alike after NFC and strip.
_LETTERS = st.sampled_from("가나다각ㄱabcABCéß12 -_*<&/.,（")
_TEXTS = st.text(_LETTERS, min_size=1, max_size=8).filter(lambda text: text.strip())
_NOTES = st.text(_LETTERS, max_size=8).map(lambda text: f"까닭 {text}")
_NUMBERS = st.fractions(min_value=-1000, max_value=1000, max_denominator=999)


def distinct(low: int, high: int) -> st.SearchStrategy[list[str]]:
    return st.lists(_TEXTS, min_size=low, max_size=high, unique_by=lambda text: text.strip())


def _named(draw: Any, texts: list[str], right: set[str]) -> list[Json]:
    return [{"text": text, "right": text in right, "feedback": draw(_NOTES)} for text in texts]


@st.composite
def _single(draw: Any) -> Twins:
    texts, keep = draw(distinct(2, 6)), draw(st.booleans())
    one, other = (
        {"choice": _named(draw, texts, {draw(st.sampled_from(texts))}), "keep_order": keep}
        for _ in range(2)
    )
    return one, other


@st.composite
def _multiple(draw: Any) -> Twins:
    texts = draw(distinct(2, 6))
    count, told = draw(st.integers(1, len(texts))), draw(st.booleans())
    twins = []
    for _ in range(2):
        right = set(draw(st.permutations(texts))[:count])
        twins.append({"choice": _named(draw, texts, right), **({"pick": count} if told else {})})
    return twins[0], twins[1]


@st.composite
def _true_false(draw: Any) -> Twins:
    one, other = (
        {"answer": answer, "feedback_true": draw(_NOTES), "feedback_false": draw(_NOTES)}
        for answer in (True, False)
    )
    return one, other


@st.composite
def _matching(draw: Any) -> Twins:
    lefts, rights = draw(distinct(2, 5)), draw(distinct(2, 5))
    twins = []
    for _ in range(2):
        given = [draw(st.sampled_from(rights)) for _ in lefts]
        pairs = [
            {"left": left, "right": right, "feedback": draw(_NOTES)}
            for left, right in zip(lefts, given, strict=True)
        ]
        twins.append({"pair": pairs, "extra": [each for each in rights if each not in given]})
    return twins[0], twins[1]


@st.composite
def _ordering(draw: Any) -> Twins:
    items = draw(distinct(2, 7))
    return {"items": items}, {"items": draw(st.permutations(items))}


@st.composite
def _categorize(draw: Any) -> Twins:
    categories, rows = draw(distinct(2, 4)), draw(distinct(2, 6))
    twins = []
    for _ in range(2):
        listed = [
            {"text": row, "category": draw(st.sampled_from(categories)), "feedback": draw(_NOTES)}
            for row in draw(st.permutations(rows))
        ]
        twins.append({"categories": categories, "row": listed})
    return twins[0], twins[1]


@st.composite
def _numeric(draw: Any) -> Twins:
    unit = draw(st.sampled_from([{}, {"unit": "GiB"}, {"unit": "%"}, {"unit": "개"}]))
    tolerance = draw(st.sampled_from([{}, {"tolerance": "0.1"}, {"tolerance_percent": "5"}]))
    nonzero = _NUMBERS.filter(bool)
    return {"answer": str(draw(nonzero)), **unit, **tolerance}, {"answer": "7", **unit}


@st.composite
def _short_text(draw: Any) -> Twins:
    word = draw(st.text(st.sampled_from("가나다라abc은는"), min_size=1, max_size=6))
    near = [{"text": f"{word}4", "feedback": draw(_NOTES)}]
    return {"accepted": [word, f"{word}5"], "near": near}, {"accepted": ["보안 그룹"]}


@st.composite
def _essay(draw: Any) -> Twins:
    length = draw(st.integers(1, 50))
    return {"max_length": length, "rubric": draw(distinct(0, 3))}, {"max_length": length}


_OWN: dict[str, Callable[[], st.SearchStrategy[Twins]]] = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "categorize": _categorize,
    "numeric": _numeric,
    "short_text": _short_text,
    "essay": _essay,
}
assert _OWN.keys() == KINDS.keys()


@st.composite
def twins(draw: Any, *kinds: str) -> Twins:
    """Two documents of one of the kinds (or any) that show the same and keep other secrets."""
    kind = draw(st.sampled_from(kinds or sorted(_OWN)))
    one, other = draw(_OWN[kind]())
    common = {"kind": kind, **COMMON}
    secret = {"explanation": draw(_NOTES), "quote": draw(_NOTES), "difficulty": 5}
    return {**common, **one}, {**common, **secret, **other}


def documents(*kinds: str) -> st.SearchStrategy[Json]:
    return twins(*kinds).map(lambda pair: pair[0])


_ANYTHING = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["1", "2", "3", "true", "0.5", "\x00", "보안 그룹", "1/3", "가" * 500]),
)


@st.composite
def forms(draw: Any, item: Item) -> dict[str, list[str]]:
    """What a browser, or somebody with a console, may send: most of it possible answers."""
    listed = [name for name, value in item.body.items() if isinstance(value, list)]
    ids = [member["id"] for name in listed for member in item.body[name]]
    names = ["answer", "other", *(f"answer-{id_}" for id_ in ids)]
    values = st.one_of(st.sampled_from(ids), _ANYTHING) if ids else _ANYTHING
    return draw(st.dictionaries(st.sampled_from(names), st.lists(values, max_size=4)))  # type: ignore[no-any-return]


_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.text(st.characters(categories=["Cs", "Cc", "Lo"]), max_size=3),
)
nonsense = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(st.sampled_from(["text", "right", "left", "id", "feedback"]), st.text()),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=8,
)


@st.composite
def damaged(draw: Any) -> Json:
    """A question of any kind in which one place holds something else, or nothing."""
    kind = draw(st.sampled_from(sorted(OWN)))
    document: Json = {"kind": kind, **COMMON, **copy.deepcopy(OWN[kind])}
    place: Any = document
    key: Any = draw(st.sampled_from(sorted(document)))
    while isinstance(place[key], dict | list) and place[key] and draw(st.booleans()):
        place = place[key]
        key = draw(
            st.sampled_from(sorted(place)) if isinstance(place, dict)
            else st.integers(0, len(place) - 1)
        )  # fmt: skip
    if draw(st.booleans()):
        place[key] = draw(nonsense)
    else:
        del place[key]
    return document
