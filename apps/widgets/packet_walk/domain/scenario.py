"""A scenario as JSON ⇄ a `Scenario`; a document that is not valid gives every problem at once."""

from types import MappingProxyType
from typing import Any

from apps.kernel.documents import Findings, Invalid, read_choice, read_object

from .addresses import format_address, format_cidr
from .model import PortModel, Scenario
from .notation import format_nacl_entry, format_security_group_rule
from .reading_flow import flow_to_json, read_flow
from .reading_lists import read_nacls, read_security_groups
from .reading_places import read_hosts, read_subnets

_PORT_MODELS = {model.value: model for model in PortModel}


def read_scenario(document: object) -> Scenario | Invalid:
    """Read a decoded JSON document of any shape; never raises."""
    findings = Findings()
    root = read_object(
        document,
        "",
        findings,
        required=("subnets", "security_groups", "hosts", "flow"),
        optional=("port_model", "nacls"),
    )
    if root is None:
        return Invalid(findings.problems())
    port_model = read_choice(
        root.get("port_model", PortModel.AWS.value), "port_model", findings, choices=_PORT_MODELS
    )
    subnets = read_subnets(root, findings)
    nacls = read_nacls(root, findings)
    groups = read_security_groups(root, findings)
    hosts = read_hosts(root, subnets, findings)
    flow = read_flow(root, subnets, hosts, findings)
    if findings or flow is None or port_model is None:
        return Invalid(findings.problems())
    return Scenario(
        port_model=_PORT_MODELS[port_model],
        subnets=MappingProxyType(subnets),
        nacls=MappingProxyType(nacls),
        security_groups=MappingProxyType(groups),
        hosts=MappingProxyType(hosts),
        flow=flow,
    )


def scenario_to_json(scenario: Scenario) -> dict[str, Any]:
    """The canonical document: defaults written out, canonical notation, entries by number.

    `read_scenario` reads it back to an equal scenario.
    """
    return {
        "port_model": scenario.port_model.value,
        "subnets": {
            subnet.name: {
                "cidr": format_cidr(subnet.cidr),
                "nacl": subnet.nacl,
                "routes": [route.value for route in subnet.routes],
            }
            for subnet in scenario.subnets.values()
        },
        "nacls": {
            nacl.name: {
                "inbound": [format_nacl_entry(entry) for entry in nacl.inbound],
                "outbound": [format_nacl_entry(entry) for entry in nacl.outbound],
            }
            for nacl in scenario.nacls.values()
        },
        "security_groups": {
            group.name: {
                "inbound": [format_security_group_rule(rule) for rule in group.inbound],
                "outbound": [format_security_group_rule(rule) for rule in group.outbound],
            }
            for group in scenario.security_groups.values()
        },
        "hosts": {
            host.name: {
                "ip": format_address(host.address),
                "subnet": host.subnet,
                "security_groups": list(host.security_groups),
                "os": host.os.value,
            }
            for host in scenario.hosts.values()
        },
        "flow": flow_to_json(scenario.flow),
    }
