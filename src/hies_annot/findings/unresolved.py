"""Structural changes of which nobody can say what they leave: breaks, cut exons, copies inside.

Beside them: losses side by side, which are one loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from msgspec.structs import replace

from hies_annot.annotate.structural_change import Change, change_of
from hies_annot.judge.alleles import AlleleBook
from hies_annot.judge.drop_reasons import NO_EFFECT, WEAK_SPLICE
from hies_annot.judge.unsure_ends import UNSURE
from hies_annot.model import Allele, AlleleKind, Annotation, Call, Finding, JudgedCall, Unjudged
from hies_annot.model.allele import STRUCTURAL_KINDS, STRUCTURAL_SIZE
from hies_annot.phase.deletions import is_deletion
from hies_annot.read.exact_ends import end_bounds

_BREAKING = frozenset({Change.INSERTION, Change.BREAK, Change.INVERSION, Change.UNKNOWN})
"""Changes that may leave no message, wherever in the coding region they lie."""
_SITES = frozenset({"splice_acceptor_variant", "splice_donor_variant"})
_CUT = frozenset({"feature_truncation", "stop_lost"})
_TANDEM = ("TANDEM", "SVSIZE")
"""Second words of a copy that is taken to lie beside its source; SVSIZE is how GraphTyper names the
size. Any other one (INS, DISPERSED, INT, INV) lies elsewhere, or turned round."""
_MAY_MATTER = frozenset({None, NO_EFFECT, WEAK_SPLICE})
_ENDING = frozenset({"frameshift_variant", "stop_gained"})
_CODING = _ENDING | {"coding_sequence_variant", "feature_truncation"}


def unresolved_structural(
    judged: Sequence[JudgedCall], findings: Iterable[Finding], book: AlleleBook
) -> tuple[Unjudged, ...]:
    """Return an entry for each carried change of unknown effect that makes no finding.

    Bases that nobody has read, put into a coding exon, mostly take its function: one copy of a
    recessive gene may be lost, so such an allele is a candidate, as one without a call is. Losses
    that touch and are more together than each alone are told as one.
    """
    used = {name for finding in findings for name in finding.variants}
    side_by_side = _side_by_side(judged, used, book)
    together = {one.id for run, _ in side_by_side for one in run}
    found = {
        one.id: one
        for one in judged
        if one.call.carried
        and one.drop_reason is None
        and one.id not in used | together
        and _breaks(one)
    }
    return (*map(_alone, found.values()), *(entry for _, entry in side_by_side))


def _alone(one: JudgedCall) -> Unjudged:
    return Unjudged(
        one.call.allele.gene,
        f"{_name(one)} changes the coding region or a splice site on one copy, and what that "
        "leaves is not known: this copy may be lost (perhaps a carrier), confirm the change "
        f"and look for a second allele: {one.call.site.where}",
        f"confirm {_name(one)} (breakpoints, RNA), which may take the function of one copy, "
        "and look for a second allele",
    )


def _side_by_side(
    judged: Iterable[JudgedCall], used: Set[str], book: AlleleBook
) -> list[tuple[list[JudgedCall], Unjudged]]:
    """Return carried losses that touch and together lose what neither loses alone, as an entry.

    Callers part one deletion where reads lie wrong, and segment depth in pieces. Those that make a
    finding are told there.
    """
    losses = {
        one.id: one
        for one in judged
        if one.call.carried and one.drop_reason in _MAY_MATTER and is_deletion(one.call)
    }
    found = []
    for run in _runs(sorted(losses.values(), key=lambda one: one.call.allele.pos)):
        names = [one.id for one in run]
        known = not used.isdisjoint(names) or any(_asks(one.call.allele, book) for one in run)
        whole = _whole([one.call.allele for one in run])
        if not known and _asks(whole, book):
            annotation = book.facts(whole).annotation
            entry = Unjudged(
                whole.gene,
                f"{' and '.join(names)} lie side by side: on one chromosome they are one loss, "
                f"{annotation.hgvs_c or whole.id}, that takes the function of this copy "
                "(perhaps a carrier): confirm it and look for a second allele",
                f"confirm {annotation.hgvs_c or whole.id} as one loss (breakpoints, copy "
                "number), and look for a second allele",
            )
            found.append((run, entry))
    return found


def _runs(losses: Sequence[JudgedCall]) -> list[list[JudgedCall]]:
    """Return the losses of one gene that touch or overlap, by twos and more, in their order."""
    runs: list[list[JudgedCall]] = []
    for one in losses:
        run = next((run for run in runs if any(_touch(two.call, one.call) for two in run)), None)
        if run is None:
            runs.append([one])
        else:
            run.append(one)
    return [run for run in runs if len(run) > 1]


def _touch(first: Call, second: Call) -> bool:
    """Whether a loss begins no later than one before it ends, by their unsure ends."""
    bounds = [end_bounds(call.site, call.alt_index) for call in (first, second)]
    behind = bounds[0][1][1] if bounds[0] else 0
    before = bounds[1][0][0] if bounds[1] else 0
    one, two = first.allele, second.allele
    return one.gene == two.gene and two.pos + before <= one.end + behind


def _whole(alleles: Sequence[Allele]) -> Allele:
    first, last = alleles[0], max(allele.end for allele in alleles)
    return replace(first, ref="N", alt="<DEL>", kind=AlleleKind.SYMBOLIC, end=last, precise=False)


def _asks(allele: Allele, book: AlleleBook) -> bool:
    return any(verdict.asks for verdict in book.facts(allele).verdicts.values())


def _breaks(one: JudgedCall) -> bool:
    allele, known = one.call.allele, one.annotation
    if known is None or UNSURE in (*one.flags, *one.call.flags):
        return False
    extent, terms = known.structural, known.consequence
    whole = extent is not None and extent.whole_gene
    coding, site = not _CODING.isdisjoint(terms), not _SITES.isdisjoint(terms)
    shifts = extent is not None and extent.in_frame is False
    if allele.kind not in STRUCTURAL_KINDS:
        large = len(allele.ref) - len(allele.alt) >= STRUCTURAL_SIZE
        return allele.kind is AlleleKind.SEQUENCE and large and (shifts or "stop_lost" in terms)
    change = change_of(allele)
    if change in _BREAKING:
        return whole or coding or site
    if change is Change.LOSS:  # an exon is cut, the end of the message or a site alone is lost
        return shifts or (not _CUT.isdisjoint(terms) if coding else site)
    if change is not Change.GAIN or whole or not coding:
        return False
    if not _is_tandem(allele):
        return True
    inside = "feature_elongation" in terms or not _ENDING.isdisjoint(terms)
    return inside and (extent is None or extent.in_frame is not True)


def _is_tandem(allele: Allele) -> bool:
    words = allele.alt.strip("<>").upper().split(":")[1:]
    return not words or any(word.startswith(_TANDEM) for word in words)


def _name(one: JudgedCall) -> str:
    names: Annotation | None = one.annotation
    return (names.hgvs_c if names is not None else None) or one.id
