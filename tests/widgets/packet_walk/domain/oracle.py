"""An independent answer to the same question: one source port at a time, one rule at a time.

Shares no code with the engine. It reads the JSON's strings itself and knows no intervals: it asks
for single ports. `ipaddress` does the addresses.
"""

import ipaddress
from itertools import pairwise
from typing import Any

Json = dict[str, Any]

_SOURCE = {
    "linux": (32768, 60999),
    "windows": (49152, 65535),
    "nat": (1024, 65535),
    "elb": (1024, 65535),
}
_NAMES = {"tcp": 6, "udp": 17, "icmp": 1, "icmpv6": 58}
_ECHO = {(1, 8, 0): (0, 0), (58, 128, 0): (129, 0)}


def source_window(document: Json) -> tuple[int, int]:
    """The source ports that the client may pick, lowest and highest."""
    source = document["flow"].get("source_port")
    if isinstance(source, int):
        return source, source
    if source is not None:
        return source[0], source[1]
    host = document["hosts"].get(document["flow"]["from"])
    return (1024, 65535) if host is None else _SOURCE[host.get("os", "linux")]


def representatives(document: Json) -> list[int]:
    """A port of every stretch in which no rule and no window begins or ends."""
    low, high = source_window(document)
    cuts = {low, high + 1}
    for nacl in document.get("nacls", {}).values():
        for line in [*nacl["inbound"], *nacl["outbound"]]:
            word = line.split()[2]
            if word != "*" and "/" not in word:
                first, _, last = word.partition("-")
                cuts |= {int(first), int(last or first) + 1}
    return sorted(cut for cut in cuts if low <= cut <= high)


def passing(document: Json) -> list[list[int]]:
    """All source ports with which a connection works, as merged inclusive pairs."""
    _, high = source_window(document)
    found: list[list[int]] = []
    for first, following in pairwise([*representatives(document), high + 1]):
        if not connects(document, first):
            continue
        if found and found[-1][1] == first - 1:
            found[-1][1] = following - 1
        else:
            found.append([first, following - 1])
    return found


def connects(document: Json, source_port: int) -> bool:
    """Does one connection from this very source port come through, there and back?"""
    return request_passes(document) and response_passes(document, source_port)


def has_route(document: Json) -> bool:
    """Is there a way for the first packet?"""
    client, server = (_end(document, key) for key in ("from", "to"))
    if client["host"] and server["host"]:
        return True
    if not client["host"]:
        return "igw" in _routes(document, server)
    routes = _routes(document, client)
    translated = client["ip"].version == 4 and _protocol(document) in (1, 6, 17)
    return "igw" in routes or ("nat" in routes and translated)


def request_passes(document: Json) -> bool:
    """Security group out, ACL out, ACL in, security group in."""
    if not has_route(document):
        return False
    client, server = (_end(document, key) for key in ("from", "to"))
    packet = _request(document)
    return (
        _groups_allow(document, client, server, "outbound", packet)
        and _nacl_allows(document, client, server, "outbound", packet)
        and _nacl_allows(document, server, client, "inbound", packet)
        and _groups_allow(document, server, client, "inbound", packet)
    )


def response_passes(document: Json, source_port: int) -> bool:
    """ACL out and ACL in; what the security groups remember they let through."""
    protocol, _, icmp = _request(document)
    reply = None
    if icmp is not None:
        reply = _ECHO.get((protocol, *icmp))
        if reply is None:
            return True
    notes = document.get("port_model", "aws") == "notes"
    port = document["flow"].get("port") if notes else source_port
    packet = (protocol, port, reply)
    client, server = (_end(document, key) for key in ("from", "to"))
    return _nacl_allows(document, server, client, "outbound", packet) and _nacl_allows(
        document, client, server, "inbound", packet
    )


def _end(document: Json, key: str) -> Json:
    name = document["flow"][key]
    host = document["hosts"].get(name)
    return {"host": host, "ip": ipaddress.ip_address(host["ip"] if host else name)}


def _routes(document: Json, end: Json) -> list[str]:
    routes: list[str] = document["subnets"][end["host"]["subnet"]].get("routes", ["local"])
    return routes


def _protocol(document: Json) -> int:
    word = str(document["flow"]["protocol"])
    return _NAMES.get(word) or int(word)


def _request(document: Json) -> tuple[int, Any, Any]:
    flow = document["flow"]
    icmp = flow.get("icmp")
    return _protocol(document), flow.get("port"), None if icmp is None else tuple(icmp)


def _groups_allow(document: Json, end: Json, other: Json, direction: str, packet: Any) -> bool:
    if not end["host"]:
        return True
    theirs = other["host"]["security_groups"] if other["host"] else []
    for group in end["host"]["security_groups"]:
        for line in document["security_groups"][group][direction]:
            protocol, ports, peer = line.split()
            fits = _inside(other["ip"], peer) if "/" in peer else peer in theirs
            if fits and _selects(protocol, ports, packet):
                return True
    return False


def _nacl_allows(document: Json, end: Json, other: Json, direction: str, packet: Any) -> bool:
    if not end["host"]:
        return True
    if other["host"] and other["host"]["subnet"] == end["host"]["subnet"]:
        return True
    name = document["subnets"][end["host"]["subnet"]].get("nacl", "default")
    if name == "default":
        return True
    lines = (line.split() for line in document["nacls"][name][direction])
    for _, protocol, ports, cidr, action in sorted(lines, key=lambda words: int(words[0])):
        if _inside(other["ip"], cidr) and _selects(protocol, ports, packet):
            return bool(action == "allow")
    return False


def _inside(ip: Any, cidr: str) -> bool:
    block = ipaddress.ip_network(cidr, strict=False)
    return block.version == ip.version and ip in block


def _selects(protocol: str, ports: str, packet: Any) -> bool:
    number, port, icmp = packet
    if protocol == "all":
        return True
    if (_NAMES.get(protocol) or int(protocol)) != number:
        return False
    if ports == "*":
        return True
    if "/" in ports:
        kind, code = ports.split("/")
        return int(kind) == icmp[0] and code in ("*", str(icmp[1]))
    first, _, last = ports.partition("-")
    return bool(int(first) <= port <= int(last or first))
