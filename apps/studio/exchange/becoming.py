"""From an item of a file to a question of this site, telling everything that is lost on the way."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from apps.kernel.documents import Findings
from apps.quizzes.domain.reading import read_question
from apps.studio.exchange.becoming_answers import become_numeric, become_short_text
from apps.studio.exchange.becoming_choices import become_choices
from apps.studio.exchange.entries import Entry, Options, Told, told_problem
from apps.studio.exchange.items import Item, ItemKind, Json, TextFormat
from apps.studio.exchange.markup import pictures_of, to_markdown
from apps.studio.exchange.naming import clean_line, clean_title, tags_within
from apps.studio.exchange.pictures import addresses_of

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")
_ROOTS = frozenset({"", "top", "$course$", "$system$", "$module$", "$cat1$"})
# A doubled slash is a slash within a name.
_SLASH = re.compile(r"(?<!/)/(?!/)")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(slots=True)
class Texts:
    """Converts the texts of one item and remembers what they lost."""

    text_format: TextFormat
    told: Told = field(default_factory=Told)

    def markdown(self, text: str) -> str:
        marked = to_markdown(self.visible(text), self.text_format)
        self.told.say(*marked.problems)
        return marked.text

    def visible(self, text: str) -> str:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        clean = _INVISIBLE.sub("", text)
        if clean != text:
            self.told.say("보이지 않는 제어 문자를 뺐습니다.")
        return clean


def become(items: Iterable[Item], options: Options) -> Iterator[Entry]:
    """Every item of a file in order: what it becomes under the category that stands before it."""
    category = ""
    for item in items:
        if item.kind is ItemKind.CATEGORY:
            category = category_name(item.stem)
            yield Entry(item, problems=item.problems)
        else:
            yield become_one(item, options, category)


def category_name(path: str) -> str:
    """The last part of a category's path: `$course$/top/VPC/서브넷` is 서브넷."""
    parts = [part.replace("//", "/").strip() for part in _SLASH.split(path)]
    named = [part for part in parts if part.lower() not in _ROOTS]
    return named[-1] if named else ""


def become_one(item: Item, options: Options, category: str = "") -> Entry:
    """One item. What it becomes may be wrong: then `faults` say what has to be done first."""
    texts = Texts(item.stem_format)
    texts.told.say(*item.problems)
    if item.kind is ItemKind.DESCRIPTION:
        texts.told.say("물음이 없는 글이라 문제가 되지 않습니다.")
        return Entry(item, problems=tuple(texts.told.sentences))
    document: Json = {
        "kind": item.kind.value,
        "topic": options.topic,
        "level": options.level,
        "difficulty": options.difficulty,
        "stem": texts.markdown(item.stem),
        **_parts(item, texts),
    }
    if explanation := texts.markdown(item.general_feedback):
        document["explanation"] = explanation
    _tell_pictures(item, document, texts.told)
    title, tags = _named(item, options, category, texts.told)
    faults = faults_of(document)
    texts.told.say(*faults)
    return Entry(item, document, title, tags, options.pool, tuple(texts.told.sentences), faults)


def faults_of(document: Json) -> tuple[str, ...]:
    """Why the document is no question yet, as sentences; empty where it is one."""
    findings = Findings()
    read_question(document, findings, strict=False)
    return tuple(told_problem(problem) for problem in findings.problems())


def _parts(item: Item, texts: Texts) -> Json:
    match item.kind:
        case ItemKind.SINGLE | ItemKind.MULTIPLE:
            return become_choices(item, texts.markdown, texts.told)
        case ItemKind.TRUE_FALSE:
            return _true_false(item, texts)
        case ItemKind.SHORT_TEXT:
            return become_short_text(item, texts.visible, texts.markdown, texts.told)
        case ItemKind.NUMERIC:
            return become_numeric(item, texts.told)
        case ItemKind.MATCHING:
            return _matching(item, texts)
        case _:
            return {}


def _true_false(item: Item, texts: Texts) -> Json:
    parts: Json = {} if item.answer is None else {"answer": item.answer}
    for name, text in (
        ("feedback_true", item.feedback_true),
        ("feedback_false", item.feedback_false),
    ):
        if feedback := texts.markdown(text):
            parts[name] = feedback
    return parts


def _matching(item: Item, texts: Texts) -> Json:
    pairs = [(texts.markdown(left), texts.markdown(right)) for left, right in item.pairs]
    rights = {_same(right) for left, right in pairs if left}
    extra = [right for left, right in pairs if not left and right and _same(right) not in rights]
    parts: Json = {"pair": [{"left": left, "right": right} for left, right in pairs if left]}
    if extra:
        parts["extra"] = list({_same(right): right for right in extra}.values())
    return parts


def _same(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _tell_pictures(item: Item, document: Json, told: Told) -> None:
    known = {address for file in item.files for address in addresses_of(file)}
    for text in texts_of(document):
        for _, address in pictures_of(text):
            if address not in known and not address.startswith(("/static/", "/media/")):
                told.say("글에 있는 그림 가운데 파일에 들어 있지 않은 것은 보이지 않습니다.")


def texts_of(value: object) -> Iterator[str]:
    """Every text of a document; documents are shallow."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each)


def _named(item: Item, options: Options, category: str, told: Told) -> tuple[str, tuple[str, ...]]:
    title, identity = clean_line(item.title), clean_line(item.id)
    if _UUID.fullmatch(identity):
        identity = ""
    if not title:
        title, identity = identity, ""
    wanted = (*item.tags, category, identity, *options.tags)
    return clean_title(title, told.sentences), tags_within(wanted, told.sentences)
