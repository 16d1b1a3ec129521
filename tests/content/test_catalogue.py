"""Content folders become one catalogue, or a list of everything that is wrong with them."""

import re
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from apps.content.catalogue import Catalogue, read_catalogue, source_digest
from apps.lessons.embeds import known_embeds

COURSE = Path(settings.BASE_DIR) / "content"

UNITS = """\
[[unit]]
slug = "storage"
title = "스토리지"
summary = "저장하는 법입니다."
lessons = ["s3", "efs"]
"""
FRONT = """\
id = "{uuid}"
slug = "{slug}"
title = "AWS {slug}"
short_title = "{slug}"
summary = "한 문장입니다."
minutes = 3
objectives = ["첫째를 설명할 수 있습니다.", "둘째를 설명할 수 있습니다."]
"""
BODY = '첫 글입니다.\n\n### 제목 {#title}\n둘째 글입니다.\n\n::diagram{name="sample"}\n'
ERRATUM = """\
[[erratum]]
id = "one"
lesson = "s3"
section = "title"
quote = "둘째 글입니다."
kind = "wrong"
severity = "high"
confidence = "high"
correction = "바로잡습니다."
why = "Because."

[[erratum.source]]
title = "Guide"
url = "https://docs.example/"
as_of = "2023-06-15"
third_party = false
seen = "copy"
"""
SVG = '<svg viewBox="0 0 720 100" class="diagram-svg"><text class="d-text" x="1">글</text></svg>'
DIAGRAM = 'title = "그림"\ndescription = "설명입니다."\ncaption = "한 줄입니다."\n'
UUIDS = {
    "s3": "11111111-1111-4111-8111-111111111111",
    "efs": "22222222-2222-4222-8222-222222222222",
    "more": "33333333-3333-4333-8333-333333333333",
}


def lesson(slug: str, *, body: str = BODY, front: str = "", uuid: str = "") -> str:
    values = FRONT.format(uuid=uuid or UUIDS[slug], slug=slug)
    return f"+++\n{values}{front}+++\n\n{body}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small, correct content folder."""
    root = tmp_path / "content"
    write(root / "course.toml", UNITS)
    write(root / "lessons/01-s3.md", lesson("s3"))
    write(root / "lessons/02-efs.md", lesson("efs"))
    write(root / "errata.toml", ERRATUM)
    write(root / "diagrams/sample.toml", DIAGRAM)
    write(root / "diagrams/sample.wide.svg", SVG)
    write(root / "diagrams/sample.narrow.svg", SVG)
    return root


def write(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    write(path, text.replace(old, new))


def catalogue(*folders: Path) -> Catalogue:
    reading = read_catalogue(folders, embeds=known_embeds())
    assert reading.problems == ()
    assert reading.catalogue is not None
    return reading.catalogue


def problems(*folders: Path) -> list[str]:
    reading = read_catalogue(folders)
    assert reading.catalogue is None or not reading.problems
    return [str(problem) for problem in reading.problems]


def the_problem(folder: Path) -> str:
    found = problems(folder)
    assert len(found) == 1, found
    return found[0]


def test_a_catalogue_has_units_and_lessons_in_the_order_of_the_course(folder: Path) -> None:
    change(folder / "course.toml", '["s3", "efs"]', '["efs", "s3"]')
    found = catalogue(folder)
    assert [(unit.slug, unit.title, unit.position) for unit in found.units] == [
        ("storage", "스토리지", 1)
    ]
    assert [(one.slug, one.unit, one.position) for one in found.lessons] == [
        ("efs", "storage", 1),
        ("s3", "storage", 2),
    ]
    assert found.lessons[1].uuid == UUID(UUIDS["s3"])
    assert found.lessons[1].objectives[1] == "둘째를 설명할 수 있습니다."


def test_a_lesson_has_blocks_contents_and_numbered_corrections(folder: Path) -> None:
    s3 = catalogue(folder).lessons[0]
    assert [block.kind for block in s3.blocks] == ["html", "diagram"]
    assert [asdict(entry) for entry in s3.toc] == [{"id": "title", "title": "제목", "level": 2}]
    assert [(erratum.id, erratum.number) for erratum in s3.errata] == [("one", 1)]
    assert s3.errata[0].sources[0].as_of == "2023-06-15"
    assert 'id="note-one"' in s3.blocks[0].html


def test_a_diagram_becomes_a_figure_with_both_drawings_and_its_words(folder: Path) -> None:
    html = catalogue(folder).lessons[0].blocks[1].html
    assert html.startswith('<figure class="diagram" id="diagram-sample" data-overlay="">')
    for variant, letter in (("wide", "w"), ("narrow", "n")):
        prefix = f"d-sample-{letter}"
        assert (
            f'<svg class="diagram-svg diagram-svg--{variant}" role="img" '
            f'aria-labelledby="{prefix}-t {prefix}-d" viewBox="0 0 720 100">'
            f'<title id="{prefix}-t">그림</title><desc id="{prefix}-d">설명입니다.</desc>'
        ) in html
    assert html.endswith("<figcaption>한 줄입니다.</figcaption></figure>")


def test_reading_twice_gives_the_same_digests(folder: Path) -> None:
    first, second = catalogue(folder), catalogue(folder)
    assert first == second
    assert len({one.digest for one in first.lessons}) == 2


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("lessons/01-s3.md", "첫 글", "딴 글"),
        ("lessons/01-s3.md", "minutes = 3", "minutes = 4"),
        ("errata.toml", "바로잡습니다.", "다시 바로잡습니다."),
        ("diagrams/sample.narrow.svg", "글", "말"),
    ],
)
def test_a_digest_changes_with_everything_that_is_shown(
    folder: Path, name: str, old: str, new: str
) -> None:
    before = catalogue(folder)
    stamp = source_digest([folder])
    change(folder / name, old, new)
    after = catalogue(folder)
    assert before.lessons[0].digest != after.lessons[0].digest
    assert before.digest != after.digest
    assert source_digest([folder]) != stamp


def test_a_source_digest_knows_the_embeds_and_the_order_of_folders(folder: Path) -> None:
    other = folder.parent / "other"
    write(other / "course.toml", UNITS)
    stamps = {
        source_digest([folder]),
        source_digest([folder], embeds={"widget": {"x": frozenset()}}),
        source_digest([folder, other]),
        source_digest([other, folder]),
    }
    assert len(stamps) == 4
    assert source_digest([folder]) == source_digest([folder], embeds={})


def test_windows_files_are_read_like_any_other(folder: Path) -> None:
    before = catalogue(folder)
    for path in [*folder.glob("*.toml"), *folder.glob("lessons/*.md")]:
        write(path, b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert catalogue(folder) == before


def test_a_second_folder_adds_lessons_and_corrections(folder: Path) -> None:
    other = folder.parent / "more"
    write(other / "lessons/01-more.md", lesson("more", front='unit = "storage"\n'))
    write(
        other / "errata.toml",
        ERRATUM.replace('"one"', '"two"')
        .replace('"s3"', '"more"')
        .replace("둘째", "첫")
        .replace('"title"', '""', 1),
    )
    found = catalogue(folder, other)
    assert [one.slug for one in found.lessons] == ["s3", "efs", "more"]
    assert found.lessons[2].position == 3
    assert [erratum.id for erratum in found.lessons[2].errata] == ["two"]


def test_a_second_folder_adds_units(folder: Path) -> None:
    other = folder.parent / "more"
    unit = UNITS.replace('"storage"', '"extra"').replace('["s3", "efs"]', '["more"]')
    write(other / "course.toml", unit)
    write(other / "lessons/01-more.md", lesson("more"))
    assert [unit.slug for unit in catalogue(folder, other).units] == ["storage", "extra"]


def test_folders_that_claim_the_same_names_are_a_problem(folder: Path) -> None:
    other = folder.parent / "more"
    for path in sorted(folder.rglob("*.*")):
        write(other / path.relative_to(folder), path.read_bytes())
    found = "\n".join(problems(folder, other))
    assert "more/lessons/01-s3.md:3: content/lessons/01-s3.md 파일과 slug가 같습니다" in found
    assert "more/lessons/01-s3.md:2: content/lessons/01-s3.md 파일과 id가 같습니다" in found
    assert "more/course.toml:2: 단원: “storage” 단원이 이미 있습니다" in found
    assert "more/errata.toml:1: 정정 one: 같은 id가 content/errata.toml 1번째 줄에도" in found
    assert "more/diagrams/sample.toml:1: 다른 폴더에 “sample” 그림이 이미 있습니다" in found


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    assert problems(tmp_path / "nowhere") == [
        "nowhere:1: 콘텐츠 폴더가 없습니다. 폴더의 이름과 위치를 확인하십시오."
    ]


def test_no_folder_at_all_is_a_problem() -> None:
    assert len(problems()) == 1


def test_a_missing_course_file_is_a_problem(folder: Path) -> None:
    (folder / "course.toml").unlink()
    assert problems(folder)[0].startswith("content/course.toml:1: 파일이 없습니다.")


# (change in 01-s3.md, line, what is said); line 2 is the first of the front matter, 10 the body's.
FRONT_MISTAKES = [
    ('id = "11111111-1111-4111-8111-111111111111"', 'id = "11"', 2, "UUID가 아닙니다"),
    ('id = "11111111-1111-4111-8111-111111111111"\n', "", 2, "id 항목이 없습니다"),
    ('slug = "s3"', 'slug = "S3"', 3, "slug 항목에 쓸 수 없습니다"),
    ('slug = "s3"', 'slug = "ebs"', 3, "두 이름이 다릅니다"),
    ('title = "AWS s3"', "title = 3", 4, "따옴표로 묶은 글"),
    ('title = "AWS s3"', 'title = " "', 4, "비어 있습니다"),
    ('summary = "한 문장입니다."', 'summary = "한\\n둘"', 6, "한 줄로"),
    ("minutes = 3", "minutes = 0", 7, "1–60 사이"),
    ("minutes = 3", "minutes = 61", 7, "1–60 사이"),
    ("minutes = 3", "minutes = true", 7, "1–60 사이"),
    ("minutes = 3", 'minutes = "3"', 7, "1–60 사이"),
    ("minutes = 3", "minutes = 3\nmintues = 3", 8, "mintues 항목은 쓰지 않습니다"),
    ("둘째를 설명", "첫째를 설명", 8, "두 번 있습니다"),
    ('objectives = ["첫', 'objectives = "첫째"\nx = ["첫', 8, "글의 목록"),
    ("한 문장입니다.", "가" * 301, 6, "summary 값은 300자까지 쓸 수 있습니다. 지금은 301자"),
    ("AWS s3", "s" * 201, 4, "200자까지"),
    ('short_title = "', 'short_title = "' + "s" * 59, 5, "60자까지"),
    ("한 문장", "한\\u0000문장", 6, "NUL 문자"),
    ("첫째를 설명", "첫째\\u0000를 설명", 8, "NUL 문자"),
    ("minutes = 3", "minutes = ", 7, "TOML 문법"),
    ("+++\nid", "글\nid", 1, "첫 줄은 +++"),
    ("+++\n\n첫", "첫", 1, "닫는 +++"),
    ("minutes = 3", 'minutes = 3\nunit = "nowhere"', 8, "다른 단원에 두었습니다"),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), FRONT_MISTAKES)
def test_a_mistake_in_the_front_matter_is_told_with_its_line(
    folder: Path, old: str, new: str, line: int, said: str
) -> None:
    change(folder / "lessons/01-s3.md", old, new)
    found = [text for text in problems(folder) if text.startswith("content/lessons/01-s3.md")]
    assert any(
        text.startswith(f"content/lessons/01-s3.md:{line}: ") and said in text for text in found
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [("minutes = 3", "minutes = "), ('id = "11111111-1111-4111-8111-111111111111"\n', "")],
)
def test_a_lesson_that_cannot_be_read_is_not_said_to_be_missing(
    folder: Path, old: str, new: str
) -> None:
    change(folder / "lessons/01-s3.md", old, new)
    assert the_problem(folder).startswith("content/lessons/01-s3.md:")


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"+++\n\xff\n+++\n", 2, "UTF-8"),
        ("+++\nid = 'x'\n".encode("utf-16"), 1, "UTF-8"),
        ("글\n\u1100\u1161\n".encode(), 2, "NFC"),
        (b"+++\n\n\0\n+++\n", 3, "NUL"),
        (b"", 1, "+++"),
    ],
)
def test_a_file_that_is_no_text_is_a_problem(
    folder: Path, data: bytes, line: int, said: str
) -> None:
    write(folder / "lessons/01-s3.md", data)
    found = [text for text in problems(folder) if said in text]
    assert [text.split(" ")[0] for text in found] == [f"content/lessons/01-s3.md:{line}:"]


def test_a_problem_in_the_body_has_the_line_of_the_file(folder: Path) -> None:
    change(folder / "lessons/01-s3.md", "::diagram{name=", "::diagram{nom=")
    lines = (folder / "lessons/01-s3.md").read_text(encoding="utf-8").split("\n")
    line = next(i for i, text in enumerate(lines, 1) if "::diagram" in text)
    assert the_problem(folder).startswith(f"content/lessons/01-s3.md:{line}: ")


def test_an_empty_body_is_a_problem(folder: Path) -> None:
    write(folder / "lessons/02-efs.md", lesson("efs", body="\n"))
    assert "본문이 비어 있습니다" in the_problem(folder)


def test_a_file_name_must_begin_with_a_number(folder: Path) -> None:
    (folder / "lessons/02-efs.md").rename(folder / "lessons/efs.md")
    assert the_problem(folder) == (
        "content/lessons/efs.md:1: “efs.md” 파일의 이름을 01-slug.md 모양으로 바꾸십시오."
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"efs"]', '"efs", "s3"]', "두 번 있습니다"),
        ('"efs"]', '"efs", "ebs"]', "“ebs” 레슨의 파일이 없습니다"),
        (', "efs"]', "]", "“efs” 레슨이 어느 단원에도 없습니다"),
        ('slug = "storage"', 'slug = "저장"', "slug 항목에 쓸 수 없습니다"),
        ('title = "스토리지"\n', "", "title 항목이 없습니다"),
        ('title = "스토리지"', 'title = "스토리지"\nicon = "x"', "icon 항목은 쓰지 않습니다"),
        ("[[unit]]", "[[units]]", "단원이 없습니다"),
    ],
)
def test_a_mistake_in_the_course_is_a_problem(folder: Path, old: str, new: str, said: str) -> None:
    change(folder / "course.toml", old, new)
    assert any(said in text for text in problems(folder))


def test_a_lesson_in_two_units_is_a_problem(folder: Path) -> None:
    text = UNITS + UNITS.replace('"storage"', '"again"').replace('"s3", ', "")
    write(folder / "course.toml", text)
    assert the_problem(folder).startswith("content/course.toml:10: “efs” 레슨을 두 번 적었습니다")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('lesson = "s3"', 'lesson = "ebs"', 1, "“ebs” 레슨이 없습니다"),
        ('section = "title"', 'section = "other"', 1, "#other 제목이 없습니다"),
        ('section = "title"\n', "", 1, "section이 없습니다"),
        ('quote = "둘째 글입니다."', 'quote = "셋째"', 1, "찾을 수 없습니다"),
        ('quote = "둘째 글입니다."', 'quote = "둘"\nqoute = "x"', 6, "qoute 항목은"),
        ('kind = "wrong"', 'kind = "bad"', 6, "“bad” 대신 wrong, outdated"),
        ('severity = "high"', 'severity = "urgent"', 7, "“urgent” 대신 high"),
        ('confidence = "high"', 'confidence = "low"', 8, "“low” 대신 high, medium"),
        ('id = "one"', 'id = "One!"', 2, "id 항목에 쓸 수 없습니다"),
        ('id = "one"', f'id = "{"x" * 101}"', 2, "100자까지"),
        ('section = "title"', f'section = "{"x" * 81}"', 4, "80자까지"),
        ('url = "https://docs.example/"', 'url = "javascript:x"', 14, "https://로 시작"),
        ('title = "Guide"\n', "", 12, "title 항목이 없습니다"),
        ("third_party = false", 'third_party = "no"', 16, "true 또는 false"),
        ("[[erratum.source]]", "[[erratum.sources]]", 1, "출처가 없습니다"),
        ("[[erratum]]", "[[errata]]", 1, "errata 항목은 쓰지 않습니다"),
        ('quote = "', "quote = ", 5, "TOML 문법"),
    ],
)
def test_a_mistake_in_the_corrections_is_told_with_its_line(
    folder: Path, old: str, new: str, line: int, said: str
) -> None:
    if old == "[[erratum]]":
        write(folder / "errata.toml", "[[errata]]\nid = 'x'\n")
    else:
        change(folder / "errata.toml", old, new)
    found = problems(folder)
    assert any(text.startswith(f"content/errata.toml:{line}: ") and said in text for text in found)


SVG_MISTAKES = [
    ("<text", "<script>alert(1)</script><text", "<script> 요소는"),
    ("<text", "<style>a{}</style><text", "<style> 요소는"),
    ("<text", "<foreignObject/><text", "<foreignObject> 요소는"),
    ("<text", '<image href="https://evil.example/x.png"/><text', "<image> 요소는"),
    ("<text", '<use href="https://evil.example/x.svg#a"/><text', "그림 밖을 가리킵니다"),
    ("<text", '<use href="#nothing"/><text', "가리키는 것이 없습니다"),
    ("<text", '<path onclick="alert(1)"/><text', "onclick 속성은"),
    ("<text", '<path style="fill:red"/><text', "style 속성은"),
    ("<text", '<path fill="#ff0000"/><text', "class로 정하십시오"),
    ("<text", '<path fill="url(https://evil.example/x)"/><text', "class로 정하십시오"),
    ("<text", '<path d="M0 0" mask="url(//evil.example/x)"/><text', "그림 밖을 가리킵니다"),
    ("<text", '<g id="a"/><text', "앞에 d-sample-w-"),
    ("<text", '<g id="d-sample-w-t"/><text', "제목과 설명에 씁니다"),
    ("<text", '<g id="d-sample-w-a"/><g id="d-sample-w-a"/><text', "두 번 있습니다"),
    ("<text", '<p xmlns="http://www.w3.org/1999/xhtml">x</p><text', "p 요소"),
    ("<svg ", '<svg width="720" ', "width 속성을 지우십시오"),
    ('viewBox="0 0 720 100"', "", "viewBox"),
    ("<svg", "<!DOCTYPE svg><svg", "<!DOCTYPE"),
    ("</svg>", "", "올바른 XML이 아닙니다"),
]


@pytest.mark.parametrize(("old", "new", "said"), SVG_MISTAKES)
def test_a_drawing_that_could_do_harm_is_refused(
    folder: Path, old: str, new: str, said: str
) -> None:
    change(folder / "diagrams/sample.wide.svg", old, new)
    found = problems(folder)
    assert all(text.startswith("content/diagrams/sample.wide.svg:1: ") for text in found)
    assert any(said in text for text in found)


def test_a_drawing_may_refer_to_its_own_parts(folder: Path) -> None:
    parts = (
        '<defs><marker id="d-sample-w-a"><path d="M0 0"/></marker></defs>'
        '<path d="M0 0" marker-end="url(#d-sample-w-a)" fill="none" stroke="currentColor"/><text'
    )
    change(folder / "diagrams/sample.wide.svg", "<text", parts)
    assert 'marker-end="url(#d-sample-w-a)"' in catalogue(folder).lessons[0].blocks[1].html


@pytest.mark.parametrize("name", ["sample.wide.svg", "sample.narrow.svg", "sample.toml"])
def test_a_diagram_needs_all_three_files(folder: Path, name: str) -> None:
    (folder / "diagrams" / name).unlink()
    assert any(name in text and "없습니다" in text for text in problems(folder))


def test_all_problems_of_all_files_are_told_at_once_in_order(folder: Path) -> None:
    change(folder / "lessons/01-s3.md", "minutes = 3", "minutes = 99")
    change(folder / "lessons/02-efs.md", "{#title}", "")
    change(folder / "errata.toml", "둘째", "셋째")
    change(folder / "diagrams/sample.toml", "caption", "captoin")
    found = problems(folder)
    files = [text.split(":")[0].removeprefix("content/") for text in found]
    assert set(files) == {
        "lessons/01-s3.md",
        "lessons/02-efs.md",
        "errata.toml",
        "diagrams/sample.toml",
    }
    assert files == sorted(files)


def test_a_lesson_that_no_unit_lists_is_checked_all_the_same(folder: Path) -> None:
    write(folder / "lessons/03-more.md", lesson("more", body="### 제목\n"))
    found = problems(folder)
    assert any("어느 단원에도" in text for text in found)
    assert any("id가 없습니다" in text for text in found)


def test_the_course_is_free_of_problems_and_complete() -> None:
    found = catalogue(COURSE)
    assert (len(found.units), len(found.lessons)) == (6, 14)
    errata = [erratum for one in found.lessons for erratum in one.errata]
    assert len(errata) == len({erratum.id for erratum in errata}) == 103
    diagrams = [b.name for one in found.lessons for b in one.blocks if b.kind == "diagram"]
    assert len(diagrams) == len(set(diagrams)) == 5


def test_no_lesson_page_asks_another_site_for_anything() -> None:
    for one in catalogue(COURSE).lessons:
        html = "".join(block.html for block in one.blocks)
        assert "<img" not in html
        assert "url(http" not in html
        assert "style=" not in html


def test_ids_are_unique_on_every_lesson_page() -> None:
    for one in catalogue(COURSE).lessons:
        ids = re.findall(r'\sid="([^"]*)"', "".join(block.html for block in one.blocks))
        assert len(ids) == len(set(ids)), one.slug
