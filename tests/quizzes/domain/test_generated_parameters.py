"""Parameters in the document of a generated question: read strictly, kept as they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.kernel.documents import Findings
from apps.quizzes.domain.reading import dump_question, read_question
from apps.quizzes.domain.spec import Json, QuestionSpec, spec_from_json

PLAIN: Json = {
    "kind": "generated",
    "topic": "sg-vs-nacl",
    "level": "분석",
    "difficulty": 4,
    "generator": "packet-walk-fix",
}


def read(document: Json) -> tuple[QuestionSpec | None, list[str]]:
    findings = Findings()
    spec = read_question(document, findings)
    return spec, [each.path for each in findings.problems()]


def test_without_parameters_nothing_is_as_it_was_not() -> None:
    """The digest of a question that was published before there were parameters."""
    spec, _ = read(PLAIN)
    assert spec is not None
    assert spec.shown.body == {"generator": "packet-walk-fix"}
    assert dump_question(spec) == PLAIN
    assert spec.digest == "cd5aef4b527d3dd9988e5e0f0fb6aa00f938493144ae00db15296ab0604050fa"


def test_an_empty_table_is_none() -> None:
    assert read({**PLAIN, "parameters": {}})[0] == read(PLAIN)[0]


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True),
        st.text("abc가나다019-_ ", min_size=1, max_size=20).filter(lambda text: text.strip()),
        min_size=1,
        max_size=5,
    )
)
def test_reading_what_was_dumped_changes_nothing(parameters: dict[str, str]) -> None:
    spec, problems = read({**PLAIN, "parameters": parameters})
    assert spec is not None, problems
    assert read(dump_question(spec))[0] == spec
    assert spec_from_json(spec.to_json()) == spec
    assert spec.digest != read(PLAIN)[0].digest  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("parameters", "path"),
    [
        (None, "parameters"),
        ([], "parameters"),
        ("os", "parameters"),
        ({"os": 3}, "parameters.os"),
        ({"os": ""}, "parameters.os"),
        ({"os": "a\nb"}, "parameters.os"),
        ({"os": "x" * 300}, "parameters.os"),
        ({"os": {"a": "b"}}, "parameters.os"),
        ({"운영": "linux"}, "parameters"),
        ({"": "linux"}, "parameters"),
        ({f"p{n}": "x" for n in range(13)}, "parameters"),
    ],
)
def test_what_is_no_table_of_words_is_refused_at_its_place(parameters: object, path: str) -> None:
    spec, problems = read({**PLAIN, "parameters": parameters})
    assert spec is None
    assert problems == [path]


def test_a_dumped_document_shares_nothing_with_the_question() -> None:
    spec, _ = read({**PLAIN, "parameters": {"os": "linux"}})
    assert spec is not None
    dump_question(spec)["parameters"]["os"] = "changed"
    assert spec.shown.body["parameters"] == {"os": "linux"}
