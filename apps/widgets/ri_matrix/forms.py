"""The query string as a scenario of one of the three panels, and back."""

from apps.widgetkit.manifest import Json, Pairs, Query

from .change_form import decode_change, encode_change
from .follow_form import decode_follow, encode_follow
from .needs_form import decode_needs, encode_needs

FOLLOW, NEEDS, CHANGE = "follow", "needs", "change"
SIMULATORS = {FOLLOW: "ri-matrix", NEEDS: "ri-needs", CHANGE: "ri-modification"}


def panel_of(scenario: Json) -> str:
    """The panel that a scenario is meant for: each has a key that the others lack."""
    if "operation" in scenario:
        return CHANGE
    return NEEDS if "needs" in scenario else FOLLOW


def simulator_of(scenario: Json) -> str:
    return SIMULATORS[panel_of(scenario)]


def decode(query: Query) -> Json:
    """The scenario that a query string describes; what cannot be read stays in it as typed."""
    asked = query.get("panel", ("",))[-1]
    if "operation" in query or asked == CHANGE:
        return decode_change(query)
    if "need" in query or asked == NEEDS:
        return decode_needs(query)
    return decode_follow(query)


def encode(scenario: Json) -> Pairs:
    """A valid scenario as name and value pairs; `decode` gives its canonical form back."""
    return {FOLLOW: encode_follow, NEEDS: encode_needs, CHANGE: encode_change}[panel_of(scenario)](
        scenario
    )
