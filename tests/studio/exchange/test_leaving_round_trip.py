"""import(export(x)) = x: question → item → text of a file → item → document → question."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from apps.kernel.documents import Findings
from apps.quizzes.domain.reading import read_question
from apps.quizzes.domain.spec import QuestionSpec
from apps.studio.exchange.entries import Options
from apps.studio.exchange.leaving import Outgoing
from apps.studio.exchange.read import Format, read_file
from apps.studio.exchange.write import ExportFormat, write_file
from tests.studio.exchange.specs import CARRIED, specs

CHEAP = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
UUID = "3f0c1f0c-6c1a-4d5e-9a57-0d4a2c1d7a01"


def back(text: str, file_format: Format) -> list[QuestionSpec | None]:
    reading = read_file(text.encode(), file_format, Options())
    return [
        read_question(entry.document, Findings(), strict=False)
        for entry in reading.entries
        if entry.document is not None
    ]


@pytest.mark.parametrize("kind", CARRIED)
@pytest.mark.parametrize("export_format", list(ExportFormat))
@CHEAP
@given(data=st.data())
def test_what_the_format_holds_comes_back_the_same(
    export_format: ExportFormat, kind: str, data: st.DataObject
) -> None:
    spec = data.draw(specs(kind))
    assume(spec is not None)
    assert spec is not None
    written = write_file(export_format, [Outgoing(spec, UUID, title="이름 :: {1}")])
    assume(not written.losses)
    assert back(written.text, Format(export_format.value)) == [spec]


@pytest.mark.parametrize("export_format", [ExportFormat.GIFT, ExportFormat.MOODLE_XML])
@CHEAP
@given(data=st.data())
def test_several_questions_come_back_in_order(
    export_format: ExportFormat, data: st.DataObject
) -> None:
    found = [data.draw(specs(kind)) for kind in ("single", "essay", "true_false", "matching")]
    wanted = [spec for spec in found if spec is not None]
    assume(wanted)
    written = write_file(export_format, [Outgoing(spec) for spec in wanted])
    assume(not written.losses)
    assert back(written.text, Format(export_format.value)) == wanted
