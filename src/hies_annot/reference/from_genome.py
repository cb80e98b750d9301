"""Make a reference ready for use: from a lab's genome, or from what ships with the package.

All tools see one bgzipped FASTA a build: contigs at full length, N outside the loci, so that
coordinates are true and the file stays small.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Set
from functools import partial
from pathlib import Path

from hies_annot.errors import BuildMismatchError, ReferenceDataError
from hies_annot.genes.gene_file import Gene
from hies_annot.genome import Build, canonical_chrom, contigs
from hies_annot.io.fasta import IndexedFasta, Sequence, write_bgzipped
from hies_annot.io.in_child import in_child
from hies_annot.reference.load import embedded_reference, gene_transcripts
from hies_annot.reference.sequence import LocusSequence, Reference, refget_digest
from hies_annot.reference.verify import Check, verify

FLANK = 10_000
"""Bases kept on both sides of a locus for tools that read the padded FASTA."""
FASTA_NAME = "reference.fa.gz"

__all__ = ["Check", "build_reference", "load_reference", "padded_fasta", "verify"]


def build_reference(fasta: Path, build: Build, genes: tuple[Gene, ...], cache_dir: Path) -> Path:
    """Cut the loci out of a genome, verify them and return the padded FASTA in `cache_dir`.

    Made once; several processes may ask for it at the same time.

    Raises:
        BuildMismatchError: the genome is of another build.
        ReferenceDataError: the genome cannot be read, lacks a chromosome, or a check fails.
    """
    with IndexedFasta(fasta, cache_dir) as genome:
        names = _contig_names(genome, build, genes)
        reference = _reference(genome, names, build, genes)
        require_verified(reference, genes, str(fasta))
        pieces = {gene.name: _with_flanks(genome, names, build, gene) for gene in genes}
    return write_padded(reference, pieces, cache_dir, {})


def load_reference(
    build: Build, genes: tuple[Gene, ...], fasta: Path | None, cache_dir: Path | None
) -> Reference:
    """Return the reference of one build: from a lab's genome if it is of that build.

    Without `fasta`, or for the build that it is not of, the embedded reference is returned; its
    demo loci say so themselves. `cache_dir` takes the index of a FASTA that has none.

    Raises:
        ReferenceDataError: the genome cannot be read, lacks a chromosome, or a check fails.
    """
    if fasta is None:
        return embedded_reference(build, genes)
    reference = in_child(fasta, partial(_cut_out, build, genes, fasta, cache_dir))
    if reference is None:
        return embedded_reference(build, genes)
    require_verified(reference, genes, str(fasta))
    return reference


def _cut_out(
    build: Build, genes: tuple[Gene, ...], fasta: Path, cache_dir: Path | None
) -> Reference | None:
    """Return the loci of a genome; None: it is of another build."""
    with IndexedFasta(fasta, cache_dir) as genome:
        if build_of(genome, _chroms(genes)) is not build:
            return None
        return _reference(genome, _contig_names(genome, build, genes), build, genes)


def padded_fasta(
    reference: Reference, cache_dir: Path, names: Mapping[str, str] | None = None
) -> Path:
    """Return a bgzipped, indexed FASTA of a reference, made once in `cache_dir`.

    Args:
        reference: any reference, the embedded one too.
        cache_dir: folder that is shared by all runs.
        names: contig names to write instead of the canonical ones (`17` -> `chr17`).
    """
    pieces = {locus.gene: (locus.start, locus.sequence) for locus in reference.loci}
    return write_padded(reference, pieces, cache_dir, names or {})


def require_verified(reference: Reference, genes: tuple[Gene, ...], file: str) -> None:
    """Raise ReferenceDataError with every fatal check that fails, in one message."""
    failed = [c for c in verify(reference, genes) if c.fatal and not c.passed]
    if failed:
        faults = "; ".join(f"{check.gene}, {check.name}: {check.detail}" for check in failed)
        raise ReferenceDataError(f"this is not a usable reference: {faults}", file=file)


def build_of(genome: IndexedFasta, wanted: Set[str]) -> Build:
    """Return the build of a genome, from the lengths of the wanted chromosomes (`17`).

    Raises:
        ReferenceDataError: none of the chromosomes is there, or no build has such lengths.
    """
    found = {
        chrom: length
        for name, length in genome.lengths.items()
        if (chrom := canonical_chrom(name)) in wanted and chrom is not None
    }
    for build in Build:
        if found and all(contigs(build)[c].length == length for c, length in found.items()):
            return build
    seen = ", ".join(f"{chrom}: {length}" for chrom, length in sorted(found.items())) or "none"
    raise ReferenceDataError(
        f"chromosomes {', '.join(sorted(wanted))} of neither GRCh37 nor GRCh38 (lengths: {seen}): "
        "give a whole genome or at least these chromosomes",
        file=str(genome.path),
    )


def _chroms(genes: tuple[Gene, ...]) -> frozenset[str]:
    return frozenset(gene.file.chrom for gene in genes)


def _contig_names(genome: IndexedFasta, build: Build, genes: tuple[Gene, ...]) -> dict[str, str]:
    """Return the genome's own names of the chromosomes of the genes, by canonical name."""
    actual = build_of(genome, _chroms(genes))
    if actual is not build:
        raise BuildMismatchError(
            f"{build} was asked for, but the lengths of the chromosomes are those of {actual}",
            file=str(genome.path),
        )
    names = {canonical_chrom(name): name for name in genome.lengths}
    missing = sorted(_chroms(genes) - names.keys())
    if missing:
        raise ReferenceDataError(
            f"chromosome {', '.join(missing)} is missing", file=str(genome.path)
        )
    return {chrom: name for chrom, name in names.items() if chrom is not None}


def _reference(
    genome: IndexedFasta, names: dict[str, str], build: Build, genes: tuple[Gene, ...]
) -> Reference:
    return Reference(
        build=build,
        loci=tuple(_locus(genome, names, build, gene) for gene in genes),
        transcripts={gene.name: gene_transcripts(build, gene) for gene in genes},
    )


def _locus(genome: IndexedFasta, names: dict[str, str], build: Build, gene: Gene) -> LocusSequence:
    span = gene.file.loci[build]
    bases = genome.fetch(names[gene.file.chrom], span.start, span.end)
    return real_locus(build, gene, bases, genome.path.name)


def real_locus(build: Build, gene: Gene, bases: str, source: str) -> LocusSequence:
    """Return the locus of a gene with bases that came from `source`.

    Our own demo sequence handed back stays a demo.
    """
    bases = bases.upper()
    shipped = embedded_reference(build, (gene,)).locus(gene.name)
    if shipped.demo and shipped.digest == refget_digest(bases):
        return shipped
    return LocusSequence(
        gene=gene.name,
        chrom=gene.file.chrom,
        start=gene.file.loci[build].start,
        sequence=bases,
        demo=False,
        source=source,
        digest=refget_digest(bases),
    )


def _with_flanks(
    genome: IndexedFasta, names: dict[str, str], build: Build, gene: Gene
) -> tuple[int, str]:
    span = gene.file.loci[build]
    start = max(1, span.start - FLANK)
    return start, genome.fetch(names[gene.file.chrom], start, span.end + FLANK).upper()


def write_padded(
    reference: Reference,
    pieces: Mapping[str, tuple[int, str]],
    cache_dir: Path,
    names: Mapping[str, str],
) -> Path:
    """Write a padded FASTA into a folder of its own and move that into place in one step.

    Args:
        reference: build and loci; said in `source.tsv` beside the FASTA.
        pieces: by gene, first position (1-based) and bases to write, flanks included.
        cache_dir: folder that is shared by all runs.
        names: contig names to write instead of the canonical ones.
    """
    sequences = _sequences(reference, pieces, names)
    digest = refget_digest("".join(f"{s.name}{s.length}{s.pieces}" for s in sequences))[3:15]
    target = cache_dir / f"reference-{reference.build}-{digest}"
    if not (target / f"{FASTA_NAME}.gzi").is_file():
        cache_dir.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".reference-", dir=cache_dir))
        try:
            write_bgzipped(draft / FASTA_NAME, sequences)
            (draft / "source.tsv").write_text(_provenance(reference), encoding="utf-8")
            _publish(draft, target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return target / FASTA_NAME


def _provenance(reference: Reference) -> str:
    rows = [
        f"{x.gene}\t{x.chrom}\t{x.start}\t{x.end}\t{x.digest}\t{x.demo}\t{x.source}"
        for x in reference.loci
    ]
    return "\n".join(["gene\tchrom\tstart\tend\trefget\tdemo\tsource", *rows, ""])


def _publish(draft: Path, target: Path) -> None:
    try:
        draft.rename(target)
    except OSError:
        # another process was first: its files are the same, the name holds their digest
        if not (target / f"{FASTA_NAME}.gzi").is_file():
            raise
    else:
        target.chmod(0o755)


def _sequences(
    reference: Reference, pieces: Mapping[str, tuple[int, str]], names: Mapping[str, str]
) -> tuple[Sequence, ...]:
    by_chrom: dict[str, list[tuple[int, str]]] = {}
    for locus in reference.loci:
        by_chrom.setdefault(locus.chrom, []).append(pieces[locus.gene])
    return tuple(
        Sequence(
            name=names.get(chrom, chrom),
            length=contigs(reference.build)[chrom].length,
            pieces=tuple(found),
        )
        for chrom, found in by_chrom.items()
    )
