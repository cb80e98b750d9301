"""Reads of other people in a BAM show nothing of the sample."""

from __future__ import annotations

import pysam
import pytest

from hies_annot.callability.required import required_regions
from hies_annot.callability.source_layers import read_sources
from hies_annot.callability.statements import Weight
from hies_annot.errors import InputError
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference
from hies_annot.settings.callability_rules import CallabilityConfig

GENES = default_genes()
REFERENCE = embedded_reference(Build.GRCH38, GENES)
REQUIRED = [required_regions(gene, REFERENCE, ()) for gene in GENES]
FIRST = REQUIRED[0].spans[0][0]


def alignments(path, people, each):
    """Write `each` reads of each person over the first required base."""
    header = {
        "HD": {"VN": "1.6", "SO": "coordinate"},
        "SQ": [{"SN": "chr17", "LN": 83257441}, {"SN": "chr20", "LN": 64444167}],
        "RG": [{"ID": str(at), "SM": name} for at, name in enumerate(people)],
    }
    with pysam.AlignmentFile(str(path), "wb", header=header) as file:
        for number in range(each * max(len(people), 1)):
            read = pysam.AlignedSegment()
            read.query_name, read.reference_id, read.reference_start = str(number), 0, FIRST - 50
            read.mapping_quality, read.cigarstring, read.query_sequence = 60, "100M", "A" * 100
            read.query_qualities = pysam.qualitystring_to_array("I" * 100)
            if people:
                read.set_tag("RG", str(number % len(people)))
            file.write(read)
    pysam.index(str(path))


def seen(path, names=("P", "column")):
    (source,) = read_sources(Build.GRCH38, REQUIRED, CallabilityConfig(), path, None, names)
    found = next(each for each in source.statements["STAT3"] if each.start <= FIRST <= each.end)
    return found.weight is Weight.CALLABLE, bool(source.notes)


@pytest.mark.parametrize(
    ("people", "each", "callable_", "told"),
    [
        (("P",), 15, True, False),
        (("column",), 15, True, False),
        ((), 15, True, False),
        (("P", "P"), 8, True, False),
        (("P", "Q"), 15, True, False),
        (("P", "Q"), 14, False, False),
        (("Q", "R", "P"), 14, False, False),
        (("Q",), 15, True, True),
    ],
)
def test_reads_of_the_sample_are_depth(tmp_path, people, each, callable_, told):
    alignments(tmp_path / "x.bam", people, each)
    assert seen(tmp_path / "x.bam") == (callable_, told)


def test_a_pool_without_the_sample_is_refused(tmp_path):
    alignments(tmp_path / "x.bam", ("Q", "R"), 20)
    with pytest.raises(InputError, match="of 2 people, and none of them is 'P' or 'column'"):
        seen(tmp_path / "x.bam")
