"""Signs that nobody can see: with them a text looks like another one, or like nothing."""

import unicodedata

# Letters and marks by category, that show nothing: fillers of Hangul and Khmer, the joiner of
# graphemes, selectors of variants, the blank of Braille.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code)
    for first, last in ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
    for code in range(first, last + 1)
}


def has_unseen(text: str) -> bool:
    """Whether there is a control sign, one that turns the direction, or one that shows nothing.

    Spaces are no such signs. Cc, Cf, Co, Cs and Cn are the categories that begin with C.
    """
    return any(sign in _BLANK or unicodedata.category(sign).startswith("C") for sign in text)
