"""The walk itself: which checkpoints the packet meets, and what each decides."""

from .addresses import Address, Cidr
from .model import (
    EPHEMERAL_PORTS,
    ICMP,
    ICMP_REPLIES,
    OUTSIDE_EPHEMERAL_PORTS,
    TCP,
    UDP,
    Flow,
    NetworkAclEntry,
    PortModel,
    Route,
    RuleAction,
    Scenario,
    SecurityGroupRule,
)
from .notation import format_security_group_rule
from .ports import PortRange, PortSet, intersect, merge, subtract
from .trace import (
    CHECKPOINTS,
    Action,
    Checkpoint,
    CheckpointKind,
    Code,
    Decision,
    Disposition,
    End,
    Endpoint,
    Journey,
    Leg,
    Packet,
    Step,
    Trace,
)

_NO_PORTS = (PortRange(0, 0),)
# What the model lets a NAT gateway translate: TCP, UDP and ICMP of IPv4, and nothing else.
_THROUGH_NAT = frozenset({TCP, UDP, ICMP})


def walk(scenario: Scenario) -> Trace:
    """Carry the flow of a valid scenario to its server and back; explain every checkpoint."""
    journey = plan_journey(scenario)
    if journey.route is None:
        steps = tuple(_unreached(checkpoint, journey) for checkpoint in CHECKPOINTS)
        return Trace(journey, Disposition.NO_ROUTE, steps, ())
    steps_taken: list[Step] = []
    denied_on: Leg | None = None
    ports = {Leg.REQUEST: journey.service_ports, Leg.RESPONSE: journey.response_ports}
    for checkpoint in CHECKPOINTS:
        arriving = ports[checkpoint.leg]
        if denied_on is None:
            step = examine(checkpoint, journey, arriving)
            if step.action is Action.DENY:
                denied_on = checkpoint.leg
            else:
                ports[checkpoint.leg] = step.passed
        else:
            step = _skipped(checkpoint, journey, arriving) or _unreached(checkpoint, journey)
        steps_taken.append(step)
    return _conclude(journey, tuple(steps_taken), denied_on, ports[Leg.RESPONSE])


def plan_journey(scenario: Scenario) -> Journey:
    """Look up both ends, choose the route, and work out the packets of both legs."""
    flow = scenario.flow
    client, server = _endpoint(scenario, flow.client), _endpoint(scenario, flow.server)
    service = _NO_PORTS if flow.port is None else (PortRange(flow.port, flow.port),)
    source = (_source_range(flow, client),) if flow.has_ports else _NO_PORTS
    reply = None if flow.icmp is None else ICMP_REPLIES.get((flow.protocol, flow.icmp))
    return Journey(
        client=client,
        server=server,
        protocol=flow.protocol,
        has_ports=flow.has_ports,
        port_model=scenario.port_model,
        route=_route(flow.protocol, client, server),
        same_subnet=client.subnet is not None and client.subnet == server.subnet,
        request_icmp=flow.icmp,
        response_icmp=reply,
        has_response=flow.icmp is None or reply is not None,
        service_ports=service,
        source_ports=source,
        response_ports=source if scenario.port_model is PortModel.AWS else service,
    )


def examine(checkpoint: Checkpoint, journey: Journey, arriving: PortSet) -> Step:
    """Judge packets to the destination ports `arriving` at one checkpoint, on its own.

    Whether they would get there is the caller's question.
    """
    skipped = _skipped(checkpoint, journey, arriving)
    if skipped is not None:
        return skipped
    packet = _packet(checkpoint.leg, journey, arriving)
    if checkpoint.kind is CheckpointKind.NACL:
        return _judge_nacl(checkpoint, journey, packet)
    if checkpoint.leg is Leg.RESPONSE:
        # Return traffic of a tracked flow passes whatever the rules say. [conntrack] 2023-06-15
        ids = journey.at(checkpoint.end).group_names
        return Step(checkpoint, ids, Action.ALLOW, Code.SESSION_MATCHED, packet, passed=arriving)
    return _judge_security_groups(checkpoint, journey, packet)


def _endpoint(scenario: Scenario, end: str | Address) -> Endpoint:
    if not isinstance(end, str):
        return Endpoint(end)
    host = scenario.hosts[end]
    subnet = scenario.subnets[host.subnet]
    names = tuple(sorted(host.security_groups))
    groups = tuple(scenario.security_groups[name] for name in names)
    return Endpoint(host.address, host, subnet, scenario.nacl_of(subnet), groups, names)


def _source_range(flow: Flow, client: Endpoint) -> PortRange:
    if flow.source_port is not None:
        return flow.source_port
    return EPHEMERAL_PORTS[client.host.os] if client.host else OUTSIDE_EPHEMERAL_PORTS


def _route(protocol: int, client: Endpoint, server: Endpoint) -> Route | None:
    """The route that carries the request. Both ends outside is no valid scenario."""
    if client.subnet is None:
        # Only an internet gateway lets connections in; a NAT gateway only lets them out.
        return Route.IGW if server.subnet and Route.IGW in server.subnet.routes else None
    if server.subnet is not None:
        return Route.LOCAL
    if Route.IGW in client.subnet.routes:
        return Route.IGW
    through_nat = server.address.version == 4 and protocol in _THROUGH_NAT
    return Route.NAT if through_nat and Route.NAT in client.subnet.routes else None


def _packet(leg: Leg, journey: Journey, ports: PortSet) -> Packet:
    client, server = journey.client.address, journey.server.address
    if leg is Leg.REQUEST:
        return Packet(
            journey.protocol, client, server, journey.source_ports, ports, journey.request_icmp
        )
    return Packet(
        journey.protocol, server, client, journey.service_ports, ports, journey.response_icmp
    )


def _skipped(checkpoint: Checkpoint, journey: Journey, arriving: PortSet) -> Step | None:
    """The step of a checkpoint that these packets never meet, or None where they do."""
    end = journey.at(checkpoint.end)
    if checkpoint.leg is Leg.RESPONSE and not journey.has_response:
        code = Code.NO_RESPONSE
    elif end.host is None:
        code = Code.OUTSIDE_VPC
    elif journey.same_subnet and checkpoint.kind is CheckpointKind.NACL:
        # Evaluated when a packet enters or leaves the subnet, never inside. [nacl] 2023-06-15
        code = Code.SAME_SUBNET
    else:
        return None
    packet = _packet(checkpoint.leg, journey, arriving)
    return Step(checkpoint, _ids(checkpoint, end), Action.SKIP, code, packet, passed=arriving)


def _unreached(checkpoint: Checkpoint, journey: Journey) -> Step:
    ports = journey.service_ports if checkpoint.leg is Leg.REQUEST else journey.response_ports
    return Step(
        checkpoint,
        _ids(checkpoint, journey.at(checkpoint.end)),
        Action.NOT_REACHED,
        Code.NOT_REACHED,
        _packet(checkpoint.leg, journey, ports),
    )


def _ids(checkpoint: Checkpoint, end: Endpoint) -> tuple[str, ...]:
    if checkpoint.kind is CheckpointKind.SECURITY_GROUP:
        return end.group_names
    return (end.nacl.name,) if end.host else ()


def _judge_security_groups(checkpoint: Checkpoint, journey: Journey, packet: Packet) -> Step:
    """All rules of all attached groups together; one match is enough. [sg_ec2] 2023-06-15"""
    end, other = journey.client, journey.server
    if checkpoint.end is End.SERVER:
        end, other = other, end
    rules = [rule for group in end.groups for rule in group.rules(checkpoint.direction)]
    matches = [rule for rule in rules if _admits(rule, other, packet)]
    if matches:
        least = matches[0] if len(matches) == 1 else min(matches, key=format_security_group_rule)
        ports = packet.destination_ports
        decision = Decision(ports, RuleAction.ALLOW, least)
        return Step(
            checkpoint,
            end.group_names,
            Action.ALLOW,
            Code.SESSION_CREATED,
            packet,
            (decision,),
            ports,
        )
    code = Code.ENI_SG_RULES_MISMATCH if rules else Code.SG_HAS_NO_RULES
    return Step(checkpoint, end.group_names, Action.DENY, code, packet)


def _admits(rule: SecurityGroupRule, other: Endpoint, packet: Packet) -> bool:
    traffic, peer = rule
    return (
        traffic.selects(packet.protocol, packet.icmp)
        and bool(intersect(packet.destination_ports, traffic.ports))
        and is_peer(peer, other)
    )


def is_peer(peer: Cidr | str, other: Endpoint) -> bool:
    """Is the other end the rule's peer? A group stands for its members' private addresses.

    [sg_ec2], [sg_rules] 2023-06-15
    """
    return peer in other.group_names if isinstance(peer, str) else peer.holds(other.address)


def _judge_nacl(checkpoint: Checkpoint, journey: Journey, packet: Packet) -> Step:
    nacl = journey.at(checkpoint.end).nacl
    peer = journey.server.address if checkpoint.end is End.CLIENT else journey.client.address
    decisions = _decide(nacl.entries(checkpoint.direction), peer, packet)
    allowed = [d for d in decisions if d.action is RuleAction.ALLOW]
    if len(allowed) == len(decisions):
        action, code = Action.ALLOW, Code.ACL_ENTRY_ALLOW
    elif allowed:
        action, code = Action.PARTIAL, Code.ACL_PARTIAL
    else:
        action = Action.DENY
        code = Code.ACL_DEFAULT_DENY if decisions[0].rule is None else Code.ACL_ENTRY_DENY
    if len(allowed) == 1:
        passed = allowed[0].ports
    else:
        passed = merge(ports for decision in allowed for ports in decision.ports)
    return Step(checkpoint, (nacl.name,), action, code, packet, decisions, passed)


def _decide(
    entries: tuple[NetworkAclEntry, ...], peer: Address, packet: Packet
) -> tuple[Decision, ...]:
    """Ascending numbers, the first match decides each port, then `*` denies. [nacl] 2023-06-15"""
    undecided = packet.destination_ports
    decisions: list[Decision] = []
    for entry in entries:
        _, traffic, cidr, action = entry
        if not (traffic.selects(packet.protocol, packet.icmp) and cidr.holds(peer)):
            continue
        taken = intersect(undecided, traffic.ports)
        if taken:
            decisions.append(Decision(taken, action, entry))
            undecided = subtract(undecided, traffic.ports)
            if not undecided:
                return tuple(decisions)
    decisions.append(Decision(undecided, RuleAction.DENY, None))
    return tuple(decisions)


def _conclude(
    journey: Journey, steps: tuple[Step, ...], denied_on: Leg | None, returned: PortSet
) -> Trace:
    if denied_on is Leg.REQUEST:
        return Trace(journey, Disposition.REQUEST_DENIED, steps, ())
    if denied_on is Leg.RESPONSE:
        return Trace(journey, Disposition.RESPONSE_DENIED, steps, ())
    if returned == journey.response_ports:
        passing = journey.source_ports if journey.has_ports else ()
        return Trace(journey, Disposition.DELIVERED, steps, passing)
    # Only the response's ports can be split, and only where they are the client's own.
    return Trace(journey, Disposition.PARTIALLY_DELIVERED, steps, returned)
