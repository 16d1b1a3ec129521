"""What a walk leaves behind: eight steps, each with a decision and the rules behind it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from .addresses import Address
from .model import (
    DEFAULT_NACL,
    Direction,
    Host,
    IcmpMessage,
    NetworkAcl,
    PortModel,
    Route,
    Rule,
    RuleAction,
    SecurityGroup,
    Subnet,
)
from .ports import PortSet


class Leg(StrEnum):
    """The way there, and the way back."""

    REQUEST = "request"
    RESPONSE = "response"


class CheckpointKind(StrEnum):
    """What stands at a checkpoint."""

    SECURITY_GROUP = "security_group"
    NACL = "nacl"


class End(StrEnum):
    """Whose security group, or whose subnet's ACL."""

    CLIENT = "client"
    SERVER = "server"


class Checkpoint(NamedTuple):
    """A place where the packet is judged. `note` is the number the notes give it, if any."""

    n: int
    note: int | None
    leg: Leg
    kind: CheckpointKind
    end: End
    direction: Direction


# Order of evaluation: source interface's group, source subnet's ACL, destination subnet's ACL,
# destination interface's group; back the same way. [nacl], [sg_vpc], [sg_ec2] 2023-06-15
CHECKPOINTS = (
    Checkpoint(1, None, Leg.REQUEST, CheckpointKind.SECURITY_GROUP, End.CLIENT, Direction.OUTBOUND),
    Checkpoint(2, 1, Leg.REQUEST, CheckpointKind.NACL, End.CLIENT, Direction.OUTBOUND),
    Checkpoint(3, 2, Leg.REQUEST, CheckpointKind.NACL, End.SERVER, Direction.INBOUND),
    Checkpoint(4, 3, Leg.REQUEST, CheckpointKind.SECURITY_GROUP, End.SERVER, Direction.INBOUND),
    Checkpoint(5, 4, Leg.RESPONSE, CheckpointKind.SECURITY_GROUP, End.SERVER, Direction.OUTBOUND),
    Checkpoint(6, 5, Leg.RESPONSE, CheckpointKind.NACL, End.SERVER, Direction.OUTBOUND),
    Checkpoint(7, 6, Leg.RESPONSE, CheckpointKind.NACL, End.CLIENT, Direction.INBOUND),
    Checkpoint(8, None, Leg.RESPONSE, CheckpointKind.SECURITY_GROUP, End.CLIENT, Direction.INBOUND),
)


class Action(StrEnum):
    """What became of the packet at a checkpoint."""

    ALLOW = "allow"
    DENY = "deny"
    PARTIAL = "partial"
    SKIP = "skip"
    NOT_REACHED = "not_reached"


class Code(StrEnum):
    """Why, in one word; denials by an ACL also carry `REACHABILITY_CODE`."""

    SESSION_CREATED = "SESSION_CREATED"
    SESSION_MATCHED = "SESSION_MATCHED"
    SG_HAS_NO_RULES = "SG_HAS_NO_RULES"
    ENI_SG_RULES_MISMATCH = "ENI_SG_RULES_MISMATCH"
    ACL_ENTRY_ALLOW = "ACL_ENTRY_ALLOW"
    ACL_ENTRY_DENY = "ACL_ENTRY_DENY"
    ACL_DEFAULT_DENY = "ACL_DEFAULT_DENY"
    ACL_PARTIAL = "ACL_PARTIAL"
    SAME_SUBNET = "SAME_SUBNET"
    OUTSIDE_VPC = "OUTSIDE_VPC"
    NO_RESPONSE = "NO_RESPONSE"
    NOT_REACHED = "NOT_REACHED"


NO_ROUTE_TO_DESTINATION = "NO_ROUTE_TO_DESTINATION"
REACHABILITY_CODE = "SUBNET_ACL_RESTRICTION"
"""VPC Reachability Analyzer's word for a denial by a network ACL."""


class Disposition(StrEnum):
    """How the walk ended."""

    DELIVERED = "delivered"
    PARTIALLY_DELIVERED = "partially_delivered"
    REQUEST_DENIED = "request_denied"
    RESPONSE_DENIED = "response_denied"
    NO_ROUTE = "no_route"


class Symptom(StrEnum):
    """What a person sees at the client."""

    CONNECTED = "connected"
    TIMEOUT = "timeout"
    INTERMITTENT = "intermittent"
    NO_ROUTE = "no_route"


SYMPTOMS = {
    Disposition.DELIVERED: Symptom.CONNECTED,
    Disposition.PARTIALLY_DELIVERED: Symptom.INTERMITTENT,
    Disposition.REQUEST_DENIED: Symptom.TIMEOUT,
    Disposition.RESPONSE_DENIED: Symptom.TIMEOUT,
    Disposition.NO_ROUTE: Symptom.NO_ROUTE,
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One end of the flow, with all that guards it; an outside end has only its address."""

    address: Address
    host: Host | None = None
    subnet: Subnet | None = None
    nacl: NetworkAcl = DEFAULT_NACL
    groups: tuple[SecurityGroup, ...] = ()
    """By name, so that the order in which groups were attached never shows."""
    group_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Journey:
    """A flow with its ends looked up and its packets worked out, before anything is judged.

    Protocols without ports travel as if they had the single port 0, so that one kind of arithmetic
    serves all; `has_ports` says whether the numbers mean anything.
    """

    client: Endpoint
    server: Endpoint
    protocol: int
    has_ports: bool
    port_model: PortModel
    route: Route | None
    """The route that carries the request; None where there is none."""
    same_subnet: bool
    request_icmp: IcmpMessage | None
    response_icmp: IcmpMessage | None
    has_response: bool
    service_ports: PortSet
    source_ports: PortSet
    response_ports: PortSet
    """The destination ports of the response: the source ports, or as the notes have it."""

    def at(self, end: End) -> Endpoint:
        return self.client if end is End.CLIENT else self.server


class Packet(NamedTuple):
    """What a checkpoint looks at. Of many possible packets, one set of ports stands for all."""

    protocol: int
    source: Address
    destination: Address
    source_ports: PortSet
    destination_ports: PortSet
    icmp: IcmpMessage | None


class Decision(NamedTuple):
    """A rule, and the destination ports it decides; `rule` None is an ACL's implicit `*`."""

    ports: PortSet
    action: RuleAction
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class Step:
    """One checkpoint's judgment. `ids`: the ACL, or the attached groups by name."""

    checkpoint: Checkpoint
    ids: tuple[str, ...]
    action: Action
    code: Code
    packet: Packet
    """As it arrives; at a step that is skipped or not reached, as it would have been."""
    decisions: tuple[Decision, ...] = ()
    passed: PortSet = ()
    """The destination ports that go on from here."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The explained result of a walk: always eight steps."""

    journey: Journey
    disposition: Disposition
    steps: tuple[Step, ...]
    passing_source_ports: PortSet
    """Source ports with which a connection works; empty for protocols without ports."""

    @property
    def symptom(self) -> Symptom:
        return SYMPTOMS[self.disposition]

    @property
    def code(self) -> str | None:
        return NO_ROUTE_TO_DESTINATION if self.disposition is Disposition.NO_ROUTE else None

    @property
    def stopped_at(self) -> Step | None:
        """The first step that denied some or all of the packets."""
        for step in self.steps:
            if step.action in (Action.DENY, Action.PARTIAL):
                return step
        return None
