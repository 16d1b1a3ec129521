"""The page of the matrix: its panels, its table, its explanations, and what it keeps back."""

import html
import json
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.kernel.pricing.sources import SOURCES
from apps.widgetkit.manifest import Json, Preset
from apps.widgetkit.views import render_embed
from apps.widgets.ri_matrix.domain.matrix import MATRIX, Cell, Column, Row
from apps.widgets.ri_matrix.domain.needs import NEEDS
from apps.widgets.ri_matrix.domain.presets import PRESETS
from apps.widgets.ri_matrix.forms import decode, encode, panel_of
from apps.widgets.ri_matrix.matrix_view import COLUMNS, row_id
from apps.widgets.ri_matrix.needs_view import SHORT_NAMES
from apps.widgets.ri_matrix.way_words import WAYS
from apps.widgets.ri_matrix.widget import WIDGET

PATH = "/widgets/ri-matrix/"
HTMX = {"HX-Request": "true"}
CELLS = [
    pytest.param(row, column, cell, id=f"{row_id(row.option, row.scope)}-{column}")
    for row in MATRIX
    for column, cell in row.cells.items()
]
each_preset = pytest.mark.parametrize("preset", WIDGET.presets, ids=lambda preset: preset.name)

# No test here may touch the database: the widget needs none, except to remember a prediction.


def get(query: str = "", **headers: str) -> str:
    response = Client().get(f"{PATH}{query}", headers=headers)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def by_fields(scenario: Json, **more: str) -> str:
    return f"?{urlencode([*encode(scenario), *more.items()])}"


def scenario_of(name: str) -> Json:
    preset = WIDGET.preset(name)
    assert preset
    return preset.scenario


def row_in(page: str, row: str) -> str:
    return page.split(f'id="w-row-{row}"')[1].split("</tr>")[0]


def cell_in(page: str, cell: str) -> str:
    """The inside of the table's cell."""
    before, after = page.split(f'id="w-open-{cell}"')
    return before.rsplit("<td", 1)[1] + after.split("</td>")[0]


def note_in(page: str) -> str:
    return page.split('id="w-note"')[1].split("</tr>")[0]


# The table ----------------------------------------------------------------------------------------
def test_the_table_has_every_cell_with_its_mark_its_word_and_its_value() -> None:
    page = get()
    assert page.count('class="ri-open"') == len(MATRIX) * len(COLUMNS) == 132
    for row in MATRIX:
        assert row.name in row_in(page, row_id(row.option, row.scope))
        for column, cell in row.cells.items():
            shown = cell_in(page, f"{row_id(row.option, row.scope)}-{column}")
            assert cell.value.replace(" ·", "\N{NO-BREAK SPACE}·") in shown
            words = [WAYS[way] for way in cell.ways]
            assert re.findall(r'data-way="(\w+)"', shown) == [word.id for word in words]
            for word in words:
                assert word.mark in shown
                assert word.word in shown


def test_the_head_of_the_table_names_every_column_for_those_who_cannot_see_it() -> None:
    head = get().split('class="ri-table"')[1].split("</thead>")[0]
    assert re.findall(r'<th scope="col">([^<]+)</th>', head) == ["구매 옵션", *COLUMNS.values()]
    assert len(re.findall(r'<th scope="row">', get())) >= len(MATRIX)


def test_every_cell_that_the_notes_tell_differently_leads_to_a_correction() -> None:
    page = get()
    differing = 0
    for row in MATRIX:
        for column, cell in row.cells.items():
            shown = cell_in(page, f"{row_id(row.option, row.scope)}-{column}")
            errata = [claim.erratum for claim in cell.claims if not claim.agrees]
            links = re.findall(r'href="/lessons/ec2-pricing/#note-([\w-]+)"', shown)
            assert links == errata[:1]
            differing += bool(errata)
    assert differing >= 10


def test_all_that_the_notes_tell_differently_stands_together_below_the_table() -> None:
    together = get().split('id="w-differs"')[1].split("</details>")[0]
    rows = [html.unescape(each) for each in re.findall(r"<tr>.*?</tr>", together, re.S)][1:]
    found = set()
    for row in MATRIX:
        for column, cell in row.cells.items():
            for claim in (claim for claim in cell.claims if not claim.agrees):
                (said,) = [each for each in rows if claim.says in each and COLUMNS[column] in each]
                found.add(said)
                for text in (row.name, claim.quote, cell.text, f"/#note-{claim.erratum}"):
                    assert text in said
    assert found == set(rows)


@pytest.mark.parametrize(("row", "column", "cell"), CELLS)
def test_a_cell_opens_its_explanation(row: Row, column: Column, cell: Cell) -> None:
    name = f"{row_id(row.option, row.scope)}-{column}"
    page = get(by_fields(scenario_of("half"), cell=name))
    note = note_in(page)
    for text in (row.name, COLUMNS[column], cell.text, *cell.conditions):
        assert text in note
    for claim in cell.claims:
        assert claim.quote in note
        assert claim.says in note
        assert not claim.erratum or f"/lessons/ec2-pricing/#note-{claim.erratum}" in note
    assert ("노트와 다릅니다" in note) == any(not claim.agrees for claim in cell.claims)
    for key in cell.sources:
        assert SOURCES[key].url in note
        assert (SOURCES[key].as_of or "문서 날짜 모름") in note
    assert ("제3자" in note) == any(SOURCES[key].third_party for key in cell.sources)
    word = {"high": "높음", "medium": "보통", "low": "낮음"}[cell.confidence]
    assert f"확실한 정도: {word}" in note
    assert ("확인하지 못했습니다" in note) == (not cell.settled)
    assert ("data-unsettled" in cell_in(page, name)) == (not cell.settled)


def test_some_cells_say_that_the_documents_do_not_settle_them() -> None:
    assert get().count("data-unsettled") == sum(
        not cell.settled for row in MATRIX for cell in row.cells.values()
    )
    assert "data-unsettled" in get()


def test_one_explanation_is_open_and_its_cell_closes_it() -> None:
    page = get(by_fields(scenario_of("half"), cell="spot-az"))
    assert page.count('aria-expanded="true"') == 1
    opened = page.split('id="w-open-spot-az"')[1].split(">")[0]
    assert 'value=""' in opened
    assert 'aria-controls="w-note"' in opened
    assert 'id="w-note"' not in get(by_fields(scenario_of("half"), cell=""))
    assert 'id="w-note"' not in get(by_fields(scenario_of("half"), cell="nirgends"))


@each_preset
def test_opening_a_cell_keeps_the_state(preset: Preset) -> None:
    page = get(f"?preset={preset.name}")
    form = page.split('id="w-matrix"')[1].split("<form")[1].split("<table")[0]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    query = parse_qs(urlencode(pairs), keep_blank_values=True)
    assert decode(query) == preset.scenario
    opened = get(f"?{urlencode([*pairs, ('cell', 'compute_sp-region')])}")
    assert SOURCES["sp_types"].url in note_in(opened)
    assert f'<option value="{preset.name}" selected>' in opened


def test_a_state_that_is_not_valid_has_the_table_too_and_keeps_what_was_typed() -> None:
    broken = by_fields(scenario_of("half")).replace("m5.xlarge", "riesig")
    page = get(f"{broken}&cell=spot-az")
    assert 'role="alert"' in page
    assert 'value="riesig"' in page.split('id="w-matrix"')[1]
    assert page.split('id="w-matrix"')[1].count('name="cell"') == 132 + 1
    assert 'id="w-note"' in page


# The table and the panels -------------------------------------------------------------------------
def test_the_committed_options_row_is_lit_and_what_changed_is_marked() -> None:
    page = get("?preset=ec2-sp-family")
    assert re.findall(r'id="w-row-([\w-]+)" data-lit', page) == ["ec2_instance_sp"]
    row = row_in(page, "ec2_instance_sp")
    assert "지금 보는 약정" in row
    marked = re.findall(r'data-mark="changed".*?id="w-open-([\w-]+)"', page, re.DOTALL)
    assert marked == ["ec2_instance_sp-family", "ec2_instance_sp-size"]
    assert row.count("바뀜") == 2
    assert "바뀐 속성은 패밀리, 크기입니다" in page


def test_the_scope_of_a_reserved_instance_chooses_its_row() -> None:
    assert re.findall(r'id="w-row-([\w-]+)" data-lit', get("?preset=half")) == [
        "standard_ri-regional"
    ]
    assert re.findall(r'id="w-row-([\w-]+)" data-lit', get("?preset=zonal-az")) == [
        "standard_ri-zonal"
    ]


def test_a_modification_lights_its_row_and_an_exchange_none() -> None:
    assert re.findall(r'id="w-row-([\w-]+)" data-lit', get("?preset=split")) == [
        "standard_ri-regional"
    ]
    assert "data-lit" not in get("?preset=exchange")


def test_a_filter_says_in_words_which_rows_drop_out_and_by_what() -> None:
    page = get("?panel=needs&need=region&need=capacity")
    for row in MATRIX:
        name = row_id(row.option, row.scope)
        shown = row_in(page, name)
        result = WIDGET.evaluate({"needs": ["region", "capacity"]})
        option = next(
            each for each in result["options"] if row_id(each["option"], each["scope"]) == name
        )
        missing = [SHORT_NAMES[each["need"]] for each in option["reasons"] if not each["fits"]]
        if missing:
            assert f"빠짐: {', '.join(missing)}" in shown
        else:
            assert "남음" in shown
        marked = re.findall(r'data-mark="unmet".*?id="w-open-[\w-]+-(\w+)"', shown, re.DOTALL)
        assert marked == [each["need"] for each in option["reasons"] if not each["fits"]]


def test_without_needs_no_row_is_judged() -> None:
    page = get("?panel=needs")
    assert "data-fits" not in page
    assert "빠짐" not in page


# The panel of needs -------------------------------------------------------------------------------
@settings(max_examples=40, deadline=None)
@given(chosen=st.sets(st.sampled_from([need.id.value for need in NEEDS]), min_size=1))
def test_the_panel_gives_every_reason_of_the_engine(chosen: set[str]) -> None:
    scenario = {"needs": [need.id.value for need in NEEDS if need.id in chosen]}
    page = get(by_fields(scenario))
    panel = page.split('class="ri-needs__answer"')[1].split('id="w-matrix"')[0]
    options = WIDGET.evaluate(scenario)["options"]
    remaining = [option for option in options if option["fits"]]
    assert panel.count('class="ri-option" data-fits="yes"') == len(remaining)
    assert panel.count('class="ri-option" data-fits="no"') == len(options) - len(remaining)
    cards = dict(re.findall(r"<h4><span[^>]*>.</span> ([^<]+)</h4>(.*?)(?=<h4>|\Z)", panel, re.S))
    for option in options:
        for reason in option["reasons"]:
            if option["fits"] or not reason["fits"]:
                assert reason["text"] in cards[option["name"]]
            else:
                rest = cards[option["name"]].split("맞는 것:")[1].split("</p>")[0]
                assert SHORT_NAMES[reason["need"]] in rest
    assert set(re.findall(r'name="need" value="(\w+)" checked', page)) == chosen


def test_needs_that_nothing_fits_are_said_to() -> None:
    page = get("?panel=needs&need=serverless&need=resale")
    assert "모두 만족하는 구매 옵션은 없습니다" in page
    assert "남는 것</h3>" not in page


def test_a_need_that_nobody_knows_is_refused_with_the_boxes_still_there() -> None:
    page = get("?panel=needs&need=nirgends")
    assert 'role="alert"' in page
    assert "nirgends" in page.split('role="alert"')[1].split("</ul>")[0] or "가운데 하나" in page
    assert page.count('type="checkbox"') == len(NEEDS)


def test_the_boxes_work_as_a_plain_form() -> None:
    form = get("?panel=needs").split('id="w-needs"')[1].split("</form>")[0]
    assert 'method="get"' in form
    assert f'action="{PATH}"' in form
    assert '<input type="hidden" name="panel" value="needs">' in form
    assert 'type="submit"' in form


# Panels and tabs ----------------------------------------------------------------------------------
@each_preset
def test_tabs_are_links_to_the_first_situation_of_each_panel(preset: Preset) -> None:
    page = get(f"?preset={preset.name}")
    tabs = re.findall(r'class="ri-tab" id="w-tab-(\w+)" href="([^"]+)"([^>]*)>', page)
    assert [panel for panel, _, _ in tabs] == ["follow", "needs", "change"]
    for panel, address, rest in tabs:
        name = parse_qs(urlsplit(address).query)["preset"][0]
        assert panel_of(scenario_of(name)) == panel
        assert name == next(each.name for each in PRESETS if panel_of(each.scenario) == panel)
        assert ('aria-current="page"' in rest) == (panel == panel_of(preset.scenario))


@each_preset
def test_ids_are_unique_and_references_lead_somewhere(preset: Preset) -> None:
    page = get(by_fields(preset.scenario, cell="standard_ri-regional-size"))
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    names = r'(?:aria-labelledby|aria-describedby|aria-controls|for|list)="([^"]+)"'
    for found in re.findall(names, page):
        assert set(found.split()) <= set(ids), found
    for target in re.findall(r'href="#([^"]+)"', page):
        assert target in ids or target == "main", target


NAMES = sorted({name for preset in PRESETS for name, _ in encode(preset.scenario)})


@settings(max_examples=150, deadline=None)
@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from([*NAMES, "cell", "json", "preset", "mode", "uid", "ask", "panel"]),
            st.text(max_size=30) | st.sampled_from(["needs", "change", "predict", "modify"]),
        ),
        max_size=12,
    ),
    base=st.sampled_from([[], *(encode(preset.scenario) for preset in PRESETS)]),
)
def test_no_query_string_breaks_the_page(
    pairs: list[tuple[str, str]], base: list[tuple[str, str]]
) -> None:
    get(f"?{urlencode([*base, *pairs])}")


# In a lesson --------------------------------------------------------------------------------------
@each_preset
def test_an_embed_leaves_the_table_out_and_leads_to_it(preset: Preset) -> None:
    embed = html.unescape(render_embed("ri-matrix", preset.name, uid="lesson-1"))
    assert "ri-table" not in embed
    assert f'href="{PATH}?preset={preset.name}#w-matrix"' in embed
    assert 'id="w-matrix"' in get(f"?preset={preset.name}")
    ids = re.findall(r'\sid="([^"]+)"', embed)
    assert ids
    assert all(name == "lesson-1" or name.startswith("lesson-1-") for name in ids)
    assert "uid=lesson-1" in embed.split('id="lesson-1-tab-needs"')[1].split(">")[0]


# Predictions --------------------------------------------------------------------------------------
def outcome_texts(value: object) -> list[str]:
    """Every sentence of a result; a scenario holds none."""
    if isinstance(value, dict):
        return [text for child in value.values() for text in outcome_texts(child)]
    if isinstance(value, list):
        return [text for child in value for text in outcome_texts(child)]
    return [value] if isinstance(value, str) and value.endswith("다.") else []


@each_preset
def test_a_page_that_asks_holds_neither_the_matrix_nor_an_outcome(preset: Preset) -> None:
    texts = outcome_texts(WIDGET.evaluate(preset.scenario))
    assert texts
    shown = get(by_fields(preset.scenario))
    assert any(text in shown for text in texts)
    asking = by_fields(preset.scenario, mode="predict", cell="standard_ri-regional-size")
    for query in (f"?preset={preset.name}&mode=predict", asking):
        for ask in WIDGET.asks(preset.scenario):
            page = get(f"{query}&ask={ask.id}")
            for text in texts:
                assert text not in page
            for part in ("ri-table", "ri-pill", "widget__tag", "ri-note", "ri-tabs", "data-lit"):
                assert part not in page
            assert not re.search(r'data-(way|tone|fits|mark)="', page)


@each_preset
@pytest.mark.django_db
def test_after_a_prediction_the_outcome_and_the_matrix_are_there(preset: Preset) -> None:
    ask = WIDGET.asks(preset.scenario)[0]
    data: dict[str, object] = {"preset": preset.name, "ask": ask.id, "answer": sorted(ask.key)}
    response = Client().post(f"{PATH}predict/", data, headers=HTMX)
    page = html.unescape(response.content.decode())
    assert response.status_code == 200
    assert 'data-right="yes"' in page
    assert 'class="ri-table"' in page


def test_a_json_document_of_each_panel_is_understood() -> None:
    for preset in WIDGET.presets:
        page = get(f"?{urlencode({'json': json.dumps(preset.scenario)})}")
        panel = panel_of(preset.scenario)
        current = page.split(f'id="w-tab-{panel}"')[1].split(">")[0]
        assert 'aria-current="page"' in current
