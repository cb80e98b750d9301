"""Which calls take part in a condition, and what keeps a finding from being certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.judge.acmg.criteria import BY_FREQUENCY
from hies_annot.model import (
    AlleleKind,
    Call,
    JudgedCall,
    Support,
    Verdict,
    Zygosity,
)
from hies_annot.phase.one_event import denies, same_event
from hies_annot.phase.pairs import order_key
from hies_annot.read.call_quality import quality_words
from hies_annot.read.copy_number import FROM_COPY_NUMBER

COUNTING = frozenset(
    {Support.PATHOGENIC, Support.UNCERTAIN, Support.UNRESOLVED, Support.CONTRADICTED}
)
_KINDS = frozenset({AlleleKind.SEQUENCE, AlleleKind.SYMBOLIC, AlleleKind.BREAKEND})
_UNCALLED = frozenset({"ad_contradicts_gt", "reads_without_call"})

_SUPPORT_DOUBT = {
    Support.UNCERTAIN: "is of uncertain significance",
    Support.UNRESOLVED: "has a mechanism that is not resolved for this condition",
    Support.CONTRADICTED: "has contradicting classifications",
}
FLAG_DOUBT = {
    "low_fraction": "is seen in a low fraction of the reads: possible mosaic or clone",
    "copy_number_unread": "has a copy number that cannot be read",
    "copy_number_contradicts_gt": "has a copy number that contradicts its genotype",
    "extent_contradicted": "has END and SVLEN that contradict each other: the longer one is taken",
    "ends_not_exact": "has ends that are not exact (CIPOS, CIEND): whether it reaches an exon or a "
    "splice site is not known",
    "ad_contradicts_gt": "has read counts that contradict the genotype",
    "reads_without_call": "has reads, but no genotype was called",
    "homozygous_deletion_contradicted": "contradicts another call: a deletion on both copies, and "
    "an allele read within it; one of the two is wrong",
    "reference_within_deletion": "contradicts another call: a deletion on both copies, and reads "
    "of the reference within it; one of the two is wrong, or a mosaic",
    "heterozygous_within_deletion": "contradicts another call: a deletion on one copy, and two "
    "alleles read at one place within it; one of the two is wrong, or a mosaic",
}
_NUMBER_OF_RECORD = (
    "has no genotype, and the record states its copy number (INFO/CN), but not of whom"
)

_FLAG_REMARK = {
    "heterozygous_within_loh": "is heterozygous, but lies in a region that another record calls "
    "copy-neutral loss of heterozygosity: one of the two is wrong, or a mosaic",
    "counts_contradict": "has read counts in two spellings that contradict each other: neither was "
    "used; check the reads",
    "adjacency_only": "was told from its junction alone (SVCLAIM=J): check the number of copies",
}


_FREQUENT = "its frequency speaks against it"


class Candidate(Struct, frozen=True):
    """A call with its verdict under one condition."""

    judged: JudgedCall
    verdict: Verdict
    otherwise: tuple[str, ...] = ()  # genotypes that other records give for the allele
    also: tuple[str, ...] = ()  # other records of the same structural event

    @property
    def call(self) -> Call:
        """The call."""
        return self.judged.call

    @property
    def id(self) -> str:
        """Id of the allele."""
        return self.judged.id

    @property
    def pathogenic(self) -> bool:
        """Whether the allele counts as P/LP with the condition's mechanism."""
        return self.verdict.support is Support.PATHOGENIC

    @property
    def name(self) -> str:
        """The c. name where there is one, else the id."""
        annotation = self.judged.annotation
        return (annotation.hgvs_c if annotation else None) or self.id


def candidates(calls: Iterable[JudgedCall], condition: str) -> tuple[Candidate, ...]:
    """Return the calls that count for a condition, each allele once, ordered by place.

    A call that is not carried takes part only where its reads show a pathogenic allele. Of an
    allele that several records name, a carried, passing call with the most copies is taken;
    what the others say is kept, also where they call the reference.
    """
    calls = tuple(calls)
    records: dict[str, list[JudgedCall]] = {}
    for judged in calls:
        verdict = judged.verdicts.get(condition)
        if verdict and verdict.support in COUNTING and _takes_part(judged, verdict):
            records.setdefault(judged.id, []).append(judged)
    without = [judged for judged in calls if judged.call.zygosity is Zygosity.HOM_REF]
    found = [
        _candidate(sorted(same, key=_preference), condition, without) for same in records.values()
    ]
    return tuple(sorted(_events(found), key=lambda candidate: order_key(candidate.call)))


def _events(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield each candidate, several records of one structural event as one."""
    left = sorted(found, key=lambda candidate: _preference(candidate.judged))
    while left:
        best, *rest = left
        same = [other for other in rest if same_event(best.call, other.call)]
        left = [other for other in rest if other not in same]
        genotypes = {
            other.call.fields.gt or "not given"
            for other in same
            if other.call.zygosity is not best.call.zygosity
        }
        yield replace(
            best,
            otherwise=tuple(sorted({*best.otherwise, *genotypes})),
            also=tuple(f"{other.id} of {Path(other.call.site.file).name}" for other in same),
        )


def _candidate(
    records: Sequence[JudgedCall], condition: str, without: Sequence[JudgedCall]
) -> Candidate:
    """Return an allele with what other records say: those that name it, or nearly the same event.

    `without` are all calls of the reference.
    """
    best = records[0]
    against = [
        one
        for one in without
        if best.call.carried
        and one.call.site != best.call.site
        and (one.id == best.id or denies(one.call, best.call))
    ]
    others = {
        _genotype(judged.call)
        for judged in (*records, *against)
        if judged.call.zygosity is not best.call.zygosity
    }
    return Candidate(best, best.verdicts[condition], tuple(sorted(others)))


def _genotype(call: Call) -> str:
    number = call.fields.copy_number
    return call.fields.gt or ("not given" if number is None else f"{number} copies")


def _preference(judged: JudgedCall) -> tuple[bool, int, int, int, int, str]:
    call = judged.call
    return (
        not call.carried,
        len(call.quality),
        -(call.copies or 0),
        len(call.flags),
        -(call.depth or 0),
        repr(call),
    )


def _takes_part(judged: JudgedCall, verdict: Verdict) -> bool:
    call = judged.call
    if judged.drop_reason is not None or call.allele.kind not in _KINDS:
        return False
    return call.carried or (verdict.asks and bool(_UNCALLED & set(call.flags)))


def remarks(candidate: Candidate) -> tuple[str, ...]:
    """Return what a reader must know of an allele that makes no finding less certain."""
    acmg = candidate.verdict.acmg if candidate.pathogenic else None
    frequent = [c for c in acmg.criteria if c.code in BY_FREQUENCY and c.points] if acmg else []
    flags = (flag for flag in candidate.call.flags if flag in _FLAG_REMARK)
    return (
        *(f"{candidate.name} {_FLAG_REMARK[flag]}" for flag in flags),
        *(
            f"{candidate.name}: its frequency speaks against it ({c.code}: {c.reason})"
            for c in frequent
        ),
    )


def doubts(candidate: Candidate) -> tuple[str, ...]:
    """Return what makes a finding with this allele at most `possible`, gravest first."""
    call, verdict = candidate.call, candidate.verdict
    found = []
    if verdict.support in _SUPPORT_DOUBT:
        ground = f": {'; '.join(verdict.reasons)}" if verdict.reasons else ""
        found.append(f"{_SUPPORT_DOUBT[verdict.support]}{ground}")
    if candidate.otherwise:
        words = " and ".join((call.fields.gt or "not given", *candidate.otherwise))
        found.append(f"is given by several records with different genotypes ({words})")
    found += [FLAG_DOUBT[flag] for flag in call.flags if flag in FLAG_DOUBT]
    if FROM_COPY_NUMBER in call.flags and call.fields.copy_number is None and call.fields.gt:
        found.append(_NUMBER_OF_RECORD)
    if call.quality:
        failed = ", ".join(map(quality_words, call.quality))
        found.append(f"fails the call thresholds: {failed}")
    return tuple(f"{candidate.name} {doubt}" for doubt in found)


ZYGOSITY_WORDS = {
    Zygosity.HET: "heterozygous",
    Zygosity.HOM_ALT: "homozygous",
    Zygosity.HET_ALT: "heterozygous beside another alternate allele",
    Zygosity.OVER_DELETION: "one copy, the other one deleted (hemizygous-like)",
    Zygosity.HAPLOID: "one allele given where two are expected",
    Zygosity.HALF_CALL: "one copy seen, the other one not called",
    Zygosity.POLYPLOID: "more than two alleles given",
    Zygosity.HOM_REF: "called reference, but the reads show the allele",
    Zygosity.NO_CALL: "not called, but the reads show the allele",
    Zygosity.NOT_GIVEN: "no genotype given, but the reads show the allele",
}


_BASIS = {
    "curated": "the curated table",
    "acmg": "our ACMG/AMP class",
    "lab": "the lab's own classification",
    "clinvar": "ClinVar",
}


_COUNTS = {
    **{support: support.value.replace("_", " ") for support in Support},
    Support.PATHOGENIC: "pathogenic or likely pathogenic",
}


def headline(found: Sequence[Candidate], genotype: str) -> str:
    """Return the genotype in one sentence, with what each allele counts as and on which ground."""
    parts = []
    for candidate in found:
        basis = _BASIS.get(candidate.verdict.basis)
        counts = _COUNTS[candidate.verdict.support]
        also = f"; one event with {' and '.join(candidate.also)}" if candidate.also else ""
        parts.append(f"{candidate.name} ({counts}{f' by {basis}' if basis else ''}{also})")
    return f"{' and '.join(parts)}: {genotype}"
