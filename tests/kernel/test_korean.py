"""Particles stay with the bracket they lean on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.templatetags.korean import keep_particles
from apps.kernel.korean import leaning_parts


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("가용성(Availability)은 장애가", [")은"]),
        ("보안 그룹(Security Group)과 네트워크 ACL(NACL)의 차이", [")과", ")의"]),
        ("“가용성”을 고려할 것", ["”을"]),
        ("계정(A, B, C)이 있을 때", [")이"]),
        ("(괄호) 다음에는 빈칸", []),
        ("함수(x)가나다라마바사", []),  # a word, not a particle
        ("", []),
    ],
)
def test_a_particle_leans_on_the_bracket_before_it(text: str, kept: list[str]) -> None:
    assert [part for part, leaning in leaning_parts(text) if leaning] == kept


@given(st.text(alphabet="가나은는이() ]”ab", max_size=40))
def test_nothing_of_the_text_is_lost(text: str) -> None:
    assert "".join(part for part, _ in leaning_parts(text)) == text


def test_the_filter_escapes() -> None:
    html = keep_particles("<b>(x)은")
    assert html == '&lt;b&gt;(x<span class="nobr">)은</span>'
