"""What is said where an allele may cause any of several diseases of its gene."""

from __future__ import annotations

from collections.abc import Sequence

from hies_annot.genes.gene_file import GeneFile
from hies_annot.genes.telling_signs import ToldApart


def told_apart(gene: GeneFile, open_between: Sequence[str]) -> tuple[str, ...]:
    """Return both diseases by name, and the signs that tell them apart with their rates.

    Empty where the mechanism of the allele is not open. The signs decide nothing.
    """
    if not open_between:
        return ()
    found = [gene.condition(name) for name in open_between]
    diseases = " or ".join(
        f"{condition.disease}{f' (MIM {condition.mim})' if condition.mim else ''}"
        for condition in found
    )
    lines = [f"the mechanism is not known, so the allele may cause {diseases}"]
    table = gene.told_apart
    if table is not None and set(open_between) <= set(table.conditions):
        lines.append(_signs(gene, table))
    return tuple(lines)


def _signs(gene: GeneFile, table: ToldApart) -> str:
    names = " / ".join(
        f"{gene.condition(name).short}, {patients} patients"
        for name, patients in zip(table.conditions, table.patients, strict=True)
    )
    rates = "; ".join(
        f"{sign.sign} {' / '.join(f'{percent:g}' for percent in sign.percent)} %"
        for sign in table.signs
    )
    return f"signs that tell them apart ({names}): {rates}; they decide nothing ({table.source})"
