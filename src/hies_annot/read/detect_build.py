"""Find out the genome build of a VCF; nothing that a file says about itself is believed alone.

First the contig lengths and accessions of the header, then the REF bases of all records in
the windows of both builds. The score is kept for the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from hies_annot.errors import BuildMismatchError, InputError, UnknownBuildError
from hies_annot.genome import Build, canonical_chrom, contigs
from hies_annot.io.header.assemblies import accession_assembly, length_assembly, not_supported
from hies_annot.io.header.header_builds import builds_of_contigs
from hies_annot.io.record.record_faults import BASES
from hies_annot.model import SiteRecord
from hies_annot.reference.normalise import ref_agreement
from hies_annot.reference.sequence import Reference

AGREEMENT = 0.8
"""Least share of REF bases that must fit; a wrong build fits one base in four."""
ENOUGH = 2
"""Fewer wrong bases than this cannot refute a build (one wrong REF is a wrong record)."""
CERTAIN = 5
"""So many agreeing records, and none against, are no chance (one base in four fits anywhere)."""


class Score(Struct, frozen=True):
    """Records whose REF was compared with the reference, and how many agreed."""

    compared: int
    agreed: int

    @property
    def refutes(self) -> bool:
        """Whether the bases rule the build out."""
        wrong = self.compared - self.agreed
        return wrong >= ENOUGH and self.agreed < AGREEMENT * self.compared

    @property
    def supports(self) -> bool:
        """Whether the bases speak for the build."""
        return self.compared > 0 and self.agreed >= AGREEMENT * self.compared


class BuildDecision(Struct, frozen=True):
    """The build of a file and what it rests on."""

    build: Build
    header: Build | None
    scores: Mapping[Build, Score]

    @property
    def sentence(self) -> str:
        """The evidence in words."""
        parts = ["contig lines of the header" if self.header else "no contig lengths in the header"]
        for build, score in self.scores.items():
            if score.compared:
                parts.append(f"REF fits {build} at {score.agreed} of {score.compared} records")
        return "; ".join(parts)


def header_build(
    header_contigs: Mapping[str, int | None], *, file: str, assembly: str | None = None
) -> Build | None:
    """Return the build that the contig lengths and accessions of a header speak for.

    Args:
        header_contigs: lengths by name.
        file: name for messages.
        assembly: an assembly that is not supported and that the header names as its reference;
            it counts where the contigs tell no build.

    Raises:
        InputError: the lengths contradict each other or belong to neither build.
    """
    votes, other, foreign = _told_by(tuple(header_contigs.items()))
    if other is None and assembly is not None:
        other = f"the header names {assembly} as reference"
    if len(votes) > 1:
        raise InputError("the contig lines of the header mix GRCh37 and GRCh38", file=file)
    if not votes and other is not None:
        raise InputError(not_supported(other), file=file)
    if not votes and foreign is not None:
        raise InputError(
            f"contig length {foreign} belongs neither to GRCh37 nor to GRCh38", file=file
        )
    return next(iter(votes), None)


@lru_cache(maxsize=64)
def _told_by(
    named: tuple[tuple[str, int | None], ...],
) -> tuple[frozenset[Build], str | None, str | None]:
    """Return the builds that contigs speak for, another assembly and a foreign length, in words.

    The files of a batch mostly have the same contigs.
    """
    other = foreign = None
    for name, length in named:
        chrom = canonical_chrom(name)
        if chrom is None:
            of_name = accession_assembly(name)
            other = f"contig {name} is one of {of_name}" if of_name else other
        elif length is not None:
            fits = any(contigs(build)[chrom].length == length for build in Build)
            foreign = foreign or (None if fits else f"{name} {length}")
            of_length = length_assembly(chrom, length)
            other = (
                f"contig {name} of {length} bases is that of {of_length}" if of_length else other
            )
    return builds_of_contigs(dict(named)), other, foreign


def decide_build(
    header: Build | None,
    sites: Iterable[SiteRecord],
    references: Mapping[Build, Reference],
    *,
    forced: Build | None,
    file: str,
) -> BuildDecision:
    """Decide the build of a file from its header and its REF bases.

    Args:
        header: what `header_build` said.
        sites: records in the windows of both builds.
        references: the reference of each build.
        forced: the build that the user named, None for detection.
        file: name for messages.

    Raises:
        BuildMismatchError: header, REF bases and the user's word contradict each other.
        UnknownBuildError: nothing tells the build.
    """
    scores = score_builds(sites, references)
    fitting = [build for build, score in scores.items() if score.supports]
    wanted = forced or header
    refuse_other_build(header, forced, file=file)
    if wanted is not None:
        other = next(build for build in Build if build is not wanted)
        if scores[wanted].refutes or _only_fits(other, scores, doubtful=header is None):
            raise BuildMismatchError(_mismatch(wanted, other, scores), file=file)
        return BuildDecision(wanted, header, scores)
    if len(fitting) == 1:
        return BuildDecision(fitting[0], None, scores)
    raise UnknownBuildError(
        "the genome build cannot be told: the header has no contig lengths and "
        f"{'no record lies in the loci' if not fitting else 'the REF bases fit both builds'}; "
        "name it with --build",
        file=file,
    )


def refuse_other_build(header: Build | None, forced: Build | None, *, file: str) -> None:
    """Refuse a file of which the header tells another build than was named.

    Raises:
        BuildMismatchError: it does.
    """
    if forced and header and forced is not header:
        raise BuildMismatchError(
            f"the contig lengths of the header are those of {header}, but {forced} was asked for",
            file=file,
        )


def demand_one_build(build: Build, met: Mapping[Build, str], *, file: str) -> None:
    """Refuse a file of which a part is on the other build.

    Args:
        build: the build of the file.
        met: what tells a build of a part of its records, in words.
        file: name for messages.

    Raises:
        InputError: there is such a part.
    """
    for other, words in met.items():
        if other is not build:
            raise InputError(
                f"its records mix GRCh37 and GRCh38: {words}, and the file is on {build}; give "
                "the records of each build in a file of their own",
                file=file,
            )


def _only_fits(other: Build, scores: Mapping[Build, Score], *, doubtful: bool) -> bool:
    """Whether all records lie in the loci of the other build and their bases fit it.

    Where the header speaks against it, a few fitting bases could be chance.
    """
    theirs = scores[other]
    if any(score.compared for build, score in scores.items() if build is not other):
        return False
    if doubtful:
        return theirs.supports
    return theirs.compared >= CERTAIN and theirs.agreed == theirs.compared


def _mismatch(wanted: Build, other: Build, scores: Mapping[Build, Score]) -> str:
    mine, theirs = scores[wanted], scores[other]
    return (
        f"this is not {wanted}: REF agrees at {mine.agreed} of {mine.compared} records in the "
        f"{wanted} loci and at {theirs.agreed} of {theirs.compared} in the {other} loci"
    )


def score_builds(
    sites: Iterable[SiteRecord], references: Mapping[Build, Reference]
) -> dict[Build, Score]:
    """Count agreeing REF bases of the records in each build's loci.

    Made-up bases do not count, nor does a REF that is not made of bases: it is of no build.
    """
    compared = dict.fromkeys(references, 0)
    agreed = dict.fromkeys(references, 0)
    for site in sites:
        if not BASES.fullmatch(site.ref):
            continue
        for build, reference in references.items():
            locus = reference.overlapping(site.chrom, site.pos, site.pos + len(site.ref) - 1)
            verdict = None if locus is None else ref_agreement(locus, site.pos, site.ref)
            if verdict is not None:
                compared[build] += 1
                agreed[build] += verdict
    return {build: Score(compared[build], agreed[build]) for build in references}
