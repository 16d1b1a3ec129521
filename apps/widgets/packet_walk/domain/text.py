"""Every step, fix and ending in Korean: the packet with its ports, the rule, and the reason.

Sentences put a Korean noun after each generated value ("3306번 포트로", "acl-public NACL은"), so
that no particle ever has to be fitted to a name.
"""

from .addresses import format_address
from .fixes import Fix, Unfixable, needed_traffic, other_end
from .mismatch import nearest_miss
from .model import NetworkAclEntry, PortModel, Route, RuleAction
from .notation import format_rule
from .ports import intersect, merge
from .spoken import (
    DIRECTIONS,
    LEGS,
    spoken_icmp,
    spoken_packet,
    spoken_ports,
)
from .trace import Action, Checkpoint, Code, Disposition, End, Journey, Leg, Step, Trace


def explain(step: Step, trace: Trace) -> str:
    """What happened at this step, and why (합니다체, one to four sentences)."""
    match step.code:
        case Code.SESSION_CREATED:
            return _session_created(step, trace.journey)
        case Code.SESSION_MATCHED:
            return _session_matched(step, trace.journey)
        case Code.SG_HAS_NO_RULES | Code.ENI_SG_RULES_MISMATCH:
            return _security_groups_deny(step, trace.journey)
        case Code.ACL_ENTRY_ALLOW | Code.ACL_ENTRY_DENY | Code.ACL_DEFAULT_DENY:
            return _nacl(step, trace.journey)
        case Code.ACL_PARTIAL:
            return _nacl_partial(step, trace.journey)
        case Code.NOT_REACHED:
            return _not_reached(step, trace)
        case _:
            return _skipped(step, trace.journey)


def explain_fix(fix: Fix, journey: Journey) -> str:
    """Why this rule, and why no wider one."""
    checkpoint = fix.checkpoint
    way, leg = DIRECTIONS[checkpoint.direction], LEGS[checkpoint.leg]
    if not isinstance(fix.rule, NetworkAclEntry):
        return (
            f"{checkpoint.n}단계에서 {fix.id} 보안 그룹의 {way} 규칙에 이 {leg}을 허용하는 것이 "
            f"없습니다. 상대를 {_peer_only(fix, journey)} 좁혀 필요한 만큼만 엽니다. "
            "응답은 보안 그룹이 기억하므로 반대 방향 규칙은 필요 없습니다."
        )
    text = f"{checkpoint.n}단계에서 {fix.id} NACL의 {way} 규칙이 이 {leg}을 통과시켜야 합니다."
    if checkpoint.leg is Leg.RESPONSE and _is_ephemeral(journey):
        text += (
            f" NACL은 요청을 기억하지 않고, 응답의 목적지 포트는 "
            f"{spoken_ports(journey.service_ports)} 포트가 아니라 클라이언트의 출발지 포트인 "
            f"{spoken_ports(journey.response_ports)} 포트입니다."
        )
    if _denies_behind(fix.rule, checkpoint, journey):
        text += f" 거부 규칙보다 먼저 맞도록 앞 번호인 {fix.rule.number}번에 둡니다."
    return text


def _denies_behind(rule: NetworkAclEntry, checkpoint: Checkpoint, journey: Journey) -> bool:
    """Would an entry behind `rule` deny some of the flow? A deny of other traffic is no reason."""
    address = other_end(checkpoint, journey).address
    protocol, ports, icmp = needed_traffic(checkpoint.leg, journey)
    return any(
        entry.number > rule.number
        and entry.action is RuleAction.DENY
        and entry.cidr.holds(address)
        and entry.traffic.selects(protocol, icmp)
        and bool(intersect((ports,), entry.traffic.ports))
        for entry in journey.at(checkpoint.end).nacl.entries(checkpoint.direction)
    )


def explain_unfixable(unfixable: Unfixable) -> str:
    """Why no added rule can deliver the flow."""
    return (
        f"{unfixable.id} NACL의 {DIRECTIONS[unfixable.checkpoint.direction]} 거부 규칙 "
        f"{_quoted(unfixable.rule)}보다 앞에 둘 수 있는 빈 번호가 없습니다. "
        "규칙을 더하는 것만으로는 고칠 수 없고, 이 규칙을 바꾸거나 번호를 옮겨야 합니다."
    )


def _groups(step: Step) -> str:
    return f"{', '.join(step.ids)} 보안 그룹"


def _quoted(rule: NetworkAclEntry) -> str:
    return f"「{format_rule(rule)}」"


def _peer_only(fix: Fix, journey: Journey) -> str:
    other = journey.server if fix.checkpoint.end is End.CLIENT else journey.client
    if other.host is None:
        return f"{format_address(other.address)} 주소 하나로"
    return f"{other.group_names[0]} 보안 그룹으로"


def _is_ephemeral(journey: Journey) -> bool:
    return journey.has_ports and journey.port_model is PortModel.AWS


def _session_created(step: Step, journey: Journey) -> str:
    rule = step.decisions[0].rule
    line = "" if rule is None else format_rule(rule)
    way = DIRECTIONS[step.checkpoint.direction]
    text = f"{_groups(step)}의 {way} 규칙 「{line}」에 따라 {spoken_packet(step)}을 허용합니다."
    if journey.has_response:
        text += " 보안 그룹이 이 연결을 기억하므로, 응답은 규칙을 다시 보지 않고 통과합니다."
    return text


def _session_matched(step: Step, journey: Journey) -> str:
    way = DIRECTIONS[step.checkpoint.direction]
    asked = 4 if step.checkpoint.end is End.SERVER else 1
    text = (
        f"보안 그룹은 상태를 기억합니다(stateful). {asked}단계에서 허용한 연결의 응답이므로 "
        f"{_groups(step)}은 {way} 규칙을 보지 않고 통과시킵니다."
    )
    groups = journey.at(step.checkpoint.end).groups
    if not any(group.rules(step.checkpoint.direction) for group in groups):
        text += f" {way} 규칙이 하나도 없어도 결과는 같습니다."
    if step.packet.destination_ports != journey.response_ports:
        text += (
            f" 여기까지 온 것은 {spoken_ports(step.packet.destination_ports)} 포트의 응답뿐입니다."
        )
    return text


def _security_groups_deny(step: Step, journey: Journey) -> str:
    way = DIRECTIONS[step.checkpoint.direction]
    if step.code is Code.SG_HAS_NO_RULES:
        return (
            f"{_groups(step)}에 {way} 규칙이 하나도 없습니다. 보안 그룹은 허용 규칙에 맞는 것만 "
            f"통과시키므로 {spoken_packet(step)}을 막습니다."
        )
    return (
        f"{_groups(step)}의 {way} 규칙 가운데 {spoken_packet(step)}에 맞는 것이 없어 막습니다."
        f"{nearest_miss(step, journey)}"
    )


def _nacl(step: Step, journey: Journey) -> str:
    """One ending for the whole packet, decided by one rule or by several."""
    if not journey.at(step.checkpoint.end).nacl.entries(step.checkpoint.direction):
        way = DIRECTIONS[step.checkpoint.direction]
        text = (
            f"{step.ids[0]} NACL에 {way} 규칙이 하나도 없으므로 기본 규칙 *에 따라 "
            f"{spoken_packet(step)}을 거부합니다."
        )
        return text + _response_note(step, journey)
    return _nacl_opening(step) + _nacl_verdict(step, journey) + _response_note(step, journey)


def _nacl_opening(step: Step) -> str:
    way = DIRECTIONS[step.checkpoint.direction]
    return f"{step.ids[0]} NACL은 {way} 규칙을 번호가 작은 것부터 봅니다. "


def _nacl_verdict(step: Step, journey: Journey) -> str:
    aim = spoken_packet(step)
    if len(step.decisions) > 1:
        word = "통과합니다" if step.action is Action.ALLOW else "거부됩니다"
        return f"{aim}은 포트에 따라 맞는 규칙이 다르지만 모두 {word}. {_by_range(step)}"
    rule = step.decisions[0].rule
    if not isinstance(rule, NetworkAclEntry):
        miss = nearest_miss(step, journey)
        return f"{aim}에 맞는 규칙이 없어 마지막 기본 규칙 *에 따라 거부합니다.{miss}"
    if step.action is Action.ALLOW:
        return f"{aim}은 {_quoted(rule)} 규칙에 처음으로 맞아 통과합니다."
    return (
        f"{aim}은 {_quoted(rule)} 규칙에 처음으로 맞아 거부됩니다. "
        "처음 맞은 규칙이 결정하므로 번호가 더 큰 규칙은 보지 않습니다."
    )


def _nacl_partial(step: Step, journey: Journey) -> str:
    denied = merge(
        ports for d in step.decisions if d.action is RuleAction.DENY for ports in d.ports
    )
    return (
        f"{_nacl_opening(step)}{spoken_packet(step)} 가운데 "
        f"{spoken_ports(step.passed)} 포트만 통과하고 {spoken_ports(denied)} 포트는 거부됩니다. "
        f"{_by_range(step)} "
        "클라이언트가 어느 출발지 포트를 골랐는지에 따라 되기도 하고 안 되기도 합니다."
        f"{_response_note(step, journey)}"
    )


def _by_range(step: Step) -> str:
    """Which rule decides which ports, in the order in which the rules are read."""
    parts = []
    for ports, action, rule in step.decisions:
        name = "기본 규칙 *" if rule is None else f"「{format_rule(rule)}」"
        verdict = "허용" if action is RuleAction.ALLOW else "거부"
        parts.append(f"{spoken_ports(ports)} 포트는 {name}에 따라 {verdict}")
    return f"{', '.join(parts)}합니다."


def _response_note(step: Step, journey: Journey) -> str:
    """What beginners miss about the way back: nothing is remembered, and the port is another."""
    if step.checkpoint.leg is Leg.REQUEST:
        return ""
    if not journey.has_ports:
        return " NACL은 요청을 기억하지 않으므로(stateless) 응답도 규칙에 맞아야 합니다."
    service = spoken_ports(journey.service_ports)
    if not _is_ephemeral(journey):
        return (
            f" 노트의 단순화에 따라 응답의 목적지 포트를 {service} 포트로 보았습니다. "
            "실제 응답은 클라이언트의 임시 포트로 갑니다."
        )
    return (
        " NACL은 요청을 기억하지 않으므로(stateless) 응답도 규칙에 맞아야 합니다. "
        f"응답의 목적지 포트는 서비스 포트인 {service}이 아니라 요청의 출발지 포트인 "
        f"{spoken_ports(journey.source_ports)}입니다."
    )


def _not_reached(step: Step, trace: Trace) -> str:
    if trace.disposition is not Disposition.NO_ROUTE:
        stopped = next(s for s in trace.steps if s.action is Action.DENY)
        return f"{stopped.checkpoint.n}단계에서 막혀 여기까지 오지 못했습니다."
    if step.checkpoint.n > 1:
        return "보낼 경로가 없어 여기까지 오지 못했습니다."
    return f"{_no_route(trace.journey)} 사용자 화면에는 이것도 시간 초과(timeout)로 보입니다."


def _no_route(journey: Journey) -> str:
    client, server = journey.client, journey.server
    if client.subnet is None:
        name = "" if server.subnet is None else server.subnet.name
        return (
            f"{name} 서브넷의 라우팅 테이블에 인터넷 게이트웨이(igw) 경로가 없어, 인터넷의 "
            f"{format_address(client.address)} 주소에서 들어올 수 없습니다. "
            "NAT 게이트웨이는 나가는 연결만 옮겨 줍니다."
        )
    text = (
        f"{client.subnet.name} 서브넷의 라우팅 테이블에 VPC 밖의 "
        f"{format_address(server.address)} 주소로 가는 경로가 없습니다."
    )
    if Route.NAT in client.subnet.routes:
        text += " NAT 게이트웨이 경로가 있지만 IPv4의 TCP, UDP, ICMP만 옮겨 줍니다."
    return text


def _skipped(step: Step, journey: Journey) -> str:
    if step.code is Code.NO_RESPONSE:
        return (
            f"{spoken_icmp(journey.protocol, journey.request_icmp)} 메시지에는 정해진 응답이 "
            "없으므로 응답 단계가 없습니다."
        )
    end = journey.at(step.checkpoint.end)
    if step.code is Code.SAME_SUBNET:
        name = "" if end.subnet is None else end.subnet.name
        return (
            f"두 호스트가 같은 {name} 서브넷에 있습니다. NACL은 서브넷의 경계를 드나드는 트래픽만 "
            "검사하므로 이 단계는 건너뜁니다."
        )
    text = (
        f"{format_address(end.address)} 주소는 VPC 밖에 있어, 여기에는 검사할 보안 그룹이나 "
        "NACL이 없습니다."
    )
    if journey.route is Route.NAT:
        text += " NAT 게이트웨이가 놓인 서브넷의 NACL은 이 모델에서 따지지 않습니다."
    return text
