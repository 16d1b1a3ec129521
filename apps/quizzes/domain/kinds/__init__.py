"""Every kind of item, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from .base import ItemKind, Kind, TemplateKind
from .categorize import Categorize
from .essay import Essay
from .generated import Generated
from .matching import Matching
from .multiple import Multiple
from .numeric import Numeric
from .ordering import Ordering
from .scenario import Scenario
from .short_text import ShortText
from .single import Single
from .true_false import TrueFalse

_ITEM_KINDS: tuple[ItemKind, ...] = (
    Single(),
    Multiple(),
    TrueFalse(),
    Matching(),
    Ordering(),
    Categorize(),
    Numeric(),
    ShortText(),
    Essay(),
)
_TEMPLATE_KINDS: tuple[TemplateKind, ...] = (Scenario(), Generated())

# Kinds that can be answered.
KINDS: Mapping[str, ItemKind] = MappingProxyType({kind.name: kind for kind in _ITEM_KINDS})
# Kinds whose concrete question is computed and frozen when an item is dealt.
TEMPLATES: Mapping[str, TemplateKind] = MappingProxyType(
    {kind.name: kind for kind in _TEMPLATE_KINDS}
)
# What a question's document may say under `kind`.
DOCUMENT_KINDS: Mapping[str, Kind] = MappingProxyType({**KINDS, **TEMPLATES})


def kind_of(name: str) -> ItemKind:
    """The kind that answers, deals and scores; KeyError for a template, which has to be frozen."""
    return KINDS[name]
