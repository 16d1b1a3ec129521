"""The JSON Schema of a scenario, as `manage.py simulate packet-walk --schema` prints it.

It bounds shapes, sizes and notation. What needs more than one field (unknown names, overlapping
subnets, an address outside its subnet …) is checked by `read_scenario` alone, which reads nothing
that this schema refuses.
"""

from typing import Any

from .limits import LISTS_EACH, MAX_HOSTS, MAX_LISTS, MAX_RULES, MAX_SUBNETS
from .model import MAX_PROTOCOL, OperatingSystem, PortModel, Route
from .notation import MAX_LINE_LENGTH, NAME_PATTERN
from .ports import MAX_PORT

_MAX_ICMP = 255
_MAX_NAMED = MAX_LISTS // LISTS_EACH
_NAME = {"type": "string", "pattern": f"^{NAME_PATTERN}$"}
_PORT = {"type": "integer", "minimum": 0, "maximum": MAX_PORT}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _named(member: dict[str, Any], most: int) -> dict[str, Any]:
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{NAME_PATTERN}$"},
        "additionalProperties": member,
        "maxProperties": most,
    }


def _array(items: dict[str, Any], least: int, most: int) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most}


def _enum(values: type[OperatingSystem] | type[PortModel] | type[Route]) -> dict[str, Any]:
    return {"type": "string", "enum": [value.value for value in values]}


def _rules(reference: str) -> dict[str, Any]:
    rules = _array({"$ref": f"#/$defs/{reference}"}, 0, MAX_RULES)
    return _object({"inbound": rules, "outbound": rules})


_SUBNET = _object(
    {"cidr": {"type": "string", "maxLength": 49, "examples": ["10.0.1.0/24"]}},
    {
        "nacl": {**_NAME, "default": "default"},
        "routes": {
            **_array(_enum(Route), 0, len(Route)),
            "uniqueItems": True,
            "default": ["local"],
        },
    },
)
_HOST = _object(
    {
        "ip": {"type": "string", "maxLength": 45, "examples": ["10.0.1.10"]},
        "subnet": _NAME,
        "security_groups": {**_array(_NAME, 1, _MAX_NAMED), "uniqueItems": True},
    },
    {"os": {**_enum(OperatingSystem), "default": "linux"}},
)
_END = {"type": "string", "maxLength": 64, "description": "호스트의 이름 또는 VPC 밖 주소"}
_FLOW = _object(
    {
        "from": _END,
        "to": _END,
        "protocol": {
            "oneOf": [
                {"type": "string", "maxLength": 6, "description": "tcp, udp, icmp, icmpv6, 번호"},
                {"type": "integer", "minimum": 0, "maximum": MAX_PROTOCOL},
            ]
        },
    },
    {
        "port": {"oneOf": [_PORT, {"type": "null"}]},
        "icmp": {
            "oneOf": [
                _array({"type": "integer", "minimum": 0, "maximum": _MAX_ICMP}, 2, 2),
                {"type": "null"},
            ]
        },
        "source_port": {"oneOf": [_PORT, _array(_PORT, 2, 2), {"type": "null"}]},
    },
)

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "packet-walk",
    "description": "보안 그룹과 네트워크 ACL을 지나는 패킷 하나의 시나리오",
    **_object(
        {
            "subnets": _named(_SUBNET, MAX_SUBNETS),
            "security_groups": _named(_rules("security_group_rule"), _MAX_NAMED),
            "hosts": _named(_HOST, MAX_HOSTS),
            "flow": _FLOW,
        },
        {
            "port_model": {**_enum(PortModel), "default": "aws"},
            "nacls": {**_named(_rules("nacl_entry"), _MAX_NAMED), "default": {}},
        },
    ),
    "$defs": {
        "nacl_entry": {
            "type": "string",
            "maxLength": MAX_LINE_LENGTH,
            "description": "<번호> <프로토콜> <포트> <CIDR> allow|deny",
            "examples": ["100 tcp 3306 10.0.2.0/24 allow", "110 icmp 8/* ::/0 deny"],
        },
        "security_group_rule": {
            "type": "string",
            "maxLength": MAX_LINE_LENGTH,
            "description": "<프로토콜> <포트> <CIDR 또는 보안 그룹>",
            "examples": ["tcp 3306 sg-app", "all * 0.0.0.0/0"],
        },
    },
}
