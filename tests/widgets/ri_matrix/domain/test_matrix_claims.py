"""The notes' claims: every quote stands in the notes, every correction exists, none is left out."""

import re
import tomllib
from pathlib import Path

import pytest

from apps.kernel.pricing.options import PurchaseOption, Scope
from apps.widgets.ri_matrix.domain import claims
from apps.widgets.ri_matrix.domain.claims import Claim, Sentence
from apps.widgets.ri_matrix.domain.matrix import MATRIX, Cell, Column, row_of

_CONTENT = Path(__file__).resolve().parents[4] / "content"
_ERRATA = {
    entry["id"]: entry
    for entry in tomllib.loads((_CONTENT / "errata.toml").read_text("utf-8"))["erratum"]
    if entry["lesson"] == "ec2-pricing"
}
_HEADING = re.compile(r"#+ .*\{#([a-z0-9-]+)\}")
_SENTENCES = [value for value in vars(claims).values() if isinstance(value, Sentence)]
_CLAIMS = [
    (row, column, claim)
    for row in MATRIX
    for column, cell in row.cells.items()
    for claim in cell.claims
]
_CASES = [
    pytest.param(claim, id=f"{row.name}-{column}-{number}")
    for number, (row, column, claim) in enumerate(_CLAIMS)
]


def _notes() -> dict[str, list[str]]:
    """The bullets of the notes by the id of their heading."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in (_CONTENT / "lessons/04-ec2-pricing.md").read_text("utf-8").splitlines():
        heading = _HEADING.match(line)
        if heading:
            section = heading[1]
        elif line.lstrip().startswith("- ") and section:
            found.setdefault(section, []).append(line)
    return found


def _cell(option: PurchaseOption, column: Column, scope: Scope | None = None) -> Cell:
    return row_of(option, scope).cells[column]


def _by_quote(cell: Cell) -> dict[str, Claim]:
    return {claim.quote: claim for claim in cell.claims}


@pytest.mark.parametrize("claim", _CASES)
def test_a_quote_stands_in_the_notes_under_its_heading(claim: Claim) -> None:
    assert any(claim.quote in line for line in _notes()[claim.section])
    assert claim.says.endswith("다.")


@pytest.mark.parametrize("claim", _CASES)
def test_a_claim_that_does_not_agree_is_corrected_under_the_same_heading(claim: Claim) -> None:
    assert claim.agrees or claim.erratum
    if claim.erratum:
        assert _ERRATA[claim.erratum]["section"] == claim.section


def test_every_bullet_of_the_notes_is_quoted_somewhere() -> None:
    quoted = {claim.quote for *_, claim in _CLAIMS}
    left_out = [
        line
        for lines in _notes().values()
        for line in lines
        if not any(quote in line for quote in quoted)
    ]
    assert left_out == []
    assert {sentence.quote for sentence in _SENTENCES} == quoted


def test_every_correction_of_the_lesson_is_linked_from_a_cell() -> None:
    assert {claim.erratum for *_, claim in _CLAIMS} - {""} == set(_ERRATA)


def test_half_a_sentence_can_be_right() -> None:
    region = _cell(PurchaseOption.EC2_INSTANCE_SP, Column.REGION).claim
    family = _cell(PurchaseOption.EC2_INSTANCE_SP, Column.FAMILY).claim
    assert region is not None
    assert family is not None
    assert region.quote == family.quote
    assert (region.agrees, region.erratum) == (True, "")
    assert (family.agrees, family.erratum) == (False, "ec2-instance-sp-family-changeable")


@pytest.mark.parametrize("scope", Scope)
def test_the_type_of_a_standard_reservation_is_fixed_in_family_but_not_in_size(
    scope: Scope,
) -> None:
    size = _cell(PurchaseOption.STANDARD_RI, Column.SIZE, scope).claim
    assert size is not None
    assert (size.agrees, size.erratum) == (False, "standard-ri-type-immutable")
    family = _by_quote(_cell(PurchaseOption.STANDARD_RI, Column.FAMILY, scope))
    assert family[size.quote].agrees


def test_66_percent_is_right_for_one_of_the_two_plans() -> None:
    compute = _cell(PurchaseOption.COMPUTE_SP, Column.DISCOUNT).claim
    instance = _cell(PurchaseOption.EC2_INSTANCE_SP, Column.DISCOUNT).claim
    assert compute is not None
    assert instance is not None
    assert compute.quote == instance.quote
    assert (compute.agrees, instance.agrees) == (True, False)


def test_72_percent_is_right_for_one_of_the_two_classes() -> None:
    quote = claims.RI_DISCOUNT.quote
    for scope in Scope:
        standard = _by_quote(_cell(PurchaseOption.STANDARD_RI, Column.DISCOUNT, scope))
        convertible = _by_quote(_cell(PurchaseOption.CONVERTIBLE_RI, Column.DISCOUNT, scope))
        assert (standard[quote].agrees, convertible[quote].agrees) == (True, False)


def test_a_claim_that_aws_contradicts_goes_before_those_that_agree() -> None:
    cell = Cell((), "값", "설명입니다.", claims=(_claim("가", True), _claim("나", False)))
    assert cell.claim is not None
    assert cell.claim.quote == "나"
    assert Cell((), "값", "설명입니다.").claim is None
    for *_, claims_of in ((row, cell.claims) for row in MATRIX for cell in row.cells.values()):
        assert len({claim.quote for claim in claims_of}) == len(claims_of)


def _claim(quote: str, agrees: bool) -> Claim:
    return Claim("section", quote, agrees, "말합니다.", "" if agrees else "erratum")


def test_what_the_notes_do_not_mention_has_no_claim() -> None:
    for option in (PurchaseOption.CAPACITY_RESERVATION, PurchaseOption.DEDICATED_HOST_RESERVATION):
        assert all(cell.claim is None for cell in row_of(option, None).cells.values())
