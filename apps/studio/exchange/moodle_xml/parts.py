"""What the questions of a Moodle XML file share: texts, formats, files, and what gets lost."""

import base64
import binascii
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import quoteattr

from ..items import Item, ItemFile, ItemKind, TextFormat
from ..xml_safety import BLANKS, Element, inner_markup
from .formats import FORMATS, LABELS, reads_alike
from .sentences import Sentences

MAX_FILE_BYTES: Final = 8 * 1024 * 1024


@dataclass(slots=True)
class Question:
    """One `<question>` while it is read: its element, and what was noticed on the way."""

    element: Element
    stem_format: TextFormat = TextFormat.HTML
    problems: Sentences = field(default_factory=Sentences)
    files: dict[str, bytes] = field(default_factory=dict)

    def say(self, sentence: str) -> None:
        """Once, however often it happens."""
        self.problems.say(sentence)

    def value(self, tag: str, default: str = "") -> str:
        """The trimmed characters of a setting such as `<single>true</single>`."""
        element = self.element.find(tag)
        return default if element is None else text_within(element)

    def text(self, element: Element | None, called: str, *, formatted: bool = True) -> str:
        """The text of a part, its files taken along; a format that is not the stem's is told
        where that matters. `formatted` is False for texts that Moodle always shows as plain."""
        if element is None:
            return ""
        text = text_within(element)
        for each in element.all("file"):
            self._take(each)
        if formatted:
            own = self.format_of(element, self.stem_format)
            if not reads_alike(text, own, self.stem_format):
                self.say(
                    f"{called}의 글 형식({LABELS[own]})이 문제 글의 형식"
                    f"({LABELS[self.stem_format]})과 달라, 다르게 보일 수 있습니다."
                )
        return text

    def format_of(self, element: Element | None, default: TextFormat) -> TextFormat:
        """As Moodle reads it: a format that it does not know is HTML."""
        name = element.get("format").strip(BLANKS) if element is not None else ""
        if not name:
            return default
        if name not in FORMATS:
            self.say(f"모르는 글 형식입니다: {name[:40]}. HTML로 읽었습니다.")
        return FORMATS.get(name, TextFormat.HTML)

    def _take(self, element: Element) -> None:
        name = element.get("name").strip(BLANKS)
        path = f"{element.get('path').strip(BLANKS).strip('/')}/{name}".lstrip("/")
        if not name or ".." in path.split("/") or "\\" in path:
            self.say(f"그림 파일의 이름을 쓸 수 없어 가져오지 않습니다: {path[:80]}")
            return
        if element.get("encoding", "base64").strip(BLANKS).lower() != "base64":
            self.say(f"그림 파일의 인코딩을 모릅니다: {path[:80]}")
            return
        self.keep_file(path, element.own_text)

    def keep_file(self, path: str, encoded: str) -> None:
        """Decode and keep; what is broken, empty or too big is told instead."""
        try:
            data = base64.b64decode("".join(encoded.split()), validate=True)
        except (binascii.Error, ValueError):
            self.say(f"그림 파일의 자료(base64)가 깨져 있습니다: {path[:80]}")
            return
        if not data:
            self.say(f"그림 파일이 비어 있습니다: {path[:80]}")
        elif len(data) > MAX_FILE_BYTES:
            self.say(
                f"그림 파일이 {MAX_FILE_BYTES // 1024 // 1024}MB를 넘어 가져오지 않습니다: "
                f"{path[:80]}"
            )
        elif self.files.setdefault(path, data) != data:
            self.say(f"이름이 같고 내용이 다른 그림이 있어 첫 번째만 가져옵니다: {path[:80]}")

    def item(self, kind: ItemKind) -> Item:
        """What every kind has. To be called last: it takes the problems along."""
        files = tuple(ItemFile(path, self.files[path]) for path in sorted(self.files))
        return Item(
            line=self.element.line,
            kind=kind,
            title=self.value("name"),
            id=self.value("idnumber"),
            tags=self._tags(),
            stem_format=self.stem_format,
            files=files,
            problems=self.problems.all(),
        )

    def _tags(self) -> tuple[str, ...]:
        tags = (
            text_within(tag)
            for group in ("tags", "coursetags")
            for holder in self.element.all(group)
            for tag in holder.all("tag")
        )
        return tuple(dict.fromkeys(tag for tag in tags if tag))

    def stem(self) -> str:
        """The question's own text. Old files keep one picture beside it, which Moodle appends."""
        element = self.element.find("questiontext")
        self.stem_format = self.format_of(element, TextFormat.HTML)
        stem = self.text(element, "문제 글")
        name = self.value("image").replace("/", "_")
        encoded = self.value("image_base64")
        if name and encoded:
            self.keep_file(name, encoded)
            stem += f" <img src={quoteattr('@@PLUGINFILE@@/' + name)} />"
        elif name:
            self.say(f"그림이 파일에 들어 있지 않습니다: {name[:80]}")
        return stem


def text_within(element: Element) -> str:
    """The text of `<x><text>…</text></x>`, or of `<x>…</x>` as old files have it; trimmed of what
    XML calls blank, as Moodle trims it."""
    inner = element.find("text")
    if inner is not None:
        return inner_markup(inner).strip(BLANKS)
    return element.own_text.strip(BLANKS)


def is_empty(element: Element) -> bool:
    """Whether nothing would be lost with this element."""
    return not any(each.own_text.strip(BLANKS) for each in element.walk())
