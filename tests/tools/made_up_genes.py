"""Made-up genes with everything that follows from them, told base by base and not by the package.

A gene is made in the direction of its message; where each of its bases lies is counted out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from random import Random

from Bio.SeqUtils import seq3
from gff_writers import Written, WrittenGene

_CODE = dict(
    zip(
        map("".join, product("TCAG", repeat=3)),
        "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG",
        strict=True,
    )
)
_SENSE = sorted(codon for codon, residue in _CODE.items() if residue != "*")
_OTHER = str.maketrans("ACGT", "TGCA")
_ENDS = (("GT", "AG"), ("GT", "AG"), ("GT", "AG"), ("GC", "AG"), ("AT", "AC"))


@dataclass(frozen=True)
class MadeUp:
    """A gene: its row for a GFF3 file, the plus strand from `start` on, and the message."""

    written: WrittenGene
    start: int
    plus: str
    message: str
    places: tuple[int, ...]
    """Genome position of each base of the message."""
    coding: tuple[int, int]
    """0-based first and last coding base in the message."""

    @property
    def exons(self) -> list[tuple[int, int]]:
        """First and last position of each exon in the order of the message."""
        found = [[self.places[0], self.places[0]]]
        for place in self.places[1:]:
            if abs(place - found[-1][1]) == 1:
                found[-1][1] = place
            else:
                found.append([place, place])
        return [(a, b) for a, b in found]

    @property
    def protein(self) -> str:
        first, last = self.coding
        codons = (self.message[at : at + 3] for at in range(first, last, 3))
        return "".join(_CODE[codon] for codon in codons)

    def base(self, position: int) -> str:
        return self.plus[position - self.start]

    def names(self, position: int, alt: str) -> tuple[str, str | None]:
        """Return the c. name of a substitution, and the p. name where this oracle knows it."""
        ref, plus = self.base(position), self.written.strand == "+"
        change = f"{ref}>{alt}" if plus else f"{ref}>{alt}".translate(_OTHER)
        if position in self.places:
            at = self.places.index(position)
            return f"c.{self._counted(at)}{change}", self._protein_name(at, change[-1])
        for number, (left, right) in enumerate(zip(self.places, self.places[1:], strict=False)):
            if min(left, right) < position < max(left, right):
                behind, before = abs(position - left), abs(right - position)
                if behind <= before:
                    return f"c.{self._counted(number)}+{behind}{change}", None
                return f"c.{self._counted(number + 1)}-{before}{change}", None
        raise ValueError(f"{position} lies outside the gene")

    def _counted(self, at: int) -> str:
        first, last = self.coding
        if at < first:
            return str(at - first)
        return f"*{at - last}" if at > last else str(at - first + 1)

    def _protein_name(self, at: int, base: str) -> str | None:
        first, last = self.coding
        if not first + 3 <= at <= last - 3:  # untranslated, start or stop: other forms
            return None
        begin = at - (at - first) % 3
        old = self.message[begin : begin + 3]
        new = old[: at - begin] + base + old[at - begin + 1 :]
        number, was, now = (begin - first) // 3 + 1, seq3(_CODE[old]), seq3(_CODE[new])
        return f"p.({was}{number}{'=' if was == now else now})"


def made_up_gene(seed: int, chrom: str, start: int) -> MadeUp:
    """Return a gene whose first base on the genome is `start` (1-based)."""
    random = Random(seed)
    strand = random.choice("+-")
    codons = ["ATG", *random.choices(_SENSE, k=random.randint(3, 40)), "TAA"]
    before, behind = (bases(random, random.randint(0, 30)) for _ in range(2))
    message = before + "".join(codons) + behind
    cuts = sorted(random.sample(range(1, len(message)), random.randint(0, 4)))
    text, origin = "", []
    for at, base in enumerate(message):
        if at in cuts:
            donor, acceptor = random.choice(_ENDS)
            text += donor + bases(random, random.randint(20, 60)) + acceptor
        origin.append(len(text))
        text += base
    if strand == "-":
        places = tuple(start + len(text) - 1 - offset for offset in origin)
        text = text[::-1].translate(_OTHER)
    else:
        places = tuple(start + offset for offset in origin)
    first = len(before)
    coding = first, first + 3 * len(codons) - 1
    return _with_row(seed, chrom, start, strand, text, message, places, coding)


def bases(random: Random, length: int) -> str:
    """Return bases by chance."""
    return "".join(random.choices("ACGT", k=length))


def _with_row(
    seed: int,
    chrom: str,
    start: int,
    strand: str,
    text: str,
    message: str,
    places: tuple[int, ...],
    coding: tuple[int, int],
) -> MadeUp:
    made = MadeUp(WrittenGene("", chrom, strand, ()), start, text, message, places, coding)
    ends = sorted((places[coding[0]], places[coding[1]]))
    transcript = Written(
        f"NM_{seed:06}.2",
        f"NP_{seed:06}.3",
        tuple((min(exon), max(exon)) for exon in made.exons),
        (ends[0], ends[1]),
        ("MANE Select",),
    )
    written = WrittenGene(f"GENE{seed}", chrom, strand, (transcript,))
    return MadeUp(written, start, text, message, places, coding)
