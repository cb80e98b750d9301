"""Variants given by hand: the same way as a record's, from a text instead of a file."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.evidence.known_alleles import shipped_known
from hies_annot.findings.resolve import resolve
from hies_annot.genome import Build
from hies_annot.judge.alleles import AlleleBook
from hies_annot.judge.calls import judge_calls
from hies_annot.judge.calls import look_up as known_calls
from hies_annot.judge.context import EMPTY
from hies_annot.judge.in_cis import combine_in_cis
from hies_annot.model import Allele, Call, Finding, JudgedCall, SampleFields, SampleSpec, SiteRecord
from hies_annot.names.literature_names import also_known
from hies_annot.names.typed import read_typed
from hies_annot.read.genotype import interpret
from hies_annot.read.joined_changes import part_joined
from hies_annot.run.engine import Engine

GENOTYPES = {"het": "0/1", "hom": "1/1"}
JOINED = (
    "it joins {number} changes, which are also judged under their own names, as those of a record "
    "are"
)


class HandVariant(Struct, frozen=True):
    """A variant with its facts; `findings` only where a zygosity was stated."""

    call: JudgedCall
    findings: tuple[Finding, ...]
    remarks: tuple[str, ...] = ()
    """How the text was read, where that must be said."""
    parts: tuple[JudgedCall, ...] = ()
    """The changes that it joins, judged as a record's are, and what they make together."""


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
        call = _written(typed.allele, engine, zygosity)
        judged = _judged(call, book)
        parts: tuple[JudgedCall, ...] = ()
        joined = part_joined((call,), tools.reference, engine.config.calls)
        if len(joined) > 1:
            parts = _parts(joined, book, engine, carried=zygosity is not None)
            if any(part.drop_reason is None for part in parts):
                judged = replace(judged, drop_reason=None)
        findings = _findings(parts or (judged,), engine) if zygosity else ()
        grch38 = "-".join(map(str, tools.evidence.key(typed.allele)))
        remarks = (*typed.remarks, *also_known(text, grch38, shipped_known()))
        if parts:
            remarks = (*remarks, JOINED.format(number=len(joined)))
        found.append(HandVariant(judged, findings, remarks, parts))
    return tuple(found)


def _findings(calls: Sequence[JudgedCall], engine: Engine) -> tuple[Finding, ...]:
    spec, allele = SampleSpec(sample="by hand", vcf=""), calls[0].call.allele
    return tuple(
        finding
        for gene in engine.genes
        if gene.name == allele.gene
        for finding in resolve(gene, tuple(calls), (), spec, engine.config.calls)
    )


def _parts(
    joined: Sequence[Call], book: AlleleBook, engine: Engine, *, carried: bool
) -> tuple[JudgedCall, ...]:
    """Return the changes of one allele as a run judges them; without a genotype each alone."""
    if not carried:
        return tuple(_judged(call, book) for call in joined)
    spec, thresholds = SampleSpec(sample="by hand", vcf=""), engine.config.calls
    judged = judge_calls(known_calls(joined, book), book, (), spec, thresholds, {})
    return combine_in_cis(judged, book, (), thresholds)


def _written(allele: Allele, engine: Engine, zygosity: str | None) -> Call:
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
    return interpret(site, fields, (allele,), engine.config.calls)[0]


def _judged(call: Call, book: AlleleBook) -> JudgedCall:
    facts = book.facts(call.allele)
    return JudgedCall(
        call=call,
        annotation=facts.annotation,
        evidence=facts.evidence,
        verdicts=book.rejudge(call.allele, EMPTY),
        drop_reason=facts.drop_reason,
    )
