"""Genotypes of known alleles with the answer that a rule gives, each for every caller.

The expectation belongs to the genotype, never to the spelling. All positions are on GRCh38.
"""

from __future__ import annotations

from typing import NamedTuple

from caller_writers import Event, Small

HET_DN = ("17", 42_329_643, "G", ("A",))  # c.1144C>T, p.(Arg382Trp), ClinVar 18304
STOP = ("20", 33_753_265, "C", ("T",))  # c.583C>T, p.(Gln195Ter), ClinVar 599414
OTHER_STOP = ("20", 33_757_310, "C", ("T",))  # c.904C>T, p.(Arg302Ter), ClinVar 599410
INSIDE = ("20", 33_761_989, "C", ("T",))  # c.1156C>T, p.(Arg386Ter), ClinVar 599411
TWO_STOPS = ("20", 33_781_315, "C", ("G", "A"))  # both p.(Tyr549Ter); C>G is ClinVar 599413
EXONS = ("20", 33_757_000, 33_762_100)  # exons 6 to 8
GENE = ("20", 33_726_700, 33_797_000)


class Truth(NamedTuple):
    """The answer to a genotype: accepted answers, rule, reason, alleles on GRCh38, phase."""

    answers: tuple[str, ...]
    fact: str
    reason: str
    alleles: tuple[str, ...]
    phase: str | None = None


class Genotype(NamedTuple):
    """Records of bases with their truth; `phased` if the caller must write phase."""

    name: str
    category: str
    records: tuple[Small, ...]
    truth: Truth
    phased: bool = False


class Structure(NamedTuple):
    """A structural event beside a record of bases."""

    name: str
    event: Event
    beside: Small
    truth: Truth


def spelled(
    *sites: tuple[str, int, str, tuple[str, ...]], alt: int | None = None
) -> tuple[str, ...]:
    """Return the alleles as `chrom-pos-ref-alt`; `alt` is the one of several that is meant."""
    return tuple(
        f"{chrom}-{pos}-{ref}-{each}"
        for chrom, pos, ref, alts in sites
        for index, each in enumerate(alts)
        if alt is None or alt == index
    )


def pair(block: int | None, other: int | None, *, cis: bool) -> tuple[Small, Small]:
    """Return two stops with phase blocks, on one copy or on both."""
    second = (0, 1) if cis else (1, 0)
    return Small(*STOP, (0, 1), (24, 22), block), Small(*OTHER_STOP, second, (23, 25), other)


TWO = spelled(STOP, OTHER_STOP)
_EXPLAINS, _MAY, _CARRIER = ("explains",), ("may explain",), ("carrier",)
_OPEN = Truth(_MAY, "open phase", "Two heterozygous stops without phase", TWO, "unknown")

GENOTYPES = (
    Genotype("dominant-het", "zygosity", (Small(*HET_DN, (0, 1), (24, 22)),),
             Truth(_EXPLAINS, "dominant", "Arg382Trp in half of the reads", spelled(HET_DN))),
    Genotype("dominant-mosaic", "reads", (Small(*HET_DN, (0, 1), (93, 7)),),
             Truth(_MAY, "reads", "Arg382Trp in 7 of 100 reads: mosaic, clone or artefact",
                   spelled(HET_DN))),
    Genotype("recessive-het", "zygosity", (Small(*STOP, (0, 1), (24, 22)),),
             Truth(_CARRIER, "carrier", "One stop on one copy", spelled(STOP), "one allele")),
    Genotype("recessive-hom", "zygosity", (Small(*STOP, (1, 1), (0, 46)),),
             Truth(_EXPLAINS, "recessive", "One stop on both copies", spelled(STOP))),
    Genotype("two-hets-no-phase", "phase", pair(None, None, cis=False), _OPEN),
    Genotype("one-record-1-2", "phase", (Small(*TWO_STOPS, (1, 2), (0, 22, 21)),),
             Truth(_EXPLAINS, "recessive", "Two stops at one base, one on each copy",
                   spelled(TWO_STOPS), "trans")),
    Genotype("second-alt-het", "zygosity", (Small(*TWO_STOPS, (0, 2), (22, 0, 21)),),
             Truth(_CARRIER, "carrier", "The second ALT of a record, once",
                   spelled(TWO_STOPS, alt=1), "one allele")),
    Genotype("second-alt-hom", "zygosity", (Small(*TWO_STOPS, (2, 2), (0, 0, 41)),),
             Truth(_EXPLAINS, "recessive", "The second ALT of a record, twice",
                   spelled(TWO_STOPS, alt=1))),
    Genotype("two-hets-trans", "phase", pair(STOP[1], STOP[1], cis=False),
             Truth(_EXPLAINS, "recessive", "Two stops on opposite copies of one block", TWO, "trans"),
             phased=True),
    Genotype("two-hets-cis", "phase", pair(STOP[1], STOP[1], cis=True),
             Truth(_CARRIER, "cis", "Two stops on one copy of one block", TWO, "cis"), phased=True),
    Genotype("two-hets-two-blocks", "phase", pair(STOP[1], OTHER_STOP[1], cis=False),
             _OPEN._replace(reason="Two stops in two blocks, which say nothing of each other"),
             phased=True),
)  # fmt: skip

_REFERENCE = Small(*STOP, (0, 0), (40, 0))
STRUCTURES = (
    Structure("deletion-het", Event("DEL", *EXONS, 1), _REFERENCE,
              Truth(_CARRIER, "carrier", "Exons 6 to 8 deleted on one copy", (), "one allele")),
    Structure("deletion-hom", Event("DEL", *EXONS, 2), _REFERENCE,
              Truth(_EXPLAINS, "recessive", "Exons 6 to 8 deleted on both copies", ())),
    Structure("deletion-over-allele", Event("DEL", *EXONS, 1), Small(*INSIDE, (1, 1), (0, 24)),
              Truth(_EXPLAINS, "recessive",
                    "A stop that looks homozygous because the other copy is deleted", (), "trans")),
    Structure("gain-beside-stop", Event("DUP", *GENE, 1), Small(*STOP, (0, 1), (24, 22)),
              Truth(_CARRIER, "carrier", "A whole copy of the gene more breaks none",
                    spelled(STOP), "one allele")),
)  # fmt: skip
