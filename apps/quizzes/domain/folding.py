"""Short texts made equal that mean the same: 「Security-Group 입니다.」 and 「보안그룹」.

Folded are composition (NFC, NFD), width, case, spacing and punctuation; then the names of one thing
that the notes use side by side; then Korean particles at the end. What might tell two answers apart
stays: signs such as +, #, * and %, and punctuation inside numbers (10.0.0.0/16, 1.5, ::/0).
"""

import re
import unicodedata
from collections.abc import Collection
from itertools import product

# Names of one and the same thing. Only what the notes or AWS itself call both ways: a word that is
# merely close (Region and 지역, instance and server) would make wrong answers right.
ALIASES: tuple[tuple[str, ...], ...] = (
    ("보안 그룹", "Security Group", "Security Groups", "SG", "시큐리티 그룹"),
    (
        "네트워크 ACL",
        "Network ACL",
        "Network ACLs",
        "NACL",
        "NACLs",
        "네트워크 액세스 제어 목록",
        "Network Access Control List",
    ),
    ("가용 영역", "Availability Zone", "Availability Zones", "AZ"),
    ("서브넷", "Subnet", "Subnets"),
    ("인스턴스", "Instance", "Instances"),
    ("인바운드", "Inbound"),
    ("아웃바운드", "Outbound"),
    ("상태 저장", "Stateful", "스테이트풀"),
    ("상태 비저장", "Stateless", "스테이트리스"),
    ("온디맨드", "On-Demand"),
    ("예약 인스턴스", "Reserved Instance", "Reserved Instances", "RI"),
    ("표준 RI", "Standard RI", "Standard Reserved Instance", "Standard Reserved Instances"),
    (
        "변동 RI",
        "Convertible RI",
        "Convertible Reserved Instance",
        "Convertible Reserved Instances",
        "컨버터블 RI",
    ),
    ("스팟 인스턴스", "Spot Instance", "Spot Instances"),
    ("절감형 플랜", "Savings Plan", "Savings Plans", "세이빙스 플랜"),
    ("전용 인스턴스", "Dedicated Instance", "Dedicated Instances"),
    ("전용 호스트", "Dedicated Host", "Dedicated Hosts"),
    ("테넌시", "Tenancy"),
    ("가상화", "Virtualization"),
    ("하이퍼바이저", "Hypervisor"),
    ("가상 머신", "Virtual Machine", "VM"),
    ("가상 프라이빗 클라우드", "Virtual Private Cloud", "VPC", "Amazon VPC"),
    ("Auto Scaling 그룹", "Auto Scaling Group", "ASG", "오토 스케일링 그룹"),
    ("Elastic Load Balancer", "ELB", "Elastic Load Balancing"),
    ("콘텐츠 전송 네트워크", "Content Delivery Network", "CDN"),
    ("가용성", "Availability"),
    ("내구성", "Durability"),
    ("버킷", "Bucket"),
    ("객체", "Object", "오브젝트"),
    ("객체 스토리지", "Object Storage", "오브젝트 스토리지"),
    ("Elastic Compute Cloud", "EC2", "Amazon EC2", "AWS EC2", "Amazon Elastic Compute Cloud"),
    ("Simple Storage Service", "S3", "Amazon S3", "AWS S3", "Amazon Simple Storage Service"),
    ("Elastic Block Store", "EBS", "Amazon EBS", "AWS EBS", "Amazon Elastic Block Store"),
    ("Elastic File System", "EFS", "Amazon EFS", "AWS EFS", "Amazon Elastic File System"),
    ("CloudFront", "Amazon CloudFront", "AWS CloudFront", "클라우드프론트"),
    ("최소 권한 원칙", "Principle of Least Privilege", "PoLP"),
    ("역할", "Role"),
    ("IAM 역할", "IAM Role"),
    ("정책", "Policy"),
    ("IAM 정책", "IAM Policy"),
    ("그룹", "Group"),
    ("IAM 그룹", "IAM Group"),
    ("사용자", "User"),
    ("IAM 사용자", "IAM User"),
    ("루트 사용자", "Root User"),
    ("조직 단위", "Organizational Unit", "Organizational Units", "OU"),
    ("서비스 제어 정책", "Service Control Policy", "Service Control Policies", "SCP"),
    ("통합 결제", "Consolidated Billing"),
    ("허용", "Allow"),
    ("거부", "Deny"),
)

# Verbs that make a sentence of a word (보안 그룹입니다) count as well.
_ENDINGS = (
    "입니다",
    "이에요",
    "예요",
    "에서",
    "으로",
    "이다",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "에",
    "로",
    "와",
    "과",
    "의",
    "도",
    "만",
)
_MOST_ENDINGS = 2  # such as 에서+는
_HANGUL = re.compile(r"[가-힣]")

_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
# Brackets and quotation marks stand for nothing anywhere.
_BRACKETS = frozenset({"Ps", "Pe", "Pi", "Pf"})
_QUOTES = frozenset("\"'`´「」『』〈〉《》")
# These may stand inside a number or before it; elsewhere they are mere spelling.
_MARKS = re.compile(r"[-–—−./:,;!?·ㆍ・…~_‐‑]+")


def fold(text: str) -> str:
    """The text without what is mere spelling: composition, width, case, spacing, punctuation."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = _THOUSANDS.sub("", text)
    text = "".join(
        char
        for char in text
        if char not in _QUOTES
        and (category := unicodedata.category(char)) not in _BRACKETS
        and category != "Cf"  # such as a zero-width space, pasted along
    )
    text = _MARKS.sub(_mark, text)
    return unicodedata.normalize("NFC", "".join(text.split()))


def _mark(match: re.Match[str]) -> str:
    """Marks are kept where a digit follows and a digit, a space or nothing stands before."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    kept = after.isdigit() and (not before or before.isspace() or before.isdigit())
    return match[0] if kept else ""


_CANONICAL = {fold(name): fold(group[0]) for group in ALIASES for name in group}


def canonical(text: str) -> str:
    """The folded text, or the folded first name of what it names."""
    folded = fold(text)
    return _CANONICAL.get(folded, folded)


def without_endings(folded: str) -> list[str]:
    """The folded text without one particle at its end, without two …; all ways to read it.

    Of a Hangul word of one syllable nothing is split off by a particle of one: 주의 is no 주, 회의
    no 회.
    """
    found: dict[str, None] = {}
    level = [folded]
    for _ in range(_MOST_ENDINGS):
        level = [
            stem
            for word, ending in product(level, _ENDINGS)
            if (stem := word.removesuffix(ending)) != word and _may_stand(stem, ending)
        ]
        found.update(dict.fromkeys(level))
    return list(found)


def _may_stand(stem: str, ending: str) -> bool:
    if not stem:
        return False
    return len(stem) > 1 or len(ending) > 1 or not _HANGUL.fullmatch(stem)


def find(answer: str, accepted: Collection[str], near: Collection[str] = ()) -> str | None:
    """Which of the accepted and near texts an answer says; None for none of them.

    What is said word for word goes before what is said with particles: a word that ends like one
    is taken as it stands where it is listed itself. Within each, accepted goes before near.
    """
    listed = [{canonical(text): text for text in texts} for texts in (accepted, near)]
    folded = fold(answer)
    for readings in ([folded], without_endings(folded)):
        names = [_CANONICAL.get(reading, reading) for reading in readings]
        for known in listed:
            for name in names:
                if name in known:
                    return known[name]
    return None
