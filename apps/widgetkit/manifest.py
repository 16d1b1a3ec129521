"""The manifest: all that the site needs to know of a widget."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.widgetkit.asks import Ask, Generator

# JSON objects as json.loads makes them.
Json = dict[str, Any]
# A query string, parsed: every value of every name, in order.
Query = Mapping[str, Sequence[str]]
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Preset:
    """A named situation with two sentences on what to notice in it."""

    name: str
    title: str
    notice: str
    scenario: Json


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule of the model comes from, and of which day the copy was that was read."""

    title: str
    url: str | None
    as_of: str | None
    confidence: str


@dataclass(frozen=True, slots=True)
class Simulator:
    """A pure engine: scenario in, result out; `{"problems": [{"path", "message"}]}` if invalid."""

    name: str
    evaluate: Callable[[Any], Json]
    schema: Json


@dataclass(frozen=True, slots=True)
class Widget:
    """What `apps/widgets/<name>/widget.py` defines as `WIDGET`.

    `decode` reads a query string into a scenario and never fails: what it cannot read stays in the
    scenario for the engine to refuse. `encode` is its inverse for every valid scenario. `present`
    makes the template's context from the scenario, its result (which may be problems) and the
    query as it was sent, so that nothing typed is lost. `asks` are computed by the engine; a
    scenario that is not valid has none.
    """

    slug: str
    title: str
    summary: str
    simulators: tuple[Simulator, ...]
    presets: tuple[Preset, ...]
    decode: Callable[[Query], Json]
    encode: Callable[[Json], Pairs]
    present: Callable[[Json, Json, Query], Json]
    asks: Callable[[Json], Sequence[Ask]]
    template: str
    sources: tuple[Source, ...]
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    lessons: tuple[str, ...] = field(default=())  # slugs of lessons that explain it
    generators: tuple[Generator, ...] = ()
    picture: str = ""  # a template with a small drawing for the gallery; decoration only
    # A widget with several panels has a simulator for each; this names the one that a scenario is
    # meant for. It never fails: nonsense goes to the first.
    simulator_of: Callable[[Json], str] | None = None

    @property
    def simulator(self) -> Simulator:
        """The widget's own: the first."""
        return self.simulators[0]

    def evaluate(self, scenario: Json) -> Json:
        """The result of the simulator that the scenario is meant for."""
        name = self.simulator_of(scenario) if self.simulator_of else self.simulator.name
        found = (each for each in self.simulators if each.name == name)
        return next(found, self.simulator).evaluate(scenario)

    def preset(self, name: str) -> Preset | None:
        return next((preset for preset in self.presets if preset.name == name), None)
