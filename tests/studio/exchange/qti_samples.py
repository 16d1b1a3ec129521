"""QTI 1.2 in the form in which Canvas exports it, with texts of our own."""

from apps.studio.exchange.items import Item
from apps.studio.exchange.qti12 import read_qti12

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.imsglobal.org/xsd/ims_qtiasiv1p2 '
    'http://www.imsglobal.org/xsd/ims_qtiasiv1p2p1.xsd">\n'
)


def document(*items: str, ident: str = "gquiz1") -> bytes:
    return (
        f'{HEAD}<assessment ident="{ident}">\n<qtimetadata><qtimetadatafield>'
        "<fieldlabel>cc_maxattempts</fieldlabel><fieldentry>1</fieldentry></qtimetadatafield>"
        f'</qtimetadata>\n<section ident="root_section">\n{"".join(items)}</section>\n'
        "</assessment>\n</questestinterop>\n"
    ).encode()


def item(
    kind: str,
    presentation: str,
    processing: str = "",
    rest: str = "",
    *,
    ident: str = "gitem1",
    stem: str = "&lt;div&gt;&lt;p&gt;물음&lt;/p&gt;&lt;/div&gt;",
    points: str = "1.0",
) -> str:
    return f"""<item ident="{ident}" title="Question">
<itemmetadata><qtimetadata>
<qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield>
<qtimetadatafield><fieldlabel>points_possible</fieldlabel><fieldentry>{points}</fieldentry></qtimetadatafield>
<qtimetadatafield><fieldlabel>original_answer_ids</fieldlabel><fieldentry>1,2</fieldentry></qtimetadatafield>
</qtimetadata></itemmetadata>
<presentation><material><mattext texttype="text/html">{stem}</mattext></material>
{presentation}</presentation>
<resprocessing><outcomes>
<decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/>
</outcomes>
{processing}</resprocessing>
{rest}</item>
"""


def choices(*texts: str, cardinality: str = "Single", ident: str = "response1") -> str:
    labels = "".join(
        f'<response_label ident="{place}"><material><mattext texttype="text/plain">{text}'
        "</mattext></material></response_label>"
        for place, text in enumerate(texts, 1)
    )
    return (
        f'<response_lid ident="{ident}" rcardinality="{cardinality}"><render_choice>{labels}'
        "</render_choice></response_lid>"
    )


def right(*conditions: str, score: str = "100", shows: str = "", goes_on: str = "No") -> str:
    shown = f'<displayfeedback feedbacktype="Response" linkrefid="{shows}"/>' if shows else ""
    scored = f'<setvar action="Set" varname="SCORE">{score}</setvar>' if score else ""
    return (
        f'<respcondition continue="{goes_on}"><conditionvar>{"".join(conditions)}</conditionvar>'
        f"{scored}{shown}</respcondition>\n"
    )


def equal(value: str, response: str = "response1") -> str:
    return f'<varequal respident="{response}">{value}</varequal>'


def feedback(ident: str, text: str) -> str:
    return (
        f'<itemfeedback ident="{ident}"><flow_mat><material><mattext texttype="text/html">{text}'
        "</mattext></material></flow_mat></itemfeedback>\n"
    )


WRITTEN = (
    '<response_str ident="response1" rcardinality="Single"><render_fib>'
    '<response_label ident="answer1" rshuffle="No"/></render_fib></response_str>'
)
NUMBER = (
    '<response_str ident="response1" rcardinality="Single"><render_fib fibtype="Decimal">'
    '<response_label ident="answer1"/></render_fib></response_str>'
)
OTHER = "<other/>"


def one(source: str) -> Item:
    reading = read_qti12(document(source))
    assert not reading.problems
    (read,) = reading.items
    return read


def told(read: Item, words: str) -> bool:
    return any(words in problem for problem in read.problems)


def bare(presentation: str, processing: str = "", rest: str = "") -> Item:
    """An item of a program that writes no metadata."""
    return one(
        f'<item ident="i" title="t"><presentation>{presentation}</presentation>'
        f"<resprocessing>{processing}</resprocessing>{rest}</item>"
    )


def plain(text: str) -> str:
    return f"<material><mattext>{text}</mattext></material>"
