"""Names of the literature that stand for another variant than the one that they spell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hies_annot.model import KnownVariant
from hies_annot.names.protein_text import three_letter_change


def also_known(text: str, grch38_id: str, known: Iterable[KnownVariant]) -> Iterator[str]:
    """Yield a remark for each curated variant that papers call by the name that was typed.

    Args:
        text: the protein change as typed, with or without a gene before it.
        grch38_id: id on GRCh38 of the allele that was made of it, as the curated table has it.
        known: the curated table.
    """
    gene, _, name = text.strip().replace(" ", ":").rpartition(":")
    change = three_letter_change(name)
    if change is None:
        return
    for variant in known:
        named = change in (three_letter_change(alias.split(" ")[0]) for alias in variant.aliases)
        other = variant.identifier != grch38_id and variant.hgvs_p != f"p.({change})"
        of_gene = gene.upper() in ("", variant.gene) or "_" in gene  # an accession names none
        if named and other and of_gene:
            yield (
                f"papers also call {variant.gene} {variant.hgvs_c} {variant.hgvs_p} by this name, "
                "in the numbering of another transcript: give the c. name of the one that is meant"
            )
