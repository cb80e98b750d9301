"""The answer on top of a page: the status in one sentence and what it rests on. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from hies_annot.render.standing import (
    call_in_doubt,
    demo_genes,
    findings,
    genes_read,
    in_some_cells,
    on_made_up,
    support,
    top_conditions,
)
from hies_annot.render.words import percent, plural
from hies_annot.results.callability_contract import GeneCallabilityResult
from hies_annot.results.contract import ConditionResult, SampleResult

_WHAT = "a pathogenic allele"
LONG_REASON = 160
"""Characters from which the reason of a status is shown as a list."""


class Answer(Struct, frozen=True):
    """The first thing on the page: one sentence and the callability that it rests on."""

    headline: str
    reasons: tuple[str, ...]
    """Reason of the status, a long one in its parts, without what a finding says."""
    callability: tuple[tuple[str, str], ...]
    """(gene, sentence)"""
    on_demo: bool


def answer_of(result: SampleResult) -> Answer:
    """Work out the answer of one sample."""
    top = top_conditions(result)
    beyond = beyond_findings(result)
    return Answer(
        headline=_headline(result, top),
        reasons=_parts(beyond),
        callability=tuple(
            (gene.gene, _callable_line(gene, beyond)) for gene in result.callability.genes
        ),
        on_demo=_on_demo(result, top),
    )


def warnings_beside(result: SampleResult, answer: Answer) -> Iterator[str]:
    """Yield the warnings that the answer has not said already, by itself or of a gene."""
    amiss = {words for gene in result.callability.genes for words in gene.amiss}
    for told in result.warnings:
        if told not in answer.reasons and told.partition(": ")[2] not in amiss:
            yield told


def _parts(reason: str) -> tuple[str, ...]:
    if len(reason) <= LONG_REASON:
        return (reason,) if reason else ()
    return tuple(reason.split("; "))


def beyond_findings(result: SampleResult) -> str:
    """Return what the reason of a status says beside the reason of its finding."""
    reason = result.status_reason
    for condition in top_conditions(result):
        said = f"{condition.gene}: {condition.reasons[0]}" if condition.reasons else ""
        if said and reason.startswith(said):
            return reason.removeprefix(said).removeprefix("; ")
    return reason


def _on_demo(result: SampleResult, top: list[ConditionResult]) -> bool:
    """Whether the sentence rests on made-up bases: by a finding, or by what was set aside."""
    if top:
        return any(on_made_up(condition, result) for condition in top)
    return bool(demo_genes(result))


def _headline(result: SampleResult, top: list[ConditionResult]) -> str:
    genes = named([condition.gene for condition in top])
    read = named(genes_read(result), "or")
    sentences = {
        "relevant": f"A genotype in {genes} that explains hyper-IgE syndrome was found.",
        "possible": f"A genotype in {genes} may explain hyper-IgE syndrome; this is not settled.",
        "carrier": (
            f"{_carrier(genes, top, result)} and none was found on the other copy. On its own this "
            "does not explain hyper-IgE syndrome."
        ),
        "differential": _differential(genes, top, result),
        "none": (
            f"No genotype in {read} that explains hyper-IgE syndrome was found. {_seen(result)}"
        ),
        "inconclusive": (
            f"Inconclusive: no genotype that explains hyper-IgE syndrome was found, "
            f"but the data cannot exclude one in {read}."
        ),
        "failed": "This sample could not be analysed. Nothing can be said about it.",
    }
    said = sentences.get(result.status, f"Status: {result.status}.")
    return f"{said}{_open_end(result)}{_further(result, top)}"


def _open_end(result: SampleResult) -> str:
    """Say what a carrier or a differential leaves open: bases not seen, records not read."""
    if result.status not in ("carrier", "differential"):
        return ""
    if _bases_missing(result):
        return " Not all required bases were seen: hyper-IgE syndrome is not excluded."
    if beyond_findings(result):
        return " Not all of the data could be read or judged: hyper-IgE syndrome is not excluded."
    return ""


def _further(result: SampleResult, top: list[ConditionResult]) -> str:
    """Name the findings of lower rank, which the status does not tell of."""
    lower = [each for each in findings(result) if top and each not in top]
    named_ones = dict.fromkeys(f"{each.status} in {each.gene}" for each in lower)
    return f" Further findings, see below: {', '.join(named_ones)}." if named_ones else ""


def _carrier(genes: str, top: list[ConditionResult], result: SampleResult) -> str:
    if any(call_in_doubt(condition, result) for condition in top):
        return f"Perhaps a carrier: by a call that is in doubt, one copy of {genes} carries {_WHAT}"
    supports = {
        support(variant, condition.id)
        for condition in top
        for variant in result.variants
        if variant.id in condition.variants
    }
    if supports <= {"pathogenic"} and any(in_some_cells(each, result) for each in top):
        return f"Carrier, perhaps a mosaic: in some of the reads {genes} has {_WHAT} on one copy"
    if supports <= {"pathogenic"}:
        return f"Carrier: one copy of {genes} carries {_WHAT}"
    return f"Carrier: one copy of {genes} carries an allele that may be pathogenic (see Why)"


def _differential(genes: str, top: list[ConditionResult], result: SampleResult) -> str:
    diseases = named([condition.disease for condition in top])
    if any(condition.open_between for condition in top):
        return (
            f"A {genes} variant is listed for another disease ({diseases}), but its class or its "
            "mechanism is not settled: hyper-IgE syndrome is neither shown nor excluded by it."
        )
    doubt = any(call_in_doubt(condition, result) for condition in top)
    return (
        f"No genotype for hyper-IgE syndrome was found, but a {genes} variant"
        f"{', of which the call is in doubt,' if doubt else ''} points to another disease: "
        f"{diseases}."
    )


def _bases_missing(result: SampleResult) -> bool:
    return any(
        gene.callable_bases is None or gene.callable_bases < gene.required_bases
        for gene in result.callability.genes
    )


def _seen(result: SampleResult) -> str:
    """Return how much of the required bases was callable, in figures; gaps by their exons."""
    genes = result.callability.genes
    required = sum(gene.required_bases for gene in genes)
    missing = required - sum(gene.callable_bases or 0 for gene in genes)
    if not missing:
        return f"All {required:,} required bases were callable."
    places = dict.fromkeys(f"{gene.gene} {gap.exon}" for gene in genes for gap in gene.gaps)
    one = missing == 1
    return (
        f"{plural(missing, 'required base')} of {required:,} {'was' if one else 'were'} not "
        f"callable, and nothing is said about {'it' if one else 'them'}: "
        f"{', '.join(places) or 'place not known'}."
    )


def _callable_line(gene: GeneCallabilityResult, above: str) -> str:
    """Return what was seen of a gene; what `above` has said already is not said again."""
    lead = "and" if gene.callable_bases is None else "but"
    new = [words for words in gene.amiss if words not in above]
    new += ["not all of it was read or judged (see above)"] if len(new) < len(gene.amiss) else []
    unread = f"; {lead} {'; '.join(new)}" if new else ""
    if gene.callable_bases is None:
        return f"{gene.gene}: not known how much of the gene was callable{unread}"
    share = percent(gene.callable_bases, gene.required_bases)
    gaps = f", {plural(len(gene.gaps), 'gap')}" if gene.gaps else ""
    return f"{gene.gene}: {share} of {gene.required_bases:,} required bases callable{gaps}{unread}"


def named(genes: Sequence[str], last: str = "and") -> str:
    """Join gene symbols for a sentence: `STAT3 and ZNF341`."""
    unique = list(dict.fromkeys(genes))
    if len(unique) < 2:
        return "".join(unique) or "no gene"
    return f"{', '.join(unique[:-1])} {last} {unique[-1]}"
