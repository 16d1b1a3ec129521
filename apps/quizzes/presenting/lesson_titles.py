"""How lessons are called. They are a layer above, which tells us when it starts."""

from collections.abc import Callable, Collection, Mapping

LessonTitles = Callable[[Collection[str]], Mapping[str, str]]

_providers: list[LessonTitles] = []


def register_lesson_titles(provider: LessonTitles) -> None:
    """`provider` gives the titles, by slug, of those lessons of the given slugs that there are."""
    if provider not in _providers:
        _providers.append(provider)


def lesson_titles(slugs: Collection[str]) -> dict[str, str]:
    """Titles by slug; a lesson that nobody knows is left out."""
    found: dict[str, str] = {}
    for provider in _providers:
        found.update(provider(slugs))
    return found
