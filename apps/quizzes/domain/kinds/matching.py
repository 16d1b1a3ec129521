"""짝짓기: to every left side belongs one right side."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.kernel.documents import Findings, join, read_list, read_object
from apps.kernel.shown import shown

from .assignments import Giving
from .base import Json, Order, Parts
from .members import deal, ids_of, members, texts_of
from .texts import MAX_FEEDBACK, MAX_MEMBER, check_text, read_markdown

_MIN_PAIRS, _MAX_PAIRS, _MAX_EXTRA = 2, 12, 6


@dataclass(frozen=True, slots=True)
class _Pair:
    left: str
    right: str
    feedback: str


class Matching(Giving):
    """`body`: {"lefts": as in the file, "rights": by text}, each [{"id", "text"}].

    The right sides of all pairs and `extra` stand there once each and sorted, so neither which are
    extra nor which serve two lefts shows. Key and answer: {"given": {left id: right id}}.
    Form: `answer-<left id>` = right id. Feedback by left id.
    """

    name = "matching"
    label = "짝짓기"
    required = ("pair",)
    optional = ("extra",)
    askers, offers = "lefts", "rights"

    def read(self, document: Mapping[str, object], path: str, findings: Findings) -> Parts | None:
        pairs = _read_pairs(document, path, findings)
        extra = _read_extra(document, path, findings, {pair.right for pair in pairs})
        texts = sorted({pair.right for pair in pairs} | set(extra))
        if pairs and len(texts) < 2:
            findings.add(
                join(path, "pair"),
                "오른쪽이 모두 같으면 고를 것이 없습니다. 다른 오른쪽을 두거나 "
                "extra에 더 적어 주세요.",
            )
        lefts = list(dict.fromkeys(pair.left for pair in pairs))
        body = {"lefts": members("l", lefts), "rights": members("r", texts)}
        left_ids = {text: id_ for id_, text in texts_of(body["lefts"]).items()}
        right_ids = {text: id_ for id_, text in texts_of(body["rights"]).items()}
        given = {left_ids[pair.left]: right_ids[pair.right] for pair in pairs}
        feedback = {left_ids[pair.left]: pair.feedback for pair in pairs if pair.feedback}
        return Parts(body, {"given": given}, feedback) if pairs else None

    def dump(self, parts: Parts) -> Json:
        rights, given = texts_of(parts.body["rights"]), parts.key["given"]
        pairs = []
        for left in parts.body["lefts"]:
            pair = {"left": left["text"], "right": rights[given[left["id"]]]}
            if left["id"] in parts.feedback:
                pair["feedback"] = parts.feedback[left["id"]]
            pairs.append(pair)
        used = set(given.values())
        extra = [text for id_, text in rights.items() if id_ not in used]
        return {"pair": pairs, "extra": extra} if extra else {"pair": pairs}

    def deal(self, body: Json, *, seed: int, shuffle: bool) -> Order:
        """The lefts stay as the author put them; they are what is asked, one after another."""
        return {
            "lefts": ids_of(body["lefts"]),
            "rights": deal(body, "rights", seed=seed, shuffle=shuffle),
        }


def _read_pairs(document: Mapping[str, object], path: str, findings: Findings) -> list[_Pair]:
    pairs: dict[str, _Pair] = {}
    if "pair" not in document:
        return []
    place = join(path, "pair")
    for each, value in read_list(document["pair"], place, findings, most=_MAX_PAIRS):
        fields = read_object(
            value, each, findings, required=("left", "right"), optional=("feedback",)
        )
        if fields is None:
            continue
        left, right = (
            read_markdown(fields, side, each, findings, most=MAX_MEMBER)
            for side in ("left", "right")
        )
        feedback = read_markdown(fields, "feedback", each, findings, most=MAX_FEEDBACK, empty=True)
        if left in pairs:
            findings.add(join(each, "left"), f"같은 왼쪽이 이미 있습니다: {shown(left)}")
        elif left and right:
            pairs[left] = _Pair(left, right, feedback)
    if isinstance(document["pair"], list) and len(document["pair"]) < _MIN_PAIRS:
        findings.add(place, f"짝은 {_MIN_PAIRS}개 이상이어야 합니다.")
    return list(pairs.values())


def _read_extra(
    document: Mapping[str, object], path: str, findings: Findings, rights: set[str]
) -> list[str]:
    """Right sides that belong to no left."""
    extra: dict[str, None] = {}
    if "extra" not in document:
        return []
    for each, value in read_list(document["extra"], join(path, "extra"), findings, most=_MAX_EXTRA):
        text = check_text(value, each, findings, most=MAX_MEMBER)
        if text in rights or text in extra:
            findings.add(each, f"같은 오른쪽이 이미 있습니다: {shown(text)}")
        elif text:
            extra[text] = None
    return list(extra)
