"""What a lesson may embed with `::widget{…}` and `::quiz{…}`."""


def known_embeds() -> dict[str, frozenset[str]]:
    """Names that exist, by kind. Diagrams are content files and are known to apps.content."""
    return {"widget": frozenset(), "quiz": frozenset()}
