"""A question without a widget: frozen with its own engine's name, and answered without a scene."""

import re
from pathlib import Path

import pytest
from django.test import Client

from apps.quizzes import generators
from apps.quizzes.freezing import freeze, frozen_from_json
from apps.quizzes.generators import engine_name
from apps.quizzes.models import Grade
from apps.quizzes.presenting.scene import scene_of, widget_address
from apps.quizzes.services.taking import submit_attempt
from tests.quizzes.factories import (
    NOW,
    begin,
    make_question,
    make_quiz,
    make_run,
    make_spec,
    only_item,
    right,
    save,
)


def test_its_engine_is_the_folder_of_generators() -> None:
    frozen = freeze(make_spec("generated", generator="storage-multipart-part"), seed=7)
    assert frozen is not None
    assert frozen.widget == ""
    assert frozen.engine == engine_name()
    assert re.fullmatch(r"quizzes\.generators [0-9a-f]{12}", frozen.engine)
    assert frozen.ask == "storage-multipart-part"
    assert frozen_from_json(frozen.to_json()) == frozen


@pytest.mark.parametrize("name", list(generators.GENERATORS))
def test_it_becomes_a_question_with_the_generators_key(name: str) -> None:
    for seed in range(5):
        variant = generators.GENERATORS[name].make(seed)
        frozen = freeze(make_spec("generated", generator=name), seed=seed)
        assert frozen is not None
        key = frozen.question.secret.key
        assert set(key.get("choices") or [key["choice"]]) == variant.ask.key
        assert frozen.scenario == variant.scenario


def test_the_engines_name_changes_with_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = engine_name()
    for path in Path(generators.__file__).parent.glob("*.py"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(generators, "__file__", str(tmp_path / "__init__.py"))
    assert engine_name.__wrapped__() == before
    with (tmp_path / "billing.py").open("a") as file:
        file.write("# changed\n")
    assert engine_name.__wrapped__() != before


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["tenancy-host-placement", "storage-version-got"])
def test_it_is_asked_answered_and_reviewed_without_a_scene(client: Client, name: str) -> None:
    run = make_run(make_quiz([make_question("generated", generator=name)]))
    attempt = begin(client, run)
    item = only_item(attempt)
    assert scene_of(item) is None
    page = client.get(f"/attempts/{attempt.public_id}/1/")
    assert page.status_code == 200
    assert "<table" in page.content.decode()
    save(item, right(item))
    assert submit_attempt(attempt=attempt, now=NOW).score == 1
    assert Grade.objects.get().engine == engine_name()
    assert widget_address(item) == ""
    review = client.get(f"/attempts/{attempt.public_id}/review/").content.decode()
    assert "실습에서 이 상태 열기" not in review
