"""What the kinds share whose answer is typed: {"text": …} from the field `answer`."""

from .base import Form, Json
from .texts import clean_answer, clean_line


def read_typed_line(form: Form, *, most: int) -> Json:
    """The last value of the field, on one line, cut to `most` characters."""
    sent = form.get("answer", ())
    text = clean_line(sent[-1], most=most) if sent else ""
    return {"text": text} if text else {}


def read_typed_text(form: Form, *, most: int) -> Json:
    """The same with its lines."""
    sent = form.get("answer", ())
    text = clean_answer(sent[-1], most=most) if sent else ""
    return {"text": text} if text else {}


def fill_typed(answer: Json) -> dict[str, list[str]]:
    return {"answer": [answer["text"]]} if answer else {}
