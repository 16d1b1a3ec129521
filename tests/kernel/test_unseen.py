"""Signs that nobody can see."""

import pytest

from apps.kernel.unseen import has_unseen


@pytest.mark.parametrize("text", ["김하늘", "José Núñez", "王小明", "O’Neil 2", "이 바다", ""])
def test_what_people_are_called_is_seen(text: str) -> None:
    assert not has_unseen(text)


@pytest.mark.parametrize(
    "sign",
    [
        *("\0", "\n", "\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\ue000", "\ud800"),
        *("\u034f", "\u115f", "\u1160", "\u17b4", "\u180b", "\u2800", "\u3164", "\uffa0"),
        *("\ufe0f", "\U000e0100", "\U000e0041"),
    ],
)
def test_a_sign_that_shows_nothing_is_found(sign: str) -> None:
    assert has_unseen(f"김{sign}하늘")
    assert has_unseen(sign)
