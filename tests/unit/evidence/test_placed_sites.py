"""Predicted splice sites: read from cells, placed on either strand, told from the cut-off on."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hies_annot.evidence.splice_map import COLUMNS, cells, fact_of_values, placed, told
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import Allele, AlleleKind, PredictedSite, SpliceMapFact
from hies_annot.reference.transcripts import Exon, Transcript

STAT3, ZNF341 = default_genes()
PLUS = Transcript(
    "NM_1",
    "NP_1",
    "STAT3",
    Build.GRCH38,
    "17",
    "+",
    (Exon(1, 101, 110), Exon(2, 131, 140)),
    103,
    138,
)
MINUS = replace(PLUS, strand="-", exons=(Exon(1, 131, 140), Exon(2, 101, 110)))
VALUES = dict(zip(COLUMNS, ("0.19", "-3", "1", "0", "0.5", "12", "0", "-7"), strict=True))
FACT = SpliceMapFact(
    "CI-SpliceAI",
    (
        PredictedSite("acceptor gain", 0.19, -3),
        PredictedSite("acceptor loss", 1.0, 0),
        PredictedSite("donor gain", 0.5, 12),
        PredictedSite("donor loss", 0.0, -7),
    ),
    "the map",
)
ALLELE = Allele(
    build=Build.GRCH38,
    gene="STAT3",
    chrom="17",
    pos=115,
    ref="G",
    alt="A",
    kind=AlleleKind.SEQUENCE,
    end=115,
    copy_number=None,
)


def test_a_row_is_the_fact_of_its_cells_and_back():
    assert (
        *("acc_gain", "acc_gain_at", "acc_loss", "acc_loss_at"),
        *("don_gain", "don_gain_at", "don_loss", "don_loss_at"),
    ) == COLUMNS
    assert fact_of_values(VALUES, "CI-SpliceAI", "the map") == FACT
    assert cells(FACT) == {"tool": "CI-SpliceAI", **VALUES}


def test_a_fact_without_one_of_its_sites_is_no_row():
    with pytest.raises(ValueError, match="shorter"):
        cells(replace(FACT, sites=FACT.sites[:3]))


@pytest.mark.parametrize("column", COLUMNS)
def test_a_row_without_one_of_its_cells_is_no_fact(column):
    with pytest.raises(KeyError, match=column):
        fact_of_values({k: v for k, v in VALUES.items() if k != column}, "x", "y")
    with pytest.raises(ValueError, match=r"could not convert|invalid literal"):
        fact_of_values(VALUES | {column: "x"}, "x", "y")


def one(kind, offset, score=1.0):
    return SpliceMapFact("x", (PredictedSite(kind, score, offset),), "y")


@pytest.mark.parametrize(
    ("kind", "transcript", "offset", "pos", "place", "used"),
    [
        ("acceptor loss", PLUS, 16, 131, "c.9", True),
        ("acceptor loss", PLUS, 15, 130, "c.9-1", False),
        ("acceptor loss", PLUS, 17, 132, "c.10", False),
        ("acceptor loss", PLUS, -5, 110, "c.8", False),
        ("donor loss", PLUS, -5, 110, "c.8", True),
        ("donor loss", PLUS, -4, 111, "c.8+1", False),
        ("donor loss", PLUS, -6, 109, "c.7", False),
        ("donor loss", PLUS, 16, 131, "c.9", False),
        ("acceptor loss", MINUS, 5, 110, "c.9", True),
        ("acceptor loss", MINUS, -16, 131, "c.8", False),
        ("donor loss", MINUS, -16, 131, "c.8", True),
        ("donor loss", MINUS, 5, 110, "c.9", False),
        ("donor loss", MINUS, -15, 130, "c.8+1", False),
        ("acceptor gain", PLUS, 15, 130, "c.9-1", True),
        ("donor gain", MINUS, 0, 115, "c.9-5", True),
    ],
)
def test_a_site_lies_in_transcript_direction_and_its_loss_counts_at_an_exon_end(
    kind, transcript, offset, pos, place, used
):
    (found,) = placed(one(kind, offset), 115, transcript, 0.5).sites
    assert found == PredictedSite(kind, 1.0, offset, place, pos, used)


def test_sites_from_the_cut_off_on_are_told_surest_first():
    found = placed(FACT, 115, PLUS, 0.19)
    assert (found.tool, found.source) == ("CI-SpliceAI", "the map")
    assert [site.kind for site in found.sites] == ["acceptor loss", "donor gain", "acceptor gain"]
    assert [site.kind for site in placed(FACT, 115, PLUS, 0.1901).sites] == [
        *("acceptor loss", "donor gain")
    ]
    assert placed(FACT, 115, PLUS, 1.0001) is None


def test_an_allele_is_told_of_by_the_rules_and_the_transcript_of_its_own_gene():
    transcripts = {"STAT3": PLUS, "ZNF341": MINUS}
    listed = STAT3.file.scores.splice_map.listed
    expected = placed(FACT, 115, PLUS, listed)
    assert expected is not None
    assert told(FACT, ALLELE, (ZNF341, STAT3), transcripts) == expected
    assert told(FACT, ALLELE, (STAT3, ZNF341), transcripts) == expected
    assert told(FACT, ALLELE, (ZNF341,), transcripts) is None
    assert told(FACT, ALLELE, (), transcripts) is None
    assert told(FACT, ALLELE, (STAT3,), {"ZNF341": PLUS}) is None
    assert told(None, ALLELE, (STAT3,), transcripts) is None
    assert told(one("donor gain", 0, listed), ALLELE, (STAT3,), transcripts) is not None
    assert told(one("donor gain", 0, listed - 0.001), ALLELE, (STAT3,), transcripts) is None
