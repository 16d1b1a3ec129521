"""This site's own format: everything comes back."""

import json

import pytest

from apps.kernel.documents import Findings
from apps.quizzes.domain.reading import read_question
from apps.studio.exchange.entries import Options
from apps.studio.exchange.items import UnreadableError
from apps.studio.exchange.leaving import Outgoing
from apps.studio.exchange.toml_format import read_toml, write_toml
from tests.quizzes.factories import EVERY_KIND, make_spec

UUID = "3f0c1f0c-6c1a-4d5e-9a57-0d4a2c1d7a01"


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_comes_back_with_all_that_it_says(kind: str) -> None:
    spec = make_spec(kind)
    text = write_toml([Outgoing(spec, UUID, "q-1", "이름", ("가", "나"), "exam")])
    entry = read_toml(text, Options()).entries[0]
    assert read_question(entry.document, Findings(), strict=False) == spec
    assert (entry.title, entry.tags, entry.pool, entry.slug) == (
        "이름",
        ("가", "나"),
        "exam",
        "q-1",
    )
    assert entry.becomes == kind
    assert entry.faults == ()


def test_what_a_table_leaves_out_the_options_say() -> None:
    text = '[[question]]\nkind = "essay"\nstem = "물음?"\n'
    entry = read_toml(text, Options(topic="vpc", level="분석", difficulty=5)).entries[0]
    assert entry.document is not None
    assert (entry.document["topic"], entry.document["difficulty"]) == ("vpc", 5)
    assert entry.faults == ()
    assert entry.item.line == 1


def test_missing_explanations_are_no_fault_and_mistakes_are() -> None:
    text = '[[question]]\nkind = "single"\nstem = "물음?"\nchoice = []\nmystery = 1\n'
    entry = read_toml(text, Options()).entries[0]
    assert len(entry.faults) == 3


def test_a_topic_that_is_no_slug_is_replaced_and_told() -> None:
    text = '[[question]]\nkind = "essay"\nstem = "물음?"\ntopic = "한글 주제"\n'
    entry = read_toml(text, Options()).entries[0]
    assert entry.document is not None
    assert entry.document["topic"] == "other"
    assert any("topic" in said for said in entry.problems)


@pytest.mark.parametrize(
    "text",
    [
        *("[[question", "a = [", "title = 1\n", "[x]\ny=1", f"a = {'[' * 5000}", "question = 3"),
        *("question = [1, 2]", f"a = {'9' * 20000}"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_toml(text, Options())


def test_days_can_be_kept_in_a_draft() -> None:
    text = '[[question]]\nkind = "essay"\nstem = "물음?"\nas_of = 2023-06-15\nx = 10:20:30\n'
    entry = read_toml(text, Options()).entries[0]
    assert entry.document is not None
    assert entry.document["as_of"] == "2023-06-15"


def test_what_no_database_stores_is_not_kept() -> None:
    deep = "{ a = " * 200 + "1" + " }" * 200
    text = (
        '[[question]]\nkind = "essay"\nstem = "물\\u0000음?"\nx = nan\ny = inf\n'
        f'"a\\u0000b" = 1\nz = {deep}\n'
    )
    entry = read_toml(text, Options()).entries[0]
    stored = json.dumps(entry.document, allow_nan=False)
    assert "u0000" not in stored
