"""QTI 1.2 of other programs than Canvas: flows, flow labels, `<or>` and `<not>`, scores of 1."""

from apps.studio.exchange.items import Item, ItemAnswer, ItemKind, TextFormat
from apps.studio.exchange.qti12 import read_qti12

_DECLARED = (
    '<outcomes><decvar varname="SCORE" vartype="Decimal" defaultval="0" minvalue="0" '
    'maxvalue="1"/></outcomes>'
)


def label(ident: str, text: str) -> str:
    return (
        f'<flow_label class="List"><response_label ident="{ident}" rshuffle="Yes"><material>'
        f'<mattext texttype="text/html" charset="utf-8"><![CDATA[{text}]]></mattext></material>'
        "</response_label></flow_label>"
    )


def rule(title: str, condition: str, action: str, score: str, shows: str) -> str:
    return (
        f'<respcondition title="{title}" continue="Yes"><conditionvar>{condition}</conditionvar>'
        f'<setvar varname="SCORE" action="{action}">{score}</setvar>'
        f'<displayfeedback feedbacktype="Response" linkrefid="{shows}"/></respcondition>'
    )


def equal(value: str) -> str:
    return f'<varequal respident="R" case="Yes">{value}</varequal>'


def read(response: str, rules: str, rest: str = "", kind: str = "") -> Item:
    source = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><questestinterop><assessment ident="A">'
        f'<section ident="S"><item ident="I1" title="제목"><itemmetadata><qmd_itemtype>{kind}'
        "</qmd_itemtype></itemmetadata><presentation><flow><material>"
        '<mattext texttype="text/html" charset="utf-8"><![CDATA[<p>물음</p>]]></mattext></material>'
        f"{response}</flow></presentation><resprocessing>{_DECLARED}{rules}</resprocessing>{rest}"
        "</item></section></assessment></questestinterop>"
    )
    reading = read_qti12(source.encode())
    assert reading.problems == ()
    return reading.items[0]


def test_several_choices_with_mastery_and_fail() -> None:
    response = (
        '<response_lid ident="R" rcardinality="Multiple" rtiming="No"><render_choice shuffle="Yes">'
        f"{label('A', '<b>가</b>')}{label('B', '나')}{label('C', '다')}"
        "</render_choice></response_lid>"
    )
    right = f"<and>{equal('A')}{equal('C')}<not>{equal('B')}</not></and>"
    item = read(
        response,
        rule("Mastery", right, "Set", "1", "Mastery")
        + rule("Fail", f"<not>{right}</not>", "Set", "0", "Fail"),
        '<itemfeedback ident="Fail"><material><mattext>틀렸습니다</mattext></material>'
        '</itemfeedback><itemfeedback ident="Mastery"/>',
    )

    assert (item.kind, item.title, item.stem_format) == (
        ItemKind.MULTIPLE,
        "제목",
        TextFormat.HTML,
    )
    assert [(each.text, each.weight) for each in item.choices] == [
        ("<b>가</b>", "50"),
        ("나", "0"),
        ("다", "50"),
    ]
    assert item.problems == ("조건에 따라 나오는 피드백은 옮기지 않습니다: Fail",)


def test_one_choice_where_the_others_fail() -> None:
    response = (
        '<response_lid ident="R" rcardinality="Single"><render_choice>'
        f"{label('A', '가')}{label('B', '나')}</render_choice></response_lid>"
    )
    item = read(
        response,
        rule("Mastery", equal("B"), "Set", "1", "Good")
        + rule("Fail", f"<not>{equal('B')}</not>", "Set", "0", ""),
        '<itemfeedback ident="Good"><material><mattext>좋아요</mattext></material></itemfeedback>',
    )

    assert [(each.weight, each.feedback) for each in item.choices] == [("0", ""), ("100", "좋아요")]


def test_numbers_in_a_range_and_texts() -> None:
    written = '<response_str ident="R" rcardinality="Single"><render_fib/></response_str>'
    number = read(
        written,
        rule(
            "m",
            '<vargte respident="R">9.5</vargte><varlte respident="R">10.5</varlte>',
            "Set",
            "1",
            "",
        ),
    )
    text = read(written, rule("m", f"<or>{equal('S3')}{equal('s3')}</or>", "Set", "1", ""))

    assert number.answers == (ItemAnswer(low="9.5", high="10.5"),)
    assert text.answers == (ItemAnswer("S3"), ItemAnswer("s3"))
    assert text.problems == ("대소문자를 구별하는 채점은 옮기지 않습니다.",)


def test_the_type_by_its_old_name() -> None:
    written = '<response_str ident="R"><render_fib rows="5"/></response_str>'
    chosen = (
        '<response_lid ident="R"><render_choice>'
        f"{label('A', 'Oui')}{label('B', 'Non')}</render_choice></response_lid>"
    )
    scored = rule("m", equal("A"), "Set", "1", "")

    assert read(written, "", kind="Essay").kind is ItemKind.ESSAY
    assert read(chosen, scored, kind="True/False").answer is True
