import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.quizzes.domain.folding import ALIASES, canonical, find, fold

NFD = unicodedata.normalize("NFD", "보안 그룹")


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        # spacing, case, width, composition
        ("보안 그룹", "보안 그룹"),
        ("보안그룹", "보안 그룹"),
        ("보 안 그 룹", "보안 그룹"),
        ("  보안   그룹 ", "보안 그룹"),
        ("보안\u3000그룹", "보안 그룹"),
        ("보안\u200b그룹", "보안 그룹"),
        (NFD, "보안 그룹"),
        ("보안 그룹", NFD),
        (NFD + "입니다", "보안 그룹"),
        ("ｃｌｏｕｄｆｒｏｎｔ", "CloudFront"),
        ("CLOUDFRONT", "CloudFront"),
        ("cloud front", "CloudFront"),
        ("Straße", "STRASSE"),
        # punctuation
        ("보안-그룹", "보안 그룹"),
        ("보안 그룹.", "보안 그룹"),
        ("「보안 그룹」", "보안 그룹"),
        ("“보안 그룹”!", "보안 그룹"),
        ("(보안 그룹)", "보안 그룹"),
        ("`보안_그룹`", "보안 그룹"),
        ("인 바운드 · 아웃바운드", "인바운드, 아웃바운드"),
        ("On-Demand", "온디맨드"),
        ("on demand", "온디맨드"),
        ("CICD", "CI/CD"),
        ("t3micro", "t3.micro"),
        ("m5.large", "M5.LARGE"),
        # numbers in words
        ("10.0.0.0/16", "10.0.0.0/16"),
        ("10.0.0.0/16 입니다.", "10.0.0.0/16"),
        ("「10.0.0.0/16」", "10.0.0.0/16"),
        ("TCP/443", "TCP 443"),
        ("tcp-443", "TCP 443"),
        ("443번 포트", "443번포트"),
        ("1,024", "1024"),
        ("1024 - 65535", "1024-65535".replace("-", " ")),
        ("0.0.0.0/0에서", "0.0.0.0/0"),
        ("::/0입니다", "::/0"),
        ("３３０６", "3306"),
        # particles
        ("보안 그룹은", "보안 그룹"),
        ("보안 그룹는", "보안 그룹"),
        ("보안 그룹이", "보안 그룹"),
        ("서브넷을", "서브넷"),
        ("인스턴스를", "인스턴스"),
        ("인스턴스가", "인스턴스"),
        ("서브넷에", "서브넷"),
        ("서브넷에서", "서브넷"),
        ("서브넷에서는", "서브넷"),
        ("서브넷으로", "서브넷"),
        ("인스턴스로", "인스턴스"),
        ("인스턴스와", "인스턴스"),
        ("서브넷과", "서브넷"),
        ("서브넷의", "서브넷"),
        ("서브넷도", "서브넷"),
        ("허용만", "허용"),
        ("서브넷이다", "서브넷"),
        ("서브넷입니다.", "서브넷"),
        ("서브넷이에요", "서브넷"),
        ("허용만입니다", "허용"),
        ("키입니다", "키"),
        ("EC2는", "EC2"),
        ("S3에", "S3"),
        # names of one thing
        ("SG", "보안 그룹"),
        ("sg", "Security Group"),
        ("Security-Groups", "보안그룹"),
        ("Security Group입니다", "보안 그룹"),
        ("보안 그룹", "SG"),
        ("SG를", "보안 그룹"),
        ("NACL", "네트워크 ACL"),
        ("N.A.C.L.", "Network ACL"),
        ("network acl의", "NACL"),
        ("네트워크ACL은", "NACL"),
        ("stateful", "상태 저장"),
        ("상태비저장", "Stateless"),
        ("AZ", "가용 영역"),
        ("availability zones", "가용영역"),
        ("scp", "서비스 제어 정책"),
        ("최소권한원칙", "principle of least privilege"),
        ("Amazon S3", "S3"),
    ],
)
def test_what_is_spelled_otherwise_is_the_same(answer: str, accepted: str) -> None:
    assert find(answer, [accepted]) == accepted


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        ("네트워크 ACL", "보안 그룹"),
        ("보안", "보안 그룹"),
        ("보안 그룹 규칙", "보안 그룹"),
        ("", "보안 그룹"),
        ("은", "보안 그룹"),
        ("입니다", "보안 그룹"),
        # words that end like a word with a particle
        ("주의", "주"),
        ("회의", "회"),
        ("결과", "결"),
        ("경로", "경"),
        # what tells numbers and signs apart stays
        ("15", "1.5"),
        ("100.0.0/16", "10.0.0.0/16"),
        ("0", "::/0"),
        ("1", "-1"),
        ("1,5", "15"),
        ("C", "C++"),
        ("s3:", "s3:*"),
        ("Stateless", "Stateful"),
        ("상태 저장", "상태 비저장"),
        ("인바운드", "아웃바운드"),
        ("IAM 정책", "서비스 제어 정책"),
        ("정책", "IAM 정책"),
        ("지역", "리전"),
        ("msg", "m보안그룹"),
    ],
)
def test_what_means_something_else_is_not_the_same(answer: str, accepted: str) -> None:
    assert find(answer, [accepted]) is None


def test_a_word_that_is_listed_itself_is_not_taken_apart() -> None:
    assert find("개인 정보의", ["개인 정보"], near=["개인 정보의"]) == "개인 정보의"
    assert find("개인 정보의", ["개인 정보의"], near=["개인 정보"]) == "개인 정보의"
    assert find("개인 정보는", ["개인 정보"], near=["개인 정보의"]) == "개인 정보"


def test_accepted_goes_before_near_where_both_have_a_particle() -> None:
    assert find("서브넷은", ["서브넷"], near=["서브"]) == "서브넷"
    assert find("SG는", ["NACL"], near=["보안 그룹"]) == "보안 그룹"


def test_no_name_stands_for_two_things() -> None:
    groups = [{canonical(name) for name in group} for group in ALIASES]
    assert all(len(group) == 1 for group in groups)
    assert len(set().union(*groups)) == len(ALIASES)


@given(st.text(max_size=30))
def test_composition_case_and_space_around_never_matter(text: str) -> None:
    folded = fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(f" {text}\n") == folded


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_is_too_strange(answer: str, accepted: str) -> None:
    assert find(answer, [accepted]) in {None, accepted}
    assert find(answer, [answer]) == answer
