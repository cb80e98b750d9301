"""The text of a sample's VCF: every variant of the result, reported or not, as VCF 4.3.

One allele a row. Reference blocks are left out. The header has no date, so that the same
result gives the same bytes. Pure; `write.sample_vcf` writes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache

from hies_annot.genome import Build, contigs, parse_build
from hies_annot.render.standing import demo_genes
from hies_annot.render.vcf_fields import DECLARATIONS, FORMAT, INFO, Entry, Value
from hies_annot.render.vcf_values import BASES, alt_text, escape
from hies_annot.render.visible_text import visible
from hies_annot.results.contract import SampleResult
from hies_annot.results.variant_contract import VariantResult


def header_lines(result: SampleResult) -> Iterator[str]:
    """Yield the header of a sample's VCF."""
    yield "##fileformat=VCFv4.3"
    yield f"##source=hies-annot {_plain(result.software.get('hies-annot', ''))}".rstrip()
    build = parse_build(result.build or "")
    if build:
        yield f"##reference={build}"
    yield f"##hiesStatus={_plain(result.status)}"
    if result.status_reason:
        yield f"##hiesReason={_plain(result.status)}: {_plain(result.status_reason)}"
    yield from _unread_lines(result)
    yield "##hiesNote=Research use only - not for diagnosis"
    for gene in sorted(demo_genes(result)):
        yield f"##hiesDemoReference={_plain(gene)}"
    if result.callability.assumed_reference:
        yield "##hiesWarning=Absent records were taken as reference"
    if result.settings:
        yield f"##hiesSettings={result.settings.digest}"
        for key, value in result.settings.thresholds.items():
            yield f"##hiesThreshold={key}: {json.dumps(value)}"
        for loose in result.settings.looser:
            yield f"##hiesWarning=Looser than the default: {_plain(loose)}"
    yield from _contig_lines(build, result.variants)
    yield '##FILTER=<ID=PASS,Description="All filters passed">'
    for name in sorted({_filter(name) for v in result.variants for name in v.filters} - {"PASS"}):
        yield f'##FILTER=<ID={name},Description="As in the input">'
    symbols = {alt[1:-1] for v in result.variants if (alt := alt_text(v)).startswith("<")}
    for symbol in sorted(symbols):
        yield f'##ALT=<ID={symbol},Description="As in the input">'
    yield from DECLARATIONS
    columns = ("CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT")
    yield "#" + "\t".join((*columns, _plain(result.sample) or "sample"))


def _unread_lines(result: SampleResult) -> Iterator[str]:
    for gene in result.callability.genes:
        for words in gene.amiss:
            yield f"##hiesUnread={_plain(gene.gene)}: {_plain(words)}"


def record_rows(result: SampleResult) -> Iterator[str]:
    """Yield the rows, sorted by contig and position; rows of one position keep their order."""
    findings: dict[str, list[str]] = {}
    for condition in result.conditions:
        for identifier in condition.variants:
            findings.setdefault(identifier, []).append(f"{condition.id}:{condition.status}")
    variants = [variant for variant in result.variants if variant.kind != "reference_block"]
    for variant in sorted(variants, key=lambda v: (_chrom_rank(v.chrom), v.pos)):
        yield _record(Entry(variant, findings.get(variant.id, []), variant.made_up))


def _record(entry: Entry) -> str:
    variant = entry.variant
    info = [_info(field.name, field.read(entry)) for field in INFO]
    given = ((field.name, field.read(entry)) for field in FORMAT)
    values = {name: str(value) for name, value in given if value is not None}
    return "\t".join(
        (
            variant.chrom,
            str(variant.pos),
            ".",
            _ref_text(variant),
            alt_text(variant),
            "." if variant.quality is None else f"{variant.quality:g}",
            ";".join(_filter(name) for name in variant.filters) or ".",
            ";".join(filter(None, info)) or ".",
            ":".join(values),
            ":".join(values.values()),
        )
    )


def _ref_text(variant: VariantResult) -> str:
    return variant.ref if BASES.fullmatch(variant.ref) else "N"


def _info(name: str, value: Value) -> str:
    if value is None or value is False or value in ("", []):
        return ""
    if value is True:
        return name
    if isinstance(value, list):
        return f"{name}={','.join(escape(item) for item in value)}"
    return f"{name}={escape(str(value))}"


def _filter(name: str) -> str:
    return escape(name).replace("<", "%3C").replace(">", "%3E") if name != "0" else "%30"


def _plain(text: str) -> str:
    if text.isprintable() and text.strip() == text:
        return text
    return visible(" ".join(text.split()))


def _contig_lines(build: Build | None, variants: Iterable[VariantResult]) -> Iterator[str]:
    known = contigs(build) if build else {}
    yield from _known_contigs(build) if build else ()
    others = {variant.chrom for variant in variants} - set(known)
    for chrom in sorted(others, key=_chrom_rank):
        yield f"##contig=<ID={chrom}>"


@cache
def _known_contigs(build: Build) -> tuple[str, ...]:
    return tuple(
        f"##contig=<ID={contig.chrom},length={contig.length},assembly={build}>"
        for contig in contigs(build).values()
    )


def _chrom_rank(chrom: str) -> tuple[int, str]:
    return (int(chrom), "") if chrom.isdigit() else (99, chrom)
