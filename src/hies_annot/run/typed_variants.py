"""Variants given by hand: the same way as a record's, from a text instead of a file."""

from __future__ import annotations

from msgspec import Struct

from hies_annot.evidence.known_alleles import shipped_known
from hies_annot.findings.resolve import resolve
from hies_annot.genome import Build
from hies_annot.judge.alleles import AlleleBook
from hies_annot.judge.context import EMPTY
from hies_annot.model import Allele, Finding, JudgedCall, SampleFields, SampleSpec, SiteRecord
from hies_annot.names.literature_names import also_known
from hies_annot.names.typed import read_typed
from hies_annot.read.genotype import interpret
from hies_annot.run.engine import Engine

GENOTYPES = {"het": "0/1", "hom": "1/1"}


class HandVariant(Struct, frozen=True):
    """A variant with its facts; `findings` only where a zygosity was stated."""

    call: JudgedCall
    findings: tuple[Finding, ...]
    remarks: tuple[str, ...] = ()
    """How the text was read, where that must be said."""


def look_up(
    texts: tuple[str, ...], engine: Engine, build: Build, *, zygosity: str | None
) -> tuple[HandVariant, ...]:
    """Annotate and judge variants named by hand.

    Args:
        texts: `17-42329643-G-A`, `NM_139276.3:c.1144C>T`, SPDI or g. names.
        engine: the loaded configuration.
        build: build of genome positions in `texts`.
        zygosity: `het`, `hom` or None where no genotype is stated.

    Raises:
        InputError: a text names no variant of the genes, or its bases are not those of the
            reference.
    """
    tools = engine.tools(build)
    book = AlleleBook(tools.annotator, tools.evidence, engine.genes)
    found = []
    for text in texts:
        typed = read_typed(text, tools.reference, engine.genes)
        allele = typed.allele
        call = _judged(allele, book, engine, zygosity)
        findings = (
            tuple(
                finding
                for gene in engine.genes
                if gene.name == allele.gene
                for finding in resolve(
                    gene, (call,), (), SampleSpec(sample="by hand", vcf=""), engine.config.calls
                )
            )
            if zygosity
            else ()
        )
        grch38 = "-".join(map(str, tools.evidence.key(allele)))
        remarks = (*typed.remarks, *also_known(text, grch38, shipped_known()))
        found.append(HandVariant(call, findings, remarks))
    return tuple(found)


def _judged(allele: Allele, book: AlleleBook, engine: Engine, zygosity: str | None) -> JudgedCall:
    """Return the variant as a call of a record that states nothing but its genotype."""
    site = SiteRecord(
        file="(by hand)",
        number=None,
        chrom=allele.chrom,
        chrom_written=allele.chrom,
        pos=allele.pos,
        end=allele.end,
        identifier=None,
        ref=allele.ref,
        alts=(allele.alt,),
        qual=None,
        filters=(),
        info={},
    )
    fields = SampleFields(gt=GENOTYPES[zygosity] if zygosity else None)
    call = interpret(site, fields, (allele,), engine.config.calls)[0]
    facts = book.facts(allele)
    return JudgedCall(
        call=call,
        annotation=facts.annotation,
        evidence=facts.evidence,
        verdicts=book.rejudge(allele, EMPTY),
        drop_reason=facts.drop_reason,
    )
