"""`manage.py simulate <name>`: scenarios on standard input, one JSON result a line out."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from apps.widgetkit.manifest import Json, Simulator
from apps.widgetkit.registry import all_simulators

MAX_SCENARIO_LENGTH = 1_000_000
EXIT_INVALID = 2


class Command(BaseCommand):
    help = (
        "Reads scenarios (one JSON object, or JSON Lines) on standard input and writes one JSON "
        "line per scenario. Exits with 2 if any scenario was not valid; its line is then "
        '{"problems": [{"path", "message"}]}.'
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("simulator")
        parser.add_argument("--schema", action="store_true", help="print the JSON Schema and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        simulator = self._find(options["simulator"])
        if options["schema"]:
            self._write(simulator.schema, indent=2)
            return
        results = [run(simulator, text) for text in scenarios(sys.stdin)]
        for result in results:
            self._write(result)
        if any("problems" in result for result in results):
            sys.exit(EXIT_INVALID)

    def _find(self, name: str) -> Simulator:
        simulators = all_simulators()
        if name not in simulators:
            raise CommandError(f"no simulator {name!r}; there are: {', '.join(sorted(simulators))}")
        return simulators[name]

    def _write(self, value: Json, indent: int | None = None) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent))


def scenarios(stream: TextIO) -> Iterator[str]:
    """The texts of the scenarios: the whole input if it is one JSON value, else its lines."""
    text = stream.read()
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        yield from (line for line in text.splitlines() if line.strip())
    else:
        yield text


def run(simulator: Simulator, text: str) -> Json:
    """The result of one scenario; whatever is wrong with the text is a problem, never a crash."""
    if len(text) > MAX_SCENARIO_LENGTH:
        return problem(f"시나리오가 너무 깁니다. {MAX_SCENARIO_LENGTH:,}자까지 읽습니다.")
    try:
        scenario = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        return problem(f"JSON으로 읽지 못했습니다. ({error})")
    if not isinstance(scenario, dict):
        return problem("시나리오는 { }로 묶은 JSON 객체여야 합니다.")
    return simulator.evaluate(scenario)


def problem(message: str) -> Json:
    return {"problems": [{"path": "", "message": message}]}


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name}: JSON에 없는 값입니다")
