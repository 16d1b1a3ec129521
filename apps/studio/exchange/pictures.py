"""Pictures that come with an item: under which addresses its texts name them."""

from urllib.parse import quote

from apps.studio.exchange.items import ItemFile

_HOLDER = "@@PLUGINFILE@@/"


def addresses_of(file: ItemFile) -> tuple[str, ...]:
    """Plain and percent-encoded, with and without Moodle's word for the file's own folder."""
    paths = dict.fromkeys((file.path, quote(file.path), file.path.replace(" ", "%20")))
    return tuple(f"{holder}{path}" for holder in (_HOLDER, "") for path in paths)
