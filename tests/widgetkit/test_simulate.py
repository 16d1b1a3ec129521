"""`manage.py simulate`: JSON in, one JSON line per scenario out."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from apps.widgetkit.asks import Ask, Choice
from apps.widgetkit.manifest import Json, Preset, Simulator, Source, Widget
from apps.widgetkit.registry import get_widget, register, temporarily


def double(scenario: object) -> Json:
    n = scenario.get("n") if isinstance(scenario, dict) else None
    if not isinstance(n, int):
        return {"problems": [{"path": "n", "message": "n은 숫자입니다."}]}
    return {"double": 2 * n, "word": "두 배"}


SCHEMA: Json = {"type": "object", "properties": {"n": {"type": "integer"}}}
TOY = Widget(
    slug="toy",
    title="장난감",
    summary="두 배로 만듭니다.",
    simulators=(Simulator("toy", double, SCHEMA), Simulator("toy-two", double, SCHEMA)),
    presets=(Preset("one", "하나", "하나입니다. 둘이 됩니다.", {"n": 1}),),
    decode=lambda query: {"n": int(query["n"][0])},
    encode=lambda scenario: [("n", str(scenario["n"]))],
    present=lambda scenario, result, query: {},
    asks=lambda scenario: [],
    template="widgetkit/toy.html",
    sources=(Source("none", None, None, "high"),),
)


@pytest.fixture(autouse=True)
def _toy() -> object:
    with temporarily(TOY) as widget:
        yield widget


def simulate(text: str, monkeypatch: pytest.MonkeyPatch, *args: str) -> tuple[list[Json], int]:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    out = io.StringIO()
    code = 0
    try:
        call_command("simulate", *args, stdout=out)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return [json.loads(line) for line in out.getvalue().splitlines()], code


def test_one_object(monkeypatch: pytest.MonkeyPatch) -> None:
    assert simulate('{\n "n": 2\n}', monkeypatch, "toy") == ([{"double": 4, "word": "두 배"}], 0)


def test_korean_is_written_as_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"n": 2}'))
    out = io.StringIO()
    call_command("simulate", "toy", stdout=out)
    assert "두 배" in out.getvalue()


def test_json_lines_keep_their_order_and_one_bad_line_spoils_only_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    results, code = simulate('{"n": 1}\n{"n": "x"}\nnot json\n\n{"n": 3}\n', monkeypatch, "toy-two")
    assert [result.get("double") for result in results] == [2, None, None, 6]
    assert results[1] == {"problems": [{"path": "n", "message": "n은 숫자입니다."}]}
    assert code == 2


@pytest.mark.parametrize("text", ["[]", "1", "NaN", '{"n": NaN}', "[" * 100_000, "{"])
def test_what_is_no_scenario_is_a_problem(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    results, code = simulate(text, monkeypatch, "toy")
    assert "problems" in results[0]
    assert code == 2


def test_nothing_in_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert simulate("", monkeypatch, "toy") == ([], 0)


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    out = io.StringIO()
    call_command("simulate", "toy", "--schema", stdout=out)
    assert json.loads(out.getvalue()) == SCHEMA


def test_an_unknown_simulator_names_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="toy, toy-two"):
        simulate("{}", monkeypatch, "nirgends")


def test_slugs_and_simulator_names_are_unique() -> None:
    with pytest.raises(ValueError, match="two widgets"):
        register(TOY)
    assert get_widget("toy") is TOY


def ask(key: set[str]) -> Ask:
    choices = (Choice("a", "가"), Choice("b", "나"))
    return Ask("q", "무엇입니까?", "single", choices, frozenset(key), "설명")


def test_an_ask_refuses_a_key_that_is_no_choice() -> None:
    assert ask({"a"}).is_right(frozenset({"a"}))
    for key in ({"c"}, set(), {"a", "b"}):
        with pytest.raises(ValueError, match="ask q"):
            ask(key)
