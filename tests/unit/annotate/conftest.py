from __future__ import annotations

import pytest

from hies_annot.annotate.annotator import Annotator
from hies_annot.annotate.parse import parse_variant
from hies_annot.genes import default_genes
from hies_annot.genome import Build
from hies_annot.normalise import normalise_allele
from hies_annot.reference.load import embedded_reference

GENES = default_genes()


@pytest.fixture(scope="session")
def reference():
    return embedded_reference(Build.GRCH38, GENES)


@pytest.fixture(scope="session")
def annotator(reference):
    return Annotator(reference, GENES)


@pytest.fixture(scope="session")
def stat3(annotator):
    """The model of the MANE transcript of STAT3: real sequence, minus strand."""
    return annotator.models["STAT3"][0]


@pytest.fixture(scope="session")
def znf341(annotator):
    """The model of the MANE transcript of ZNF341: demo sequence, plus strand."""
    return annotator.models["ZNF341"][0]


@pytest.fixture(scope="session")
def read(reference):
    """Read a variant from its name: `c.` alone stands for STAT3's MANE transcript."""

    def read_variant(text):
        name = f"NM_139276.3:{text}" if text.startswith("c.") else text
        return parse_variant(name, reference, GENES)

    return read_variant


@pytest.fixture(scope="session")
def annotated(annotator, read):
    return lambda text: annotator.annotate(read(text))


@pytest.fixture(scope="session")
def structural(annotator, reference):
    """Annotate a symbolic allele or a break of STAT3 from `start` (the base before) to `end`."""

    def annotate(alt, start, end=None, *, copy_number=None):
        base = reference.locus("STAT3").bases(start, start)
        allele = normalise_allele(
            reference, "17", start, base or "N", alt, end=end, copy_number=copy_number
        )
        return annotator.annotate(allele)

    return annotate
