"""What a scenario is made of: rules, lists, subnets, hosts and the flow. Immutable values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from .addresses import Address, Cidr
from .ports import ALL_PORTS, PortRange

# Protocol numbers. [iana], [sg_ec2] 2023-06-15
ICMP = 1
TCP = 6
UDP = 17
ICMPV6 = 58
ALL_PROTOCOLS = -1
MAX_PROTOCOL = 255

PROTOCOLS_WITH_PORTS = frozenset({TCP, UDP})
ICMP_PROTOCOLS = frozenset({ICMP, ICMPV6})

# Rule numbers a customer can use; 32767 and 32768 are the implicit `*`. [nacl] 2023-06-15
MIN_RULE_NUMBER = 1
MAX_RULE_NUMBER = 32766

ANY = -1
"""Any ICMP type or code, as AWS writes it. [sg_ec2] 2023-06-15"""

DEFAULT_NACL_NAME = "default"


class Direction(StrEnum):
    """As the subnet or the network interface sees it."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class RuleAction(StrEnum):
    """What a rule does with what it matches."""

    ALLOW = "allow"
    DENY = "deny"


class PortModel(StrEnum):
    """Which destination port the response has: the client's ephemeral one, or as the notes say."""

    AWS = "aws"
    NOTES = "notes"


class Route(StrEnum):
    """Where a subnet's route table leads, beside the VPC itself."""

    LOCAL = "local"
    IGW = "igw"
    NAT = "nat"


class OperatingSystem(StrEnum):
    """Who picks the source port of a connection; `nat` and `elb` are port ranges, not machines."""

    LINUX = "linux"
    WINDOWS = "windows"
    NAT = "nat"
    ELB = "elb"


# Ephemeral ports by client. [nacl] 2023-06-15; it prints 32768–61000 for Linux, while the kernel's
# default ends at 60999 [linuxports].
EPHEMERAL_PORTS: Mapping[OperatingSystem, PortRange] = {
    OperatingSystem.LINUX: PortRange(32768, 60999),
    OperatingSystem.WINDOWS: PortRange(49152, 65535),
    OperatingSystem.NAT: PortRange(1024, 65535),
    OperatingSystem.ELB: PortRange(1024, 65535),
}
# A client on the internet may be anything: the range AWS recommends to open. [nacl] 2023-06-15
OUTSIDE_EPHEMERAL_PORTS = PortRange(1024, 65535)


class IcmpMessage(NamedTuple):
    """Type and code. In a rule either may be `ANY`, but not the type alone."""

    type: int
    code: int


ANY_ICMP = IcmpMessage(ANY, ANY)

# An echo request is answered by an echo reply (RFC 792, RFC 4443); other types have no reply here.
ICMP_REPLIES: Mapping[tuple[int, IcmpMessage], IcmpMessage] = {
    (ICMP, IcmpMessage(8, 0)): IcmpMessage(0, 0),
    (ICMPV6, IcmpMessage(128, 0)): IcmpMessage(129, 0),
}


class Traffic(NamedTuple):
    """What a rule selects, peers aside.

    `ports` is the *destination* port of the packet under evaluation, always [nacl] 2023-06-15, and
    `ALL_PORTS` for protocols without ports. `icmp` is `ANY_ICMP` for all but ICMP.
    """

    protocol: int
    ports: PortRange = ALL_PORTS
    icmp: IcmpMessage = ANY_ICMP

    def selects(self, protocol: int, icmp: IcmpMessage | None) -> bool:
        """Do the protocol and the ICMP message fit? Ports are the caller's to compare."""
        if self.protocol == ALL_PROTOCOLS:
            return True
        if self.protocol != protocol:
            return False
        if icmp is None:
            return True
        return self.icmp.type in (ANY, icmp.type) and self.icmp.code in (ANY, icmp.code)


class NetworkAclEntry(NamedTuple):
    """One numbered rule of a network ACL: CIDR only, allow or deny. [nacl] 2023-06-15"""

    number: int
    traffic: Traffic
    cidr: Cidr
    action: RuleAction


class SecurityGroupRule(NamedTuple):
    """One rule of a security group: it can only allow; its peer is a block or a group's name.

    [sg_rules] 2023-06-15
    """

    traffic: Traffic
    peer: Cidr | str


Rule: TypeAlias = NetworkAclEntry | SecurityGroupRule


@dataclass(frozen=True, slots=True)
class NetworkAcl:
    """A stateless list per direction, in ascending order of rule numbers (which are unique)."""

    name: str
    inbound: tuple[NetworkAclEntry, ...]
    outbound: tuple[NetworkAclEntry, ...]

    def entries(self, direction: Direction) -> tuple[NetworkAclEntry, ...]:
        return self.inbound if direction is Direction.INBOUND else self.outbound


@dataclass(frozen=True, slots=True)
class SecurityGroup:
    """A stateful set of allow rules per direction; the order means nothing."""

    name: str
    inbound: tuple[SecurityGroupRule, ...]
    outbound: tuple[SecurityGroupRule, ...]

    def rules(self, direction: Direction) -> tuple[SecurityGroupRule, ...]:
        return self.inbound if direction is Direction.INBOUND else self.outbound


_ALLOW_ALL = (
    NetworkAclEntry(100, Traffic(ALL_PROTOCOLS), Cidr(4, 0, 0), RuleAction.ALLOW),
    NetworkAclEntry(101, Traffic(ALL_PROTOCOLS), Cidr(6, 0, 0), RuleAction.ALLOW),
)
# The VPC's own ACL allows everything, as long as nobody changed it. [nacl] 2023-06-15
DEFAULT_NACL = NetworkAcl(DEFAULT_NACL_NAME, _ALLOW_ALL, _ALLOW_ALL)


@dataclass(frozen=True, slots=True)
class Subnet:
    """`nacl` names one of the scenario's ACLs, or is `DEFAULT_NACL_NAME`."""

    name: str
    cidr: Cidr
    nacl: str
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class Host:
    """A network interface with its private address, and at least one security group."""

    name: str
    address: Address
    subnet: str
    security_groups: tuple[str, ...]
    os: OperatingSystem


@dataclass(frozen=True, slots=True)
class Flow:
    """A connection as the client opens it. An end is a host's name or an address outside.

    `port` for TCP and UDP, `icmp` for ICMP, neither for other protocols. `source_port` None means
    the range of the client's operating system.
    """

    client: str | Address
    server: str | Address
    protocol: int
    port: int | None
    icmp: IcmpMessage | None
    source_port: PortRange | None

    @property
    def has_ports(self) -> bool:
        return self.protocol in PROTOCOLS_WITH_PORTS


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole, valid scenario: every name it mentions is there."""

    port_model: PortModel
    subnets: Mapping[str, Subnet]
    nacls: Mapping[str, NetworkAcl]
    security_groups: Mapping[str, SecurityGroup]
    hosts: Mapping[str, Host]
    flow: Flow

    def nacl_of(self, subnet: Subnet) -> NetworkAcl:
        """The one ACL a subnet has. [nacl] 2023-06-15"""
        return DEFAULT_NACL if subnet.nacl == DEFAULT_NACL_NAME else self.nacls[subnet.nacl]
