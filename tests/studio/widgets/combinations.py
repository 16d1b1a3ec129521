"""Every generator with every combination of its parameters."""

from collections.abc import Iterator
from itertools import product

from apps.studio.presenting.generators import all_groups
from apps.widgetkit.asks import Generator

GENERATORS = [generator for group in all_groups() for generator in group.generators]


def combinations(generator: Generator) -> Iterator[dict[str, str]]:
    names = [parameter.name for parameter in generator.parameters]
    values = [[value for value, _ in parameter.choices] for parameter in generator.parameters]
    for combination in product(*values):
        yield dict(zip(names, combination, strict=True))


COMBINATIONS = [(each, parameters) for each in GENERATORS for parameters in combinations(each)]
IDS = [f"{generator.id}:{','.join(parameters.values())}" for generator, parameters in COMBINATIONS]
