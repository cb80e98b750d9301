"""Loss of the start of a gene is a null allele, wherever the first coding exon lies."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.annotate.annotator import Annotator
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.judge.effect import Effect, effect_of
from hies_annot.model import Allele, AlleleKind, SampleReport, SampleSpec, Status
from hies_annot.reference.load import embedded_reference
from hies_annot.run.batch import batch_reports
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

ENGINE = Engine(RunConfig())
GENES = {gene.name: gene for gene in default_genes()}
REFERENCE = embedded_reference(Build.GRCH38, default_genes())
ANNOTATOR = Annotator(REFERENCE, default_genes())
EXONS = {name: ANNOTATOR.models[name][0].transcript.exons for name in GENES}
HEADER = (
    "##fileformat=VCFv4.2\n##contig=<ID=17,length=83257441>\n##contig=<ID=20,length=64444167>\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n"
)


def symbolic(gene: str, alt: str, first: int, last: int) -> Allele:
    chrom = GENES[gene].file.chrom
    return Allele(Build.GRCH38, gene, chrom, first - 1, "N", alt, AlleleKind.SYMBOLIC, last)


def span(gene: str, last_exon: int) -> tuple[int, int]:
    """From 2 kb before the gene to 100 bases behind an exon, as first and last base (1-based)."""
    exon, first = EXONS[gene][last_exon - 1], EXONS[gene][0]
    if ANNOTATOR.models[gene][0].transcript.plus:
        return first.start - 2000, exon.end + 100
    return exon.start - 100, first.end + 2000


def report(folder: Path, gene: str, alt: str, bases: tuple[int, int], gt: str) -> SampleReport:
    chrom, (first, last) = GENES[gene].file.chrom, bases
    kind = alt.strip("<>")
    ref = REFERENCE.locus(gene).bases(first - 1, first - 1).upper()
    row = f"{chrom}\t{first - 1}\tsv\t{ref}\t{alt}\t900\tPASS\tSVTYPE={kind};END={last}\tGT\t{gt}\n"
    file = folder / "in.vcf"
    file.write_text(HEADER + row, encoding="utf-8")
    return next(batch_reports(ENGINE, [SampleSpec(sample="S", vcf=str(file))]))


@pytest.mark.parametrize("exon", range(1, 15))
@pytest.mark.parametrize("alt", ["<DEL>", "<INV>"])
def test_a_homozygous_loss_of_the_start_of_znf341_is_relevant(
    tmp_path: Path, exon: int, alt: str
) -> None:
    assert len(EXONS["ZNF341"]) == 15
    found = report(tmp_path, "ZNF341", alt, span("ZNF341", exon), "1/1")
    assert found.status is Status.RELEVANT


@pytest.mark.parametrize("exon", [1, 2, 12, 23])
@pytest.mark.parametrize("alt", ["<DEL>", "<INV>"])
def test_in_stat3_the_mechanism_of_such_a_loss_stays_open(
    tmp_path: Path, exon: int, alt: str
) -> None:
    found = report(tmp_path, "STAT3", alt, span("STAT3", exon), "0/1")
    assert found.status is Status.POSSIBLE
    assert "mechanism" in found.status_reason


@pytest.mark.parametrize("alt", ["<DEL>", "<INV>"])
@given(gene=st.sampled_from(sorted(GENES)), cut=st.integers(), length=st.integers(1, 90_000))
def test_the_start_is_lost_where_the_first_base_goes_and_the_last_stays(
    alt: str, gene: str, cut: int, length: int
) -> None:
    exons = EXONS[gene]
    low = min(exon.start for exon in exons)
    high = max(exon.end for exon in exons)
    first = low - 5000 + cut % (high - low + 10_000)
    last = first + length
    plus = ANNOTATOR.models[gene][0].transcript.plus
    start, end = (low, high) if plus else (high, low)
    lost = first <= start <= last and not first <= end <= last
    found = effect_of(ANNOTATOR.annotate(symbolic(gene, alt, first, last)))
    assert (found is Effect.START_REMOVED) == lost


def test_a_deletion_in_plain_bases_is_judged_like_its_symbol(tmp_path: Path) -> None:
    first, last = span("ZNF341", 1)[0], EXONS["ZNF341"][0].end + 20
    bases = REFERENCE.locus("ZNF341").bases(first - 1, last).upper()
    row = f"20\t{first - 1}\t.\t{bases}\t{bases[0]}\t900\tPASS\t.\tGT\t1/1\n"
    file = tmp_path / "in.vcf"
    file.write_text(HEADER + row, encoding="utf-8")
    found = next(batch_reports(ENGINE, [SampleSpec(sample="S", vcf=str(file))]))
    assert found.status is Status.RELEVANT


def test_an_inversion_that_cuts_the_end_off_is_a_terminal_loss() -> None:
    exon = EXONS["ZNF341"][-1]
    found = ANNOTATOR.annotate(symbolic("ZNF341", "<INV>", exon.start - 100, exon.end + 900))
    assert effect_of(found) is Effect.DELETION_TERMINAL
    assert any("breaks off" in note for note in found.notes)


@pytest.mark.parametrize("alt", ["<DUP>", "<INS>"])
def test_a_gain_over_the_start_takes_nothing_away(alt: str) -> None:
    first, last = span("ZNF341", 3)
    found = effect_of(ANNOTATOR.annotate(symbolic("ZNF341", alt, first, last)))
    assert found is not Effect.START_REMOVED
