"""What commands print for other programs."""

from django.core.management.base import OutputWrapper


def print_utf8(out: OutputWrapper, text: str) -> None:
    """As UTF-8 with the line ends of the text, whatever the terminal's own are."""
    # Half a pair of UTF-16 is in no file.
    data = text.encode(errors="replace")
    raw = getattr(out._out, "buffer", None)
    if raw is None:
        out.write(data.decode(), ending="")
        return
    out.flush()
    raw.write(data)
    raw.flush()
