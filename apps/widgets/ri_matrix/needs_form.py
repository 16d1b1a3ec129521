"""The query string of the panel "필요로 고르기", and back. The engine refuses, not this."""

from apps.widgetkit.manifest import Json, Pairs, Query

from .domain.needs import NEEDS

PANEL = "needs"


def decode_needs(query: Query) -> Json:
    """`need=region&need=size` → the needs in the order of the list, each once.

    Ids that nobody knows stay behind the others, for the engine to refuse.
    """
    asked = dict.fromkeys(query.get("need", ()))
    known = [need.id for need in NEEDS if need.id in asked]
    return {"needs": [*known, *(name for name in asked if name not in known)]}


def encode_needs(scenario: Json) -> Pairs:
    return [("panel", PANEL), *(("need", need) for need in scenario["needs"])]
