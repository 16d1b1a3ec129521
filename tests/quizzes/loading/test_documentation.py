"""The examples of docs/writing-questions.md load, and there is one of every kind."""

import re
from pathlib import Path

from django.conf import settings

from apps.quizzes.domain.kinds import DOCUMENT_KINDS
from tests.quizzes.loading.files import complaints, read

PAGE = Path(settings.BASE_DIR) / "docs" / "writing-questions.md"


def test_every_kind_has_an_example_that_loads(tmp_path: Path) -> None:
    examples = re.findall(r"^```toml\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    reading = read(tmp_path, *examples)
    assert reading.bank is not None, complaints(reading)
    kinds = [question.spec.shown.kind for question in reading.bank.questions]
    assert sorted(kinds) == sorted(DOCUMENT_KINDS)
    assert [quiz.slug for quiz in reading.bank.quizzes] == ["doc-quiz"]


def test_every_kind_has_a_section_of_its_name() -> None:
    named = re.findall(r"^### `(\w+)`", PAGE.read_text(), re.MULTILINE)
    assert named == list(dict.fromkeys(named))
    assert set(named) == set(DOCUMENT_KINDS)
