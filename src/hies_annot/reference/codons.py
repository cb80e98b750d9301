"""The standard genetic code."""

from __future__ import annotations

from itertools import product

from Bio.Data.IUPACData import protein_letters_1to3

_RESIDUES = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
"""NCBI genetic code 1, bases in the order TCAG; Bio.Data.CodonTable makes all codes at import."""
CODON_TABLE: dict[str, str] = dict(
    zip(map("".join, product("TCAG", repeat=3)), _RESIDUES, strict=True)
)
THREE_LETTER: dict[str, str] = {**protein_letters_1to3, "*": "Ter", "X": "Xaa"}


def translate(bases: str) -> str:
    """Translate whole codons with the standard table; unknown codons give X, no stop ends it."""
    return "".join(
        CODON_TABLE.get(bases[i : i + 3], "X") for i in range(0, len(bases) - len(bases) % 3, 3)
    )


def translate_to_stop(bases: str) -> str:
    """Translate up to and including the first stop (`*`); without one, up to the end."""
    residues: list[str] = []
    for i in range(0, len(bases) - 2, 3):
        residue = CODON_TABLE.get(bases[i : i + 3], "X")
        residues.append(residue)
        if residue == "*":
            break
    return "".join(residues)
