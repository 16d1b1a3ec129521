"""The query string as a scenario, and back. Nothing here refuses: the engine does, by field."""

from typing import Any

from apps.kernel.documents import Invalid
from apps.widgetkit.manifest import Json, Pairs, Query

from .domain.model import ICMP_PROTOCOLS, PROTOCOLS_WITH_PORTS
from .domain.notation import parse_protocol
from .domain.scenario import read_scenario, scenario_to_json
from .draft import DIRECTIONS, NACL, NO_ROUTES, SG, Draft, ListId, read_draft

SECTIONS = {NACL: "nacls", SG: "security_groups"}
AGAIN = " (2)"
"""Marks a name that is there already; no name may hold a blank, so the engine refuses it."""


def decode(query: Query) -> Json:
    """The scenario that a query string describes; what cannot be read stays in it as typed."""
    return scenario_of(read_draft(query))


def scenario_of(draft: Draft) -> Json:
    scenario: Json = {"port_model": draft.flow["port_model"] or "aws"}
    scenario["subnets"] = _named(draft.subnets, _subnet)
    scenario["nacls"] = {name: _rules(draft, NACL, name) for name in draft.names[NACL]}
    scenario["security_groups"] = {name: _rules(draft, SG, name) for name in draft.names[SG]}
    scenario["hosts"] = _named(draft.hosts, _host)
    scenario["flow"] = _flow(draft.flow)
    return scenario


def encode(scenario: Json) -> Pairs:
    """A valid scenario as name and value pairs; `decode` gives its canonical form back."""
    scenario = canonical(scenario)
    pairs = [("subnet", _subnet_line(*item)) for item in scenario["subnets"].items()]
    pairs += [("host", _host_line(*item)) for item in scenario["hosts"].items()]
    draft = Draft(names={kind: list(scenario[SECTIONS[kind]]) for kind in (NACL, SG)})
    pairs += [(kind, name) for kind in (NACL, SG) for name in draft.names[kind]]
    for kind in (NACL, SG):
        for name, lists in scenario[SECTIONS[kind]].items():
            for direction, key in DIRECTIONS.items():
                listed = draft.key(ListId(kind, name, direction))
                pairs += [(listed, line) for line in lists[key]]
    return pairs + _flow_pairs(scenario)


def canonical(scenario: Json) -> Json:
    """The same scenario with defaults written out and rules in canonical notation.

    Raises ValueError where it is not valid.
    """
    reading = read_scenario(scenario)
    if isinstance(reading, Invalid):
        raise ValueError(f"not a valid scenario: {reading.problems[0]}")
    return scenario_to_json(reading)


def _named(lines: list[str], read: Any) -> Json:
    members: Json = {}
    for line in lines:
        name, *words = line.split()
        while name in members:
            name += AGAIN
        members[name] = read(words)
    return members


def _subnet(words: list[str]) -> Json:
    member: Json = dict(zip(("cidr", "nacl"), words[:2], strict=False))
    if len(words) > 2:
        routes = "".join(words[2:])
        member["routes"] = [] if routes == NO_ROUTES else routes.split(",")
    return member


def _subnet_line(name: str, subnet: Json) -> str:
    return " ".join([name, subnet["cidr"], subnet["nacl"], ",".join(subnet["routes"]) or NO_ROUTES])


def _host(words: list[str]) -> Json:
    member: Json = dict(zip(("ip", "subnet"), words[:2], strict=False))
    if len(words) > 2:
        member["security_groups"] = words[2].split(",")
    if len(words) > 3:
        member["os"] = "".join(words[3:])
    return member


def _host_line(name: str, host: Json) -> str:
    return " ".join(
        [name, host["ip"], host["subnet"], ",".join(host["security_groups"]), host["os"]]
    )


def _rules(draft: Draft, kind: str, name: str) -> Json:
    return {
        key: [
            row.line(kind)
            for row in draft.lists.get(ListId(kind, name, direction), [])
            if not row.is_blank
        ]
        for direction, key in DIRECTIONS.items()
    }


def _flow(fields: dict[str, str]) -> Json:
    flow: Json = {name: fields[name] for name in ("from", "to", "protocol") if fields[name]}
    protocol = parse_protocol(fields["protocol"])
    port, source_port = fields["port"], fields["source_port"]
    if protocol in ICMP_PROTOCOLS:
        if port:
            flow["icmp"] = _pair(port, "/")
    elif protocol is None or protocol in PROTOCOLS_WITH_PORTS:
        flow["port"] = _number(port) if port else None
    elif port:
        flow["port"] = _number(port)
    if source_port:
        flow["source_port"] = (
            _pair(source_port, "-") if "-" in source_port else _number(source_port)
        )
    elif protocol is None or protocol in PROTOCOLS_WITH_PORTS:
        flow["source_port"] = None
    return flow


def _flow_pairs(scenario: Json) -> Pairs:
    flow = scenario["flow"]
    pairs = [(name, str(flow[name])) for name in ("from", "to", "protocol")]
    if "icmp" in flow:
        pairs.append(("port", "/".join(map(str, flow["icmp"]))))
    if flow.get("port") is not None:
        pairs.append(("port", str(flow["port"])))
    source = flow.get("source_port")
    if source is not None:
        text = "-".join(map(str, source)) if isinstance(source, list) else str(source)
        pairs.append(("source_port", text))
    if scenario["port_model"] != "aws":
        pairs.append(("port_model", scenario["port_model"]))
    return pairs


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else text


def _pair(text: str, between: str) -> list[int | str] | str:
    parts = [part.strip() for part in text.split(between)]
    return [_number(part) for part in parts] if len(parts) == 2 and all(parts) else text
