"""What must be true of every question of every kind."""

import json
import re
from fractions import Fraction
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from apps.kernel.documents import Findings
from apps.quizzes.domain.kinds.base import Json, Scoring
from apps.quizzes.domain.reading import dump_question, read_question
from apps.quizzes.domain.spec import QuestionSpec, spec_from_json

from .documents import Item
from .strategies import Twins, damaged, documents, forms, nonsense, twins

_HANGUL = re.compile("[가-힣]")


def read(document: Json) -> QuestionSpec:
    findings = Findings()
    spec = read_question(document, findings)
    assert spec is not None, findings.problems()
    return spec


def as_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@settings(max_examples=300, deadline=None)
@given(documents())
def test_a_question_survives_being_written_and_read(document: Json) -> None:
    spec = read(document)
    event(spec.shown.kind)
    dumped = dump_question(spec)
    assert read(dumped) == spec
    assert dump_question(read(dumped)) == dumped
    stored = spec_from_json(json.loads(as_bytes(spec.to_json())))
    assert (stored, stored.digest) == (spec, spec.digest)


@settings(max_examples=300, deadline=None)
@given(twins(), st.integers(0, 2**53))
def test_what_is_shown_and_dealt_is_the_same_whatever_the_secret(pair: Twins, seed: int) -> None:
    one, other = (Item(read(document)) for document in pair)
    assert as_bytes(one.spec.to_json()["shown"]) == as_bytes(other.spec.to_json()["shown"])
    for shuffle in (True, False):
        deals = [each.kind.deal(each.body, seed=seed, shuffle=shuffle) for each in (one, other)]
        assert as_bytes(deals[0]) == as_bytes(deals[1])


@settings(max_examples=200, deadline=None)
@given(documents(), st.integers(0, 2**53), st.booleans())
def test_a_deal_is_a_permutation_and_always_the_same(
    document: Json, seed: int, shuffle: bool
) -> None:
    item = Item(read(document))
    order = item.kind.deal(item.body, seed=seed, shuffle=shuffle)
    listed = {
        name: [member["id"] for member in value]
        for name, value in item.body.items()
        if isinstance(value, list)
    }
    assert {name: sorted(ids) for name, ids in order.items()} == {
        name: sorted(ids) for name, ids in listed.items()
    }
    if not shuffle:
        assert order == listed
    assert item.kind.deal(json.loads(as_bytes(item.body)), seed=seed, shuffle=shuffle) == order


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_form_gives_an_answer_that_can_be_stored_shown_again_and_scored(
    data: st.DataObject,
) -> None:
    item = Item(read(data.draw(documents())))
    form = data.draw(forms(item))
    answer = item.kind.read_answer(item.body, form)
    event(f"{item.kind.name} {'empty' if not answer else 'answered'}")
    assert item.kind.read_answer(item.body, item.kind.fill(item.body, answer)) == answer
    stored = as_bytes(answer)
    assert len(stored) < 100_000
    assert b"\\u0000" not in stored
    assert json.loads(stored) == answer
    problem = item.problem(answer)
    assert not problem or (answer and _HANGUL.search(problem))
    assert item.kind.is_empty(item.body, answer) == (answer == {})
    for scoring in Scoring:
        score = item.score(answer, scoring)
        assert score is None or (isinstance(score, Fraction) and 0 <= score <= 1)
        assert score == 0 if not answer else (score is None) == item.kind.graded_by_hand
    if not item.kind.graded_by_hand:
        whole = item.score(answer) == 1
        assert all(line.is_right is not False for line in item.review(answer)) == whole


@settings(max_examples=200, deadline=None)
@given(documents())
def test_the_right_answer_is_whole_and_worth_one(document: Json) -> None:
    item = Item(read(document))
    right = item.kind.right_answer(item.body, item.parts.key)
    if item.kind.graded_by_hand:
        assert right == {}
        return
    assert item.kind.read_answer(item.body, item.kind.fill(item.body, right)) == right
    assert item.problem(right) == ""
    assert all(item.score(right, scoring) == 1 for scoring in Scoring)
    assert not any(line.is_right is False for line in item.review(right))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_an_answer_to_one_version_can_be_scored_against_any_other(data: st.DataObject) -> None:
    one = Item(read(data.draw(documents())))
    other = Item(read(data.draw(documents(one.kind.name))))
    answer = one.kind.read_answer(one.body, data.draw(forms(one)))
    score = other.score(answer, Scoring.PARTIAL)
    assert score is None or 0 <= score <= 1
    assert isinstance(other.problem(answer), str)
    assert isinstance(other.kind.fill(other.body, answer), dict)
    assert other.review(answer)


@settings(max_examples=300, deadline=None)
@given(st.one_of(damaged(), nonsense), st.sampled_from(["", "question[3]"]))
def test_every_document_is_read_or_refused_in_korean_with_a_path(document: Any, path: str) -> None:
    findings = Findings()
    spec = read_question(document, findings, path)
    assert (spec is None) == bool(findings)
    for problem in findings.problems():
        assert _HANGUL.search(problem.message)
        assert problem.path.startswith(path)
        assert problem.path.isprintable()
    if spec is not None:
        assert read(dump_question(spec)) == spec
        assert len(spec.digest) == 64
