"""Moodle XML as Moodle exports it, and its parts, with texts of our own."""

import base64

from apps.studio.exchange.items import Item, Reading
from apps.studio.exchange.moodle_xml import read_moodle_xml

PICTURE = base64.b64encode(b"\x89PNG picture").decode()


def read(*questions: str) -> Reading:
    return read_moodle_xml(f"<quiz>\n{''.join(questions)}\n</quiz>".encode())


def one(question: str) -> Item:
    reading = read(question)
    assert not reading.problems
    (item,) = reading.items
    return item


def question(kind: str, *parts: str, text: str = "물음", format: str = "html") -> str:  # noqa: A002
    return (
        f'<question type="{kind}"><name><text>이름</text></name>'
        f'<questiontext format="{format}"><text>{text}</text></questiontext>'
        f"<generalfeedback format='{format}'><text>풀이</text></generalfeedback>"
        f"<defaultgrade>1.0000000</defaultgrade><hidden>0</hidden><idnumber>q7</idnumber>"
        f"{''.join(parts)}</question>"
    )


def answer(text: str, fraction: str = "100", feedback: str = "", extra: str = "") -> str:
    return (
        f'<answer fraction="{fraction}" format="html"><text>{text}</text>'
        f'<feedback format="html"><text>{feedback}</text></feedback>{extra}</answer>'
    )


def told(item: Item, words: str) -> bool:
    return any(words in problem for problem in item.problems)


EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<!-- question: 0  -->
  <question type="category">
    <category>
      <text>$course$/top/1주차/네트워크</text>
    </category>
    <info format="moodle_auto_format">
      <text></text>
    </info>
    <idnumber></idnumber>
  </question>

<!-- question: 481  -->
  <question type="multichoice">
    <name>
      <text>서브넷</text>
    </name>
    <questiontext format="html">
      <text><![CDATA[<p>서브넷은 <b>어디</b>에 속합니까?<br></p>]]></text>
    </questiontext>
    <generalfeedback format="html">
      <text><![CDATA[<p>한 가용 영역에 속합니다.</p>]]></text>
    </generalfeedback>
    <defaultgrade>1.0000000</defaultgrade>
    <penalty>0.3333333</penalty>
    <hidden>0</hidden>
    <idnumber>net-01</idnumber>
    <single>true</single>
    <shuffleanswers>true</shuffleanswers>
    <answernumbering>abc</answernumbering>
    <showstandardinstruction>0</showstandardinstruction>
    <correctfeedback format="html">
      <text>Your answer is correct.</text>
    </correctfeedback>
    <partiallycorrectfeedback format="html">
      <text>Your answer is partially correct.</text>
    </partiallycorrectfeedback>
    <incorrectfeedback format="html">
      <text>Your answer is incorrect.</text>
    </incorrectfeedback>
    <shownumcorrect/>
    <answer fraction="100" format="html">
      <text><![CDATA[<p>가용 영역 하나</p>]]></text>
      <feedback format="html">
        <text>맞습니다.</text>
      </feedback>
    </answer>
    <answer fraction="0" format="html">
      <text><![CDATA[<p>리전 전체 &amp; 그 밖</p>]]></text>
      <feedback format="html">
        <text></text>
      </feedback>
    </answer>
    <tags>
      <tag><text>네트워크</text>
</tag>
      <tag><text>VPC</text>
</tag>
    </tags>
  </question>
</quiz>"""
