"""The section `flow` of a document, and back."""

from collections.abc import Mapping
from typing import Any

from apps.kernel.documents import Findings, read_list, read_number, read_object, read_text
from apps.kernel.shown import shown

from .addresses import Address, format_address, parse_address, why_not_public
from .fields import called, declared
from .model import (
    ICMP,
    ICMP_PROTOCOLS,
    ICMPV6,
    MAX_PROTOCOL,
    PROTOCOLS_WITH_PORTS,
    Flow,
    Host,
    IcmpMessage,
    Subnet,
)
from .notation import format_protocol, parse_protocol
from .ports import MAX_PORT, PortRange

_MAX_ICMP = 255


def read_flow(
    root: Mapping[str, object],
    subnets: Mapping[str, Subnet],
    hosts: Mapping[str, Host],
    findings: Findings,
) -> Flow | None:
    """The flow, or None; whatever is wrong with it is noted."""
    if "flow" not in root:
        return None
    fields = read_object(
        root["flow"],
        "flow",
        findings,
        required=("from", "to", "protocol"),
        optional=("port", "icmp", "source_port"),
    )
    if fields is None:
        return None
    known = declared(root, "hosts")
    client = _read_end(fields, "from", known, subnets, hosts, findings)
    server = _read_end(fields, "to", known, subnets, hosts, findings)
    protocol = _read_protocol(fields, findings)
    version = _check_ends(client, server, hosts, findings)
    if protocol is None:
        return None
    _check_version(protocol, version, findings)
    port = _read_port(fields, protocol, findings)
    icmp = _read_icmp(fields, protocol, findings)
    source_port = _read_source_port(fields, protocol, findings)
    if client is None or server is None:
        return None
    return Flow(client, server, protocol, port, icmp, source_port)


def flow_to_json(flow: Flow) -> dict[str, Any]:
    """The canonical `flow`: the keys that its protocol has, in the order of the specification."""
    document: dict[str, Any] = {
        "from": _end_to_json(flow.client),
        "to": _end_to_json(flow.server),
        "protocol": format_protocol(flow.protocol),
    }
    if flow.icmp is not None:
        document["icmp"] = list(flow.icmp)
    if flow.has_ports:
        document["port"] = flow.port
        source = flow.source_port
        if source is None:
            document["source_port"] = None
        else:
            document["source_port"] = source.low if source.low == source.high else list(source)
    return document


def _end_to_json(end: str | Address) -> str:
    return end if isinstance(end, str) else format_address(end)


def _read_end(
    fields: Mapping[str, object],
    key: str,
    known: Mapping[str, object],
    subnets: Mapping[str, Subnet],
    hosts: Mapping[str, Host],
    findings: Findings,
) -> str | Address | None:
    """A host's name (also where its address is written), or an address outside."""
    if key not in fields:
        return None
    path = f"flow.{key}"
    text = read_text(fields[key], path, findings)
    if text is None or text in known:
        return text
    address = parse_address(text)
    if address is None:
        findings.add(path, f"hosts에 없는 호스트이고 IP 주소도 아닙니다. 적힌 값: {shown(text)}")
        return None
    for subnet in subnets.values():
        if subnet.cidr.holds(address):
            for host in hosts.values():
                if host.address == address:
                    return host.name
            findings.add(
                path, f"{called(subnet.name)} 서브넷의 주소이지만 그 주소를 쓰는 호스트가 없습니다."
            )
            return address
    kind = why_not_public(address)
    if kind is not None:
        findings.add(
            path,
            f"VPC 밖의 주소는 인터넷 주소여야 하는데 {kind} 주소입니다. 적힌 값: {shown(text)}",
        )
    return address


def _check_ends(
    client: str | Address | None,
    server: str | Address | None,
    hosts: Mapping[str, Host],
    findings: Findings,
) -> int | None:
    """Note ends that do not go together. Returns the IP version of the flow where it has one."""
    if isinstance(client, str) and client == server:
        findings.add("flow.to", "출발 호스트와 도착 호스트가 같습니다.")
    if isinstance(client, Address) and isinstance(server, Address):
        findings.add("flow", "출발과 도착 가운데 하나는 VPC 안의 호스트여야 합니다.")
    versions = [_version(client, hosts), _version(server, hosts)]
    if None not in versions and versions[0] != versions[1]:
        findings.add(
            "flow",
            f"출발은 IPv{versions[0]}, 도착은 IPv{versions[1]}입니다. 한 버전으로 맞춰야 합니다.",
        )
        return None
    return versions[0] or versions[1]


def _version(end: str | Address | None, hosts: Mapping[str, Host]) -> int | None:
    if isinstance(end, Address):
        return end.version
    host = None if end is None else hosts.get(end)
    return None if host is None else host.address.version


def _read_protocol(fields: Mapping[str, object], findings: Findings) -> int | None:
    """A name or a number, the number also as JSON's. A flow has one protocol, so never `all`."""
    if "protocol" not in fields:
        return None
    value = fields["protocol"]
    if isinstance(value, int):
        return read_number(
            value, "flow.protocol", findings, most=MAX_PROTOCOL, what="프로토콜 번호"
        )
    protocol = parse_protocol(value) if isinstance(value, str) else None
    if protocol is None:
        findings.add(
            "flow.protocol",
            f"흐름의 프로토콜은 tcp, udp, icmp, icmpv6 또는 0~{MAX_PROTOCOL}의 번호입니다"
            f"(all은 규칙에만 씁니다). 적힌 값: {shown(value)}",
        )
    return protocol


def _check_version(protocol: int, version: int | None, findings: Findings) -> None:
    if (protocol, version) in ((ICMP, 6), (ICMPV6, 4)):
        findings.add("flow.protocol", "IPv4의 ICMP는 icmp, IPv6의 ICMP는 icmpv6입니다.")


def _read_port(fields: Mapping[str, object], protocol: int, findings: Findings) -> int | None:
    value = fields.get("port")
    if protocol in PROTOCOLS_WITH_PORTS:
        if value is None:
            findings.add("flow.port", "tcp와 udp에는 서비스 포트가 있어야 합니다.")
            return None
        return read_number(value, "flow.port", findings, most=MAX_PORT, what="포트")
    if value is not None:
        findings.add("flow.port", "포트는 tcp와 udp에만 있습니다.")
    return None


def _read_icmp(
    fields: Mapping[str, object], protocol: int, findings: Findings
) -> IcmpMessage | None:
    value = fields.get("icmp")
    if protocol not in ICMP_PROTOCOLS:
        if value is not None:
            findings.add("flow.icmp", "icmp 항목은 프로토콜이 icmp나 icmpv6일 때만 씁니다.")
        return None
    if value is None:
        findings.add("flow.icmp", "ICMP의 [유형, 코드]가 있어야 합니다(예: [8, 0]).")
        return None
    pair = _read_pair(value, "flow.icmp", findings, most=_MAX_ICMP, what="ICMP 값")
    return None if pair is None else IcmpMessage(*pair)


def _read_source_port(
    fields: Mapping[str, object], protocol: int, findings: Findings
) -> PortRange | None:
    value, path = fields.get("source_port"), "flow.source_port"
    if value is None:
        return None
    if protocol not in PROTOCOLS_WITH_PORTS:
        findings.add(path, "출발지 포트는 tcp와 udp에만 있습니다.")
        return None
    if not isinstance(value, list):
        port = read_number(value, path, findings, most=MAX_PORT, what="출발지 포트")
        return None if port is None else PortRange(port, port)
    pair = _read_pair(value, path, findings, most=MAX_PORT, what="출발지 포트")
    if pair is None:
        return None
    if pair[0] > pair[1]:
        findings.add(path, f"범위의 시작이 끝보다 큽니다. 적힌 값: {pair[0]}, {pair[1]}")
        return None
    return PortRange(*pair)


def _read_pair(
    value: object, path: str, findings: Findings, *, most: int, what: str
) -> tuple[int, int] | None:
    if isinstance(value, list) and len(value) != 2:
        findings.add(path, f"수 두 개의 배열이어야 합니다. 적힌 수: {len(value)}개")
        return None
    numbers = [
        read_number(member, place, findings, most=most, what=what)
        for place, member in read_list(value, path, findings, most=2)
    ]
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
        return None
    return numbers[0], numbers[1]
