"""`hies-annot variant`: annotate variants by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from hies_annot.cli.saying import say
from hies_annot.errors import FaultsError, InputError, UsageError
from hies_annot.genome import Build, parse_build
from hies_annot.judge.predicted_splicing import words
from hies_annot.model import JudgedCall
from hies_annot.model.closed import as_json
from hies_annot.render.words import stars
from hies_annot.run.engine import Engine
from hies_annot.run.typed_variants import GENOTYPES, HandVariant, look_up
from hies_annot.settings.run_config import ReferenceConfig, RunConfig


@click.command()
@click.argument("variants", nargs=-1, required=True, metavar="VARIANT...")
@click.option("--build", default="GRCh38", show_default=True, help="Build of genome positions.")
@click.option("--fasta", help="The lab's genome; without it the embedded loci are used.")
@click.option(
    "--zygosity", type=click.Choice(sorted(GENOTYPES)), help="State a genotype and get its status."
)
@click.option("--json", "as_json", is_flag=True, help="JSON as in the result contract.")
def variant(
    variants: tuple[str, ...], build: str, fasta: str | None, zygosity: str | None, as_json: bool
) -> int:
    """Annotate variants: genome positions, SPDI or HGVS names.

    \b
    Examples:
      hies-annot variant 17-42329643-G-A NM_139276.3:c.1144C>T
      hies-annot variant 17-40481661-G-A --build GRCh37 --json
      hies-annot variant 20-33757310-C-T --zygosity hom
    """
    wanted = parse_build(build)
    if wanted is None:
        raise UsageError(f"build {build!r} is neither GRCh37 nor GRCh38")
    engine = Engine(RunConfig(reference=ReferenceConfig(fasta=fasta)))
    found, faults = _look_up_each(variants, engine, wanted, zygosity)
    if as_json:
        click.echo(json.dumps([_data(entry, wanted) for entry in found.values()], indent=1))
    else:
        for text, entry in found.items():
            say("\n".join(_lines(text, entry, wanted, engine)))
    if faults:
        raise FaultsError(faults)
    return 0


def _look_up_each(
    variants: tuple[str, ...], engine: Engine, build: Build, zygosity: str | None
) -> tuple[dict[str, HandVariant], list[str]]:
    """Return what is found by text, and the faults; a bad text does not hide the good ones."""
    found: dict[str, HandVariant] = {}
    faults: list[str] = []
    for text in variants:
        try:
            found[text] = look_up((text,), engine, build, zygosity=zygosity)[0]
        except InputError as fault:
            faults.append(str(fault))
    return found, faults


def _data(entry: HandVariant, build: Build) -> dict[str, object]:
    from hies_annot.results.variant_result import variant_result  # noqa: PLC0415 (--json only)

    data = as_json(variant_result(entry.call))
    findings = [
        {"condition": f.condition, "status": f.status, "reasons": list(f.reasons)}
        for f in entry.findings
    ]
    parts = [as_json(variant_result(part)) for part in entry.parts]
    said = {"findings": findings, "remarks": list(entry.remarks), "parts": parts}
    return {"build": build.value, **data, **said}


def _lines(text: str, entry: HandVariant, build: Build, engine: Engine) -> Iterator[str]:
    call = entry.call
    annotation, allele = call.annotation, call.call.allele
    yield f"{text}  =  {allele.id} ({build})"
    yield from (f"  NOTE: {remark}" for remark in entry.remarks)
    if annotation is not None:
        place = f"exon {annotation.exon}" if annotation.exon else f"intron {annotation.intron}"
        coding = f":{annotation.hgvs_c}" if annotation.hgvs_c else ""
        yield f"  {annotation.transcript}{coding} {annotation.hgvs_p or ''}".rstrip()
        if annotation.hgvs_g:
            yield f"  {annotation.hgvs_g}"
        yield f"  {', '.join(annotation.consequence)} ({annotation.impact})"
        yield f"  {allele.gene}, {place}, {annotation.domain or 'no domain'}"
        if annotation.worst is not None:
            worst = annotation.worst
            terms = ", ".join(worst.consequence)
            names = " ".join(filter(None, (worst.hgvs_c, worst.hgvs_p, terms)))
            yield f"  worse on {worst.transcript}: {names}"
        yield from (f"  also named {alias}" for alias in annotation.aliases)
        yield from (f"  note: {note}" for note in annotation.notes)
    yield from _facts(call)
    for part in entry.parts:
        known = part.annotation
        said = (part.id, known.hgvs_c, known.hgvs_p) if known is not None else (part.id,)
        yield f"  in it {' '.join(filter(None, said))}"
        yield from (f"  {line}" for line in _facts(part))
    for finding in entry.findings:
        yield f"  {finding.status}: {finding.disease} (MIM {finding.mim or '-'})"
        yield from (f"    - {reason}" for reason in finding.reasons)
    locus = engine.tools(build).reference.locus(allele.gene)
    if annotation is not None and annotation.made_up:
        yield f"  DEMO REFERENCE: {locus.source}"


def _facts(call: JudgedCall) -> Iterator[str]:
    known, clinvar = call.evidence.known, call.evidence.clinvar
    if known is not None:
        yield f"  known: {', '.join(known.mechanisms)} ({known.source})"
    if clinvar is not None:
        yield f"  ClinVar {clinvar.variation_id}: {clinvar.classification}, {stars(clinvar.stars)}"
    if clinvar is not None and clinvar.somatic:
        yield f"  ClinVar of tumours, not of the germline: {clinvar.somatic}"
    if call.evidence.splice_map is not None:
        yield f"  splice map: {words(call.evidence.splice_map)}"
    for verdict in call.verdicts.values():
        reason = verdict.reasons[0] if verdict.reasons else ""
        yield f"  {verdict.condition}: {verdict.support} ({verdict.basis}) {reason}"
    acmg = next((verdict.acmg for verdict in call.verdicts.values() if verdict.acmg), None)
    if acmg is not None:
        met = ", ".join(c.code for c in acmg.criteria if c.met == "met") or "no criterion met"
        yield f"  ACMG/AMP: {acmg.classification}, {acmg.points} points ({met})"
    if call.drop_reason is not None:
        yield f"  takes no part in a finding: {call.drop_reason}"
