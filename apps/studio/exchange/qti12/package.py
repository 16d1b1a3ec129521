"""Read QTI 1.2: one XML file, or a package (zip) of several with their pictures."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import unquote

from ..archives import Archive, is_archive, open_archive
from ..items import FileProblem, Item, Reading, UnreadableError
from ..moodle_xml.sentences import MAX_ITEMS, told_of_file, too_many_items
from ..xml_safety import MAX_ELEMENTS, Element, parse_xml
from .feedback import empty
from .item import read_item
from .kinds import UnsupportedError
from .materials import FILE_BASE, Finder

_ROOT: Final = "questestinterop"
_ROOT_MARKS: Final = (_ROOT.encode(), _ROOT.encode("utf-16-le"))  # the latter in both orders
_MANIFEST: Final = "imsmanifest.xml"
_SETTINGS: Final = "assessment_meta.xml"
# Canvas writes a quiz twice: once as Common Cartridge allows, once with all that it knows.
_POORER: Final = "/assessment_qti.xml"
_RICHER: Final = "non_cc_assessments/{}.xml.qti"
_UNREAD: Final = frozenset({
    "presentation_material", "objectives", "rubric", "sectionfeedback", "assessfeedback",
    "sectionprecondition", "sectionpostcondition", "outcomes_processing",
})  # fmt: skip
_TITLED: Final = frozenset({"assessment", "section", "objectbank"})
MAX_PACKAGE_ELEMENTS: Final = 2 * MAX_ELEMENTS
_PICTURE_FOLDERS: Final = ("", "web_resources/", "Uploaded Media/")


@dataclass(slots=True)
class _Collected:
    items: list[Item] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    wanted: dict[str, int] = field(default_factory=dict)  # items referred to, with a line
    seen: dict[str, Item] = field(default_factory=dict)
    entries: int = 0  # items, read or not
    elements: int = 0  # of all documents

    def say(self, line: int, sentence: str, document: str) -> None:
        where = f"{document[:80]}: " if document else ""
        self.problems.append(FileProblem(line, where + sentence))


def read_qti12(data: bytes) -> Reading:
    """The items of a `<questestinterop>` file or of all such files in a package. What became no
    item is told with its line, in a package with the file's name. UnreadableError where the whole
    is refused."""
    collected = _Collected()
    if is_archive(data):
        _read_package(open_archive(data), collected)
    else:
        root = parse_xml(data)
        if root.tag != _ROOT:
            raise UnreadableError(_other_format(root.tag))
        _read_document(root, collected, None, "")
    known = {item.id for item in collected.items}
    for ident, line in collected.wanted.items():
        if ident not in known:
            collected.say(
                line, f"다른 파일의 문제를 가리키는데, 그 문제가 없습니다: {ident[:60]}", ""
            )
    if not collected.items and not collected.problems:
        collected.say(0, "파일에 문제가 하나도 없습니다.", "")
    return Reading(tuple(collected.items), told_of_file(collected.problems))


def _other_format(tag: str) -> str:
    if tag == "quiz":
        return "QTI 1.2가 아니라 Moodle XML로 보입니다. 형식을 Moodle XML로 골라 주십시오."
    if tag in ("assessmentItem", "assessmentTest"):
        return "QTI 2.x 파일입니다. QTI 1.2로 다시 내보내 주십시오."
    if tag == "manifest":
        return "꾸러미의 목차(imsmanifest.xml)만 올리셨습니다. zip 파일을 그대로 올려 주십시오."
    return f"QTI 1.2가 아닙니다. <{_ROOT}>로 시작해야 하는데 <{tag[:40]}> 표시로 시작합니다."


def _read_package(archive: Archive, collected: _Collected) -> None:
    documents = 0
    pictures: dict[str, bytes] = {}
    refused: UnreadableError | None = None
    two = False
    for name in _candidates(archive):
        data = archive.read(name)
        two = two or b"assessmentItem" in data or b"assessmentTest" in data
        if not any(mark in data for mark in _ROOT_MARKS):
            continue
        try:
            root = parse_xml(data)
        except UnreadableError as error:
            refused = refused or UnreadableError(f"{name[:80]}: {error}")
            collected.say(0, str(error), name)
            continue
        collected.elements += sum(1 for _ in root.walk())
        if collected.elements > MAX_PACKAGE_ELEMENTS:
            raise too_many_items()
        if root.tag == _ROOT:
            documents += 1
            _read_document(root, collected, _finder(archive, name, pictures), name)
    if not documents:
        if refused:
            raise refused
        raise UnreadableError(
            _other_format("assessmentItem")
            if two
            else "압축 파일 안에 QTI 1.2 문제(questestinterop)가 없습니다."
        )
    if any(name.endswith(_SETTINGS) for name in archive.names):
        collected.say(
            0,
            "퀴즈 설정(시간 제한, 응시 횟수, 섞기 등)은 가져오지 않습니다. "
            "퀴즈를 만들 때 정해 주십시오.",
            "",
        )


def _candidates(archive: Archive) -> Iterator[str]:
    """XML files that may hold questions: in the order of the manifest, then of the archive."""
    for name in dict.fromkeys([*_listed(archive), *archive.names]):
        last = name.rpartition("/")[2]
        if name not in archive or last in (_MANIFEST, _SETTINGS):
            continue
        if not last.lower().endswith((".xml", ".qti")):
            continue
        quiz = name.removesuffix(_POORER).rpartition("/")[2]
        if name.endswith(_POORER) and _RICHER.format(quiz) in archive:
            continue
        yield name


def _listed(archive: Archive) -> list[str]:
    """What the manifest lists. It only orders, so one that cannot be read is no loss."""
    if _MANIFEST not in archive:
        return []
    try:
        root = parse_xml(archive.read(_MANIFEST))
    except UnreadableError:
        return []
    return [unquote(each.get("href")) for each in root.walk() if each.tag == "file"]


def _finder(archive: Archive, document: str, found: dict[str, bytes]) -> Finder:
    """Looks in the usual folders and beside the document. `found` is shared by all documents: the
    archive counts every reading."""
    folder = document.rpartition("/")[0]

    def find(path: str) -> bytes | None:
        plain = path.removeprefix(FILE_BASE).removeprefix("./").lstrip("/")
        places = [f"{each}{plain}" for each in _PICTURE_FOLDERS]
        if folder:
            places.append(f"{folder}/{plain}")
        name = next((each for each in places if each in archive), None)
        if name is None:
            return None
        if name not in found:
            found[name] = archive.read(name)
        return found[name]

    return find


def _read_document(
    root: Element, collected: _Collected, find: Finder | None, document: str
) -> None:
    for element in _outside_items(root):
        if element.tag == "item":
            _read_one(element, collected, find, document)
        elif element.tag == "itemref":
            collected.wanted.setdefault(element.get("linkrefid"), element.line)
        elif element.tag == "selection_number":
            collected.say(
                element.line,
                "무작위로 뽑는 설정은 가져오지 않습니다. 묶음에 든 문제는 모두 읽습니다.",
                document,
            )
        elif element.tag == "sourcebank_ref":
            collected.say(
                element.line,
                "다른 문제 은행에서 뽑는 설정은 가져오지 않습니다: "
                f"{element.own_text.strip()[:60]}",
                document,
            )
        elif element.tag in _TITLED and (title := element.get("title").strip()):
            collected.say(
                element.line,
                f"묶음의 이름은 가져오지 않습니다: {title[:60]}. 퀴즈 이름이나 꼬리표로 "
                "적어 둘 수 있습니다.",
                document,
            )
        elif element.tag in _UNREAD and not empty(element):
            collected.say(element.line, f"읽지 않은 부분입니다: <{element.tag}>", document)


def _outside_items(element: Element) -> Iterator[Element]:
    for child in element.children:
        yield child
        if child.tag != "item" and child.tag not in _UNREAD:
            yield from _outside_items(child)


def _read_one(element: Element, collected: _Collected, find: Finder | None, document: str) -> None:
    collected.entries += 1
    if collected.entries > MAX_ITEMS:
        raise too_many_items()
    title = f" 문제 이름: {name[:80]}" if (name := element.get("title").strip()) else ""
    try:
        item = read_item(element, find)
    except UnsupportedError as error:
        collected.say(
            element.line, f"지원하지 않는 문제 유형이라 읽지 않았습니다: {error}.{title}", document
        )
        return
    same = replace(item, line=0)
    if item.id and collected.seen.get(item.id) == same:
        collected.say(
            element.line, f"똑같은 문제가 두 번 들어 있어 한 번만 읽었습니다.{title}", document
        )
        return
    collected.seen.setdefault(item.id, same)
    collected.items.append(item)
