"""What an HGVS name refers to: its transcript, and its positions on the genome."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hies_annot.genes.gene_file import Gene
from hies_annot.genome import canonical_chrom
from hies_annot.reference.sequence import Reference
from hies_annot.reference.transcripts import Transcript
from hies_annot.reference.versions import other_version

_GENE_REGION = re.compile(r"NG_\d+(?:\.\d+)?|LRG_\d+|ENSG\d+(?:\.\d+)?", re.IGNORECASE)
_LRG_PART = re.compile(r"t\d+", re.IGNORECASE)
POSITION = re.compile(r"(?P<base>[-*]?\d+)(?P<offset>[-+]\d+)?")


def transcript_of(name: str) -> tuple[str, str]:
    """Return the transcript that stands before a c. name, and what stands in brackets behind it.

    `NM_139276.3(STAT3)` has a gene in brackets; behind a chromosome or a region of a gene
    (`NC_000017.11(NM_139276.3)`, `NG_007370.1(NM_139276.3)`, `LRG_112(t1)`) the brackets hold the
    transcript.
    """
    outer, _, inner = name.rstrip(")").partition("(")
    if inner and _LRG_PART.fullmatch(inner) and outer.upper().startswith("LRG_"):
        return f"{outer}{inner}", ""
    if inner and (_GENE_REGION.fullmatch(outer) or canonical_chrom(outer) is not None):
        return inner, ""
    return outer, inner


def genome_position(transcript: Transcript, text: str, kind: str) -> int:
    """Return the genome position (1-based) of a c. or n. position (`1144`, `-12`, `*7`, `1110-3`).

    Args:
        transcript: the transcript that the position counts on.
        text: the position, without `c.`.
        kind: `c` or `n`.

    Raises:
        ValueError: with a sentence that says what is wrong: outside the transcript, a position
            in an intron that does not start at the edge of an exon, or beyond the intron.
    """
    match = POSITION.fullmatch(text)
    if match is None:
        raise ValueError(f"{text} is no position")
    offset = _offset(transcript, match["base"], kind)
    if not 0 <= offset < transcript.length:
        raise ValueError(f"{transcript.accession} has no position {kind}.{match['base']}")
    base = transcript.genome_position(offset)
    if match["offset"] is None:
        return base
    return _in_intron(transcript, base, int(match["offset"]), f"{kind}.{match['base']}")


def _offset(transcript: Transcript, base: str, kind: str) -> int:
    first, last = transcript.cds_offsets
    if base.startswith("*"):
        if kind == "n":
            raise ValueError(f"n. positions have no *: {base}")
        return last + int(base[1:])
    number = int(base)
    if number == 0:
        raise ValueError("there is no position 0")
    if kind == "n":
        return number - 1
    return first + number if number < 0 else first + number - 1


def _in_intron(transcript: Transcript, base: int, steps: int, name: str) -> int:
    """Return the base `steps` into the intron behind (+) or before (-) an exon's edge."""
    exon = transcript.exon_at(base)
    if exon is None:
        raise ValueError(f"{name} lies in no exon of {transcript.accession}")
    forward = (steps > 0) == transcript.plus
    edge = exon.end if forward else exon.start
    last = len(transcript.exons) if steps > 0 else 1
    if base != edge or exon.number == last:
        side = "last" if steps > 0 else "first"
        raise ValueError(
            f"{name}{steps:+d} is in no intron of {transcript.accession}: {name} is not the {side} "
            "base of an exon beside one"
        )
    position = edge + (abs(steps) if forward else -abs(steps))
    intron = exon.number if steps > 0 else exon.number - 1
    if transcript.intron_at(position) != intron:
        raise ValueError(f"{name}{steps:+d} lies beyond the intron of {transcript.accession}")
    return position


def named_transcript(name: str, reference: Reference, genes: tuple[Gene, ...]) -> Transcript:
    """Return the transcript that an accession with its version, or a gene symbol, names.

    Another version that a source compares is read on ours, and so is an accession without a
    version where one transcript of the reference has it; `read_as` says so.

    Raises:
        ValueError: with a sentence; a version of which nothing is known is not accepted.
    """
    known = [t for group in reference.transcripts.values() for t in group]
    if (gene := _gene_meant(name, genes)) is not None:
        return reference.mane(gene.name)
    for transcript in known:
        if transcript.accession == name:
            return transcript
    if not name:
        raise ValueError("name the transcript or the gene too: NM_139276.3:c.1144C>T")
    ensembl = [g.file.transcripts.ensembl for g in genes if g.file.transcripts.ensembl]
    accessions = [*(t.accession for t in known), *ensembl]
    stem = name.split(".", maxsplit=1)[0]
    other = other_version(name)
    read_on = other.read_on if other else _only_known(name, known)
    for transcript in known:
        if transcript.accession == read_on:
            return transcript
    same = [accession for accession in accessions if accession.split(".")[0] == stem]
    if same:
        raise ValueError(
            f"transcript {name} is not known in this version, {', '.join(same)} is: check that "
            "the position is the same there"
        )
    raise ValueError(f"transcript {name} is not known; known are {', '.join(accessions)}")


def _gene_meant(name: str, genes: tuple[Gene, ...]) -> Gene | None:
    """Return the gene of which a name is the symbol, or Ensembl's MANE transcript."""
    for gene in genes:
        ensembl = gene.file.transcripts.ensembl or ""
        if name and name.upper() in (gene.name.upper(), ensembl, ensembl.partition(".")[0]):
            return gene
    return None


def _only_known(stem: str, known: Sequence[Transcript]) -> str | None:
    """Return the one transcript that an accession without its version may mean."""
    found = [t.accession for t in known if t.accession.partition(".")[0] == stem]
    return found[0] if len(found) == 1 else None


def read_as(name: str, reference: Reference) -> str | None:
    """Say on which transcript a name of another version was read, and what makes them equal."""
    known = [t for group in reference.transcripts.values() for t in group]
    if any(transcript.accession == name for transcript in known):
        return None
    other = other_version(name)
    if other is not None:
        same = "the same protein" if other.same_protein else "not known whether they are equal"
        return f"{name} was read as {other.read_on}: {same} ({other.source})"
    plain = _only_known(name, known)
    return f"{name} has no version and was read as {plain}" if plain else None
