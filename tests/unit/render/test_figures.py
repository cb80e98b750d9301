"""Figures: what they draw is what the result holds, and they say it in words as well."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.render.figures.all_figures import figures_of
from hies_annot.render.figures.exon_strip import exon_strip
from hies_annot.render.figures.gene_copies import gene_copies, places_of
from hies_annot.render.figures.marks import OTHER, SHAPES, residue, spread
from hies_annot.render.figures.pedigree import pedigree
from hies_annot.render.figures.protein_map import protein_map
from hies_annot.render.figures.read_fractions import band_of, read_fractions
from hies_annot.render.html import render_sample
from hies_annot.render.standing import by_id
from hies_annot.results.contract import RelativeResult, SampleResult

Build = Callable[[str], Callable[..., Any]]
HOSTILE = '<img src=x onerror="alert(1)">&'
BAND = {"calls.het_balance": [0.2, 0.8], "calls.hom_balance": 0.95}


def words_of(figure: object) -> str:
    return " ".join("".join(ET.fromstring(str(figure)).itertext()).split())


def test_every_figure_is_xml_with_an_alternative_in_words(results: list[SampleResult]) -> None:
    drawn = [figure for result in results for _, figure in figures_of(result)]

    assert len(drawn) > 8
    for figure in drawn:
        svg = ET.fromstring(str(figure)).find("svg")
        assert svg is not None
        assert svg.get("role") == "img"
        assert svg.findtext("title")
        assert len(svg.findtext("desc") or "") > 20


def test_no_text_of_a_result_becomes_markup(built: Build) -> None:
    variant = built("variant")(hgvs_c=HOSTILE, hgvs_p=HOSTILE, mechanism=HOSTILE)
    person = RelativeResult(
        role="sibling", sample=HOSTILE, affected=HOSTILE, alleles={variant.id: HOSTILE}
    )
    condition = built("condition")(
        gene=HOSTILE, phase=HOSTILE, phase_evidence=HOSTILE, relatives=[person]
    )
    result = built("result")(sample=HOSTILE, variants=[variant], conditions=[condition])

    for _, figure in figures_of(result):
        assert "<img" not in figure
        ET.fromstring(str(figure))
    assert "<img" not in render_sample(result)


def test_mechanisms_differ_in_form() -> None:
    assert len({*SHAPES.values(), OTHER}) == len(SHAPES) + 1


def test_the_protein_shows_the_allele_of_the_sample(built: Build) -> None:
    words = words_of(protein_map("STAT3", [built("variant")()]))

    assert "This sample, large and labelled: p.(Arg382Trp)" in words
    assert "SH2" in words
    assert "known alleles of the shipped table" in words


def test_an_allele_without_a_residue_is_named_as_not_drawn(built: Build) -> None:
    splice = built("variant")(hgvs_c="NM_139276.3:c.1110-3C>G", hgvs_p="NP_644805.1:p.?")
    words = words_of(protein_map("STAT3", [splice]))

    assert "Without a place in the protein, not drawn: c.1110-3C>G" in words


def test_a_gene_that_does_not_ship_has_no_protein(built: Build) -> None:
    assert protein_map("DOCK8", [built("variant")()]) is None


@pytest.mark.parametrize(
    ("name", "place"),
    [("NP_1.1:p.(Arg382Trp)", 382), ("p.Lys5del", 5), ("p.?", None), (None, None), ("p.0", None)],
)
def test_the_residue_of_a_name(name: str | None, place: int | None) -> None:
    assert residue(name) == place


def test_what_is_not_known_of_the_exons_is_said(built: Build) -> None:
    gene = built("gene")(gene="STAT3", known=False)
    words = words_of(exon_strip(gene, [], "GRCh38"))

    assert "Depth is not known: the boxes are empty." in words
    assert "Whether there are gaps is not known." in words


@pytest.mark.parametrize("lost", [1, 3])
def test_gaps_of_exons_are_drawn(built: Build, lost: int) -> None:
    gene = built("gene")(gene="STAT3", missing=dict.fromkeys(range(4, 4 + lost), 9))
    figure = str(exon_strip(gene, [], "GRCh38"))

    assert figure.count('class="gap"') == lost
    assert f"Gaps, black with a white cross: {lost}." in figure


def test_a_site_without_a_place_is_counted(built: Build) -> None:
    gene, site = built("gene")(gene="STAT3"), built("site")()

    assert "1 not drawn, their place cannot be told" in str(exon_strip(gene, [site], None))
    assert "not drawn" not in str(exon_strip(gene, [site], "GRCh38"))


@pytest.mark.parametrize(
    ("zygosity", "phase", "alleles", "places"),
    [
        ("hom_alt", "not_needed", 1, [(0, 1)]),
        ("het", "not_needed", 1, [(0,)]),
        ("het", "trans", 2, [(0,), (1,)]),
        ("het", "cis", 2, [(0,), (0,)]),
        ("het", "unknown", 2, [(), ()]),
        ("het", "trans", 3, [(), (), ()]),
        ("half_call", "not_needed", 1, [()]),
        ("no_call", "trans", 2, [(), ()]),
    ],
)
def test_alleles_lie_on_a_copy_only_where_that_is_known(
    built: Build, zygosity: str, phase: str, alleles: int, places: list[tuple[int, ...]]
) -> None:
    condition = built("condition")(phase=phase, variants=[str(n) for n in range(alleles)])
    variant = built("variant")(zygosity=zygosity)

    assert [places_of(condition, n, variant) for n in range(alleles)] == places


def test_an_unknown_phase_is_drawn_as_unknown(built: Build) -> None:
    first, second = built("variant")(id="a"), built("variant")(id="b")
    condition = built("condition")(phase="unknown", variants=["a", "b"])
    words = words_of(gene_copies(condition, {"a": first, "b": second}))

    assert words.count("? (copy not known)") == 2
    assert "Phase: not known." in words


def test_parents_that_were_not_given_are_drawn_as_not_looked_at(built: Build) -> None:
    result = built("result")()
    figure = pedigree(result.conditions[0], result, by_id(result))
    words = words_of(figure)

    assert "father not given (state not known): not looked at." in words
    assert "mother not given (state not known): not looked at." in words
    assert str(figure).count("none dash") == 2


@pytest.mark.parametrize(
    ("state", "said"),
    [("absent", "absent"), ("inferred", "not measured"), ("not_looked_at", "not looked at")],
)
def test_the_genotype_of_a_parent_is_said(built: Build, state: str, said: str) -> None:
    key = "17-42329643-G-A"
    mother = RelativeResult(role="mother", sample="M1", affected="unaffected", alleles={key: state})
    result = built("result")(conditions=[built("condition")(relatives=[mother])])
    words = words_of(pedigree(result.conditions[0], result, by_id(result)))

    assert re.search(rf"mother M1 \(unaffected\): c\.1144C>T: [^.;]*{said}", words)


@pytest.mark.parametrize("zygosity", ["het", "hom_alt", "het_alt"])
def test_a_fraction_is_outside_exactly_where_the_settings_say(built: Build, zygosity: str) -> None:
    low, high = (0.95, 1.0) if zygosity == "hom_alt" else (0.2, 0.8)
    for percent in range(101):
        variant = built("variant")(allele_fraction=percent / 100, zygosity=zygosity)
        words = words_of(read_fractions([variant], BAND))
        assert ("OUTSIDE" in words) is not (low <= percent / 100 <= high)


def test_a_genotype_without_a_band_has_none(built: Build) -> None:
    assert band_of(built("variant")(zygosity="haploid"), BAND) is None
    assert band_of(built("variant")(), {}) is None
    assert read_fractions([built("variant")(allele_fraction=None)], BAND) is None


@given(st.lists(st.floats(0, 700), max_size=6))
def test_labels_keep_their_distance(places: list[float]) -> None:
    moved = spread(places, 88, 700)

    assert len(moved) == len(places)
    assert all(later - earlier > 87.9 for earlier, later in itertools.pairwise(moved))
    assert all(place <= 700 for place in moved)
