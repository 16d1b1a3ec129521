"""No file, however it was made, gets anything out of the readers but items or a refusal."""

import random
import re

import pytest

from apps.studio.exchange.items import Reading, UnreadableError
from apps.studio.exchange.moodle_xml import losses_moodle_xml, read_moodle_xml
from apps.studio.exchange.moodle_xml.sentences import MAX_ITEMS, MAX_PROBLEMS, MAX_SENTENCES
from apps.studio.exchange.qti12 import read_qti12

from .moodle_samples import EXPORT, answer, question
from .qti_samples import NUMBER, WRITTEN, choices, document, equal, feedback, item, right
from .test_archives import zipped

READERS = {"moodle": read_moodle_xml, "qti": read_qti12}


def _quiz(parts: str) -> bytes:
    return f"<quiz>{parts}</quiz>".encode()


def _qti(parts: str) -> bytes:
    return f"<questestinterop>{parts}</questestinterop>".encode()


NASTY = {
    "nothing": b"",
    "nul": b"\0" * 100,
    "only a mark": b"\xef\xbb\xbf",
    "half a UTF-16 letter": "<quiz/>".encode("utf-16")[:-1],
    "declared but not so": b"<?xml version='1.0' encoding='utf-16'?><quiz>\xb0\xa1</quiz>",
    "codec that unpacks": b"<?xml version='1.0' encoding='zip'?><quiz/>",
    "codec that is slow": b"<?xml version='1.0' encoding='idna'?><quiz/>",
    "endless declaration": b"<?xml " + b" " * 1_000_000,
    "billion laughs": b"<!DOCTYPE q [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><quiz>&b;</quiz>",
    "external entity": b"<!DOCTYPE q [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><quiz>&a;</quiz>",
    "parameter entity": b"<!DOCTYPE q [<!ENTITY % a SYSTEM 'http://127.0.0.1/'>%a;]><quiz/>",
    "deep": b"<quiz>" * 100_000,
    "deep in a text": _quiz(
        f"<question type='essay'><name>{'<b>' * 90}{'</b>' * 90}</name></question>"
    ),
    "deep conditions": document(
        item("multiple_choice_question", choices("a"), right("<not>" * 80 + "</not>" * 80))
    ),
    "no presentation": _qti("<item/><item ident='a'/>"),
    "labels without idents": _qti(
        "<item><presentation><response_lid><render_choice><response_label/><response_label/>"
        "</render_choice></response_lid></presentation></item>"
    ),
    "numbers beyond numbers": _quiz(
        question("numerical", *(answer(each, each) for each in ("1e999999", "NaN", "-inf")))
    ),
    "scores beyond numbers": document(
        item("multiple_choice_question", choices("a", "b"), right(equal("1"), score="1e999999"))
    ),
    "unclosed pictures": _quiz(question("essay", text="<![CDATA[" + "<img src=" * 100_000 + "]]>")),
    "unclosed pictures in QTI": document(
        item("essay_question", WRITTEN, stem="<![CDATA[" + '<img src="' * 100_000 + "]]>")
    ),
    "spaces in pictures": document(
        item("essay_question", WRITTEN, stem="<![CDATA[" + ("<img" + " " * 3000) * 300 + "]]>")
    ),
    "bomb": zipped({"a.xml": b"\0" * 5_000_000}),
    "zip in zip": zipped({"a.zip": zipped({"b.xml": b"<a/>"})}),
    "zip with nothing": zipped({}),
    "zip cut off": zipped({"a.xml": document()})[:-10],
    "zip of folders": zipped({"a/": b"", "b/": b""}),
    "manifest that is a quiz": zipped({"imsmanifest.xml": document(), "a.xml": document()}),
    "html": b"<!doctype html><html><body>quiz</body></html>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "json": b'{"quiz": []}',
    "png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
}  # fmt: skip


def _outcome(reader: str, source: bytes) -> Reading | str:
    """What was read, or the refusal's sentence."""
    try:
        return READERS[reader](source)
    except UnreadableError as refusal:
        return str(refusal)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", NASTY)
def test_a_refusal_or_a_reading_and_nothing_else(reader: str, name: str) -> None:
    reading = _outcome(reader, NASTY[name])
    if isinstance(reading, str):
        assert re.search("[가-힣]", reading)
    else:
        assert reading.items or reading.problems
        for read in reading.items:
            losses_moodle_xml(read)


@pytest.mark.parametrize("reader", READERS)
def test_more_items_than_anybody_has_are_refused(reader: str) -> None:
    many = {
        "moodle": _quiz("<question/>" * (MAX_ITEMS + 1)),
        "qti": _qti("<item/>" * (MAX_ITEMS + 1)),
    }
    with pytest.raises(UnreadableError, match="나누어"):
        READERS[reader](many[reader])


def test_a_hundred_thousand_things_to_tell_are_counted_quickly() -> None:
    unknown = "".join(f"<u{number}>x</u{number}>" for number in range(100_000))
    (read,) = read_moodle_xml(_quiz(f"<question type='essay'>{unknown}</question>")).items
    lost = read_qti12(_qti("".join(f"<itemref linkrefid='{n}'/>" for n in range(100_000))))

    assert len(read.problems) == MAX_SENTENCES + 1
    assert "더 있습니다" in read.problems[-1]
    assert len(lost.problems) == MAX_PROBLEMS + 1
    assert "99,000개" in lost.problems[-1].message


SAMPLES = {
    "moodle": [
        EXPORT,
        _quiz(
            question("truefalse", answer("true"), answer("false", "0"))
            + question("numerical", answer("1", extra="<tolerance>1</tolerance>"))
            + question("matching", "<subquestion><text>a</text><answer>b</answer></subquestion>")
        ).decode(),
    ],
    "qti": [
        document(
            item(
                "multiple_choice_question",
                choices("a", "b"),
                right(equal("1"), shows="1_fb"),
                feedback("1_fb", "x"),
            ),
            item("multiple_answers_question", choices("a", "b", cardinality="Multiple"),
                 right(f"<and>{equal('1')}<not>{equal('2')}</not></and>")),
            item("true_false_question", choices("True", "False"), right(equal("2"))),
            item("numerical_question", NUMBER, right(f"<or>{equal('3')}</or>")),
            item("matching_question", choices("x", "y"), right(equal("1"))),
            item("short_answer_question", WRITTEN, right(equal("a"), equal("b"))),
        ).decode()
    ],
}  # fmt: skip
ODD = (
    "",
    "NaN",
    "1e399",
    "-1e399",
    "true",
    "Multiple",
    "Ordered",
    "response1",
    "]]>",
    "\x01",
    "9" * 70,
)
TAGS = (
    "answer", "item", "varequal", "not", "and", "or", "text", "question", "setvar", "other",
    "response_lid", "file", "varsubset", "mattext", "matimage", "response_label", "fraction",
)  # fmt: skip


def _spoiled(source: str, chance: random.Random) -> str:
    """The same file with a few tags renamed, removed, doubled, or other values in them."""
    tokens = re.findall(r"<[^>]*>|[^<]+", source)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(tokens))
        match chance.randrange(5):
            case 0:
                tokens[place] = ""
            case 1:
                tokens.insert(place, chance.choice(tokens))
            case 2:
                tokens[place] = re.sub('"[^"]*"', f'"{chance.choice(ODD)}"', tokens[place], count=1)
            case 3 if not tokens[place].startswith("<"):
                tokens[place] = chance.choice(ODD)
            case _:
                name = re.match(r"<(\w+)", tokens[place])
                if name:
                    new = chance.choice(TAGS)
                    tokens = [re.sub(rf"^(</?){name[1]}\b", rf"\1{new}", each) for each in tokens]
    return "".join(tokens)


@pytest.mark.parametrize("reader", READERS)
def test_spoiled_files(reader: str) -> None:
    chance = random.Random(8)
    outcomes = [
        _outcome(reader, _spoiled(chance.choice(SAMPLES[reader]), chance).encode())
        for _ in range(300)
    ]
    readings = [each for each in outcomes if isinstance(each, Reading)]

    assert len(readings) > 50
    assert all(each.items or each.problems for each in readings)
