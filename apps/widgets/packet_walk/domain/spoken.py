"""Ports, traffic and packets in spoken Korean."""

from .addresses import format_address
from .model import ICMP, ICMP_PROTOCOLS, Direction, IcmpMessage
from .notation import format_icmp, format_protocol
from .ports import PortSet
from .trace import Leg, Packet, Step

DIRECTIONS = {Direction.INBOUND: "인바운드", Direction.OUTBOUND: "아웃바운드"}
LEGS = {Leg.REQUEST: "요청", Leg.RESPONSE: "응답"}
_ECHO = frozenset({(8, 0), (0, 0), (128, 0), (129, 0)})


def spoken_ports(ports: PortSet) -> str:
    """`3306번`, `32768~60999번`, `1024~1100번, 2000번`."""
    return ", ".join(f"{low}번" if low == high else f"{low}~{high}번" for low, high in ports)


def spoken_traffic(packet: Packet) -> str:
    """`TCP 3306번 포트`, `ICMP 8/0 에코`, `ICMP 3/4`, `47번 프로토콜`."""
    if packet.protocol in ICMP_PROTOCOLS:
        return spoken_icmp(packet.protocol, packet.icmp)
    name = format_protocol(packet.protocol)
    if name.isdigit():
        return f"{name}번 프로토콜"
    return f"{name.upper()} {spoken_ports(packet.destination_ports)} 포트"


def spoken_icmp(protocol: int, icmp: IcmpMessage | None) -> str:
    """The message as a rule would write it, and its name where it is an echo."""
    name = "ICMP" if protocol == ICMP else "ICMPv6"
    if icmp is None:
        return name
    return f"{name} {format_icmp(icmp)}{' 에코' if icmp in _ECHO else ''}"


def spoken_packet(step: Step) -> str:
    """The packet as the checkpoint sees it: `10.0.2.20 주소의 TCP 3306번 포트로 가는 요청`.

    Ends in 요청 or 응답, so that the particles after it are fixed (은, 이, 을).
    """
    packet, leg = step.packet, LEGS[step.checkpoint.leg]
    traffic = spoken_traffic(packet)
    has_ports = traffic.endswith("포트")
    if step.checkpoint.direction is Direction.OUTBOUND:
        address = format_address(packet.destination)
        if has_ports:
            return f"{address} 주소의 {traffic}로 가는 {leg}"
        return f"{address} 주소로 가는 {traffic} {leg}"
    address = format_address(packet.source)
    if has_ports:
        return f"{address} 주소에서 {traffic}로 온 {leg}"
    return f"{address} 주소에서 온 {traffic} {leg}"
