"""The sections `nacls` and `security_groups` of a document."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from apps.kernel.documents import Findings, join, read_list, read_object, read_text
from apps.kernel.shown import shown

from .fields import declared, read_named
from .limits import LISTS_EACH, MAX_LISTS, MAX_RULES
from .model import (
    DEFAULT_NACL_NAME,
    NetworkAcl,
    NetworkAclEntry,
    SecurityGroup,
    SecurityGroupRule,
)
from .notation import (
    Refused,
    format_security_group_rule,
    parse_nacl_entry,
    parse_security_group_rule,
)

_DIRECTIONS = ("inbound", "outbound")
_MOST = MAX_LISTS // LISTS_EACH

_RuleT = TypeVar("_RuleT", NetworkAclEntry, SecurityGroupRule)


def read_nacls(root: Mapping[str, object], findings: Findings) -> dict[str, NetworkAcl]:
    """The network ACLs that can be read; the section may be missing."""
    _check_list_count(root, findings)
    nacls: dict[str, NetworkAcl] = {}
    for name, value in read_named(root.get("nacls", {}), "nacls", findings, most=_MOST):
        path = join("nacls", name)
        if name == DEFAULT_NACL_NAME:
            findings.add(path, "default는 AWS의 기본 NACL을 가리키는 이름이라 쓸 수 없습니다.")
        fields = read_object(value, path, findings, required=_DIRECTIONS)
        if fields is not None:
            inbound, outbound = (
                _read_entries(fields, path, direction, findings) for direction in _DIRECTIONS
            )
            nacls[name] = NetworkAcl(name, inbound, outbound)
    return nacls


def read_security_groups(
    root: Mapping[str, object], findings: Findings
) -> dict[str, SecurityGroup]:
    """The security groups that can be read."""
    groups: dict[str, SecurityGroup] = {}
    section = declared(root, "security_groups")
    if "security_groups" not in root:
        return groups
    for name, value in read_named(root["security_groups"], "security_groups", findings, most=_MOST):
        path = join("security_groups", name)
        fields = read_object(value, path, findings, required=_DIRECTIONS)
        if fields is not None:
            inbound, outbound = (
                _read_group_rules(fields, path, direction, section, findings)
                for direction in _DIRECTIONS
            )
            groups[name] = SecurityGroup(name, inbound, outbound)
    return groups


def _check_list_count(root: Mapping[str, object], findings: Findings) -> None:
    nacls, groups = len(declared(root, "nacls")), len(declared(root, "security_groups"))
    count = LISTS_EACH * (nacls + groups)
    if count > MAX_LISTS:
        findings.add(
            "nacls" if nacls > groups else "security_groups",
            f"규칙 목록은 NACL과 보안 그룹을 합해 {MAX_LISTS}개까지 둘 수 있습니다"
            f"(하나에 인바운드와 아웃바운드 2개씩). 적힌 수: {count}",
        )


def _read_entries(
    fields: Mapping[str, object], path: str, direction: str, findings: Findings
) -> tuple[NetworkAclEntry, ...]:
    """Ascending; a number stands once in a direction. [nacl] 2023-06-15"""
    by_number: dict[int, NetworkAclEntry] = {}
    for place, entry in _read_rules(fields, path, direction, parse_nacl_entry, findings):
        if entry.number in by_number:
            findings.add(place, f"규칙 번호 {entry.number}번이 이 방향에 이미 있습니다.")
        else:
            by_number[entry.number] = entry
    return tuple(by_number[number] for number in sorted(by_number))


def _read_group_rules(
    fields: Mapping[str, object],
    path: str,
    direction: str,
    section: Mapping[str, object],
    findings: Findings,
) -> tuple[SecurityGroupRule, ...]:
    """In the order written. `section` is every group the document declares, faulty ones too."""
    rules: dict[SecurityGroupRule, None] = {}
    for place, rule in _read_rules(fields, path, direction, parse_security_group_rule, findings):
        if isinstance(rule.peer, str) and rule.peer not in section:
            findings.add(
                place, f"security_groups에 없는 보안 그룹입니다. 적힌 값: {shown(rule.peer)}"
            )
        if rule in rules:
            line = format_security_group_rule(rule)
            findings.add(place, f"같은 규칙이 이 방향에 이미 있습니다: {line}")
        rules[rule] = None
    return tuple(rules)


def _read_rules(
    fields: Mapping[str, object],
    path: str,
    direction: str,
    parse: Callable[[str], _RuleT | Refused],
    findings: Findings,
) -> list[tuple[str, _RuleT]]:
    """The rules of a list that can be read, each with its path."""
    rules: list[tuple[str, _RuleT]] = []
    if direction not in fields:
        return rules
    for place, value in read_list(
        fields[direction], f"{path}.{direction}", findings, most=MAX_RULES
    ):
        line = read_text(value, place, findings)
        if line is None:
            continue
        rule = parse(line)
        if isinstance(rule, Refused):
            for reason in rule.reasons:
                findings.add(place, reason)
        else:
            rules.append((place, rule))
    return rules
