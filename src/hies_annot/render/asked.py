"""What the reasons of a finding ask for, as next steps: whatever they ask is proposed as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

ASKED: Mapping[str, str] = {
    "check for deletion, dropout or mix-up": "the genotype is not expected in a dominant disease: "
    "rule out a deletion of the other copy, allele dropout and a mix-up of samples",
    "check for a mix-up or mixture of samples": "two alleles that are not expected together: rule "
    "out a mix-up or mixture of samples, and see whether they lie on one chromosome",
    "neither was used; check the reads": "look at the reads of the allele: its counts contradict "
    "each other",
    "check the number of copies": "count the copies (MLPA, qPCR or array): only the junction of "
    "the event was seen",
    "check the reads, copy number and a second assay": "look at the reads, the copy number and a "
    "second assay: no read shows the reference copy of the genotype",
    "test RNA": "test RNA: whether the allele changes splicing",
    "sample mix-up": "compare the identity of this sample and its parents (SNPs, sex): the data "
    "speak against a stated parent, or for a mix-up",
    "one of the two is wrong": "look at the reads of both calls that contradict each other",
    "with different genotypes": "look at the reads: several records give one allele different "
    "genotypes",
}
"""A phrase of a reason -> the step; in their order."""
ASKED_OTHERWISE = (
    "test the parents",
    "test the father",
    "test the mother",
    "look at the reads there",
    "confirm in another tissue",
    "test this parent",
)
"""What reasons ask for that has steps of its own (parents, a second allele, a second tissue)."""


def asked_for(reasons: Iterable[str]) -> Iterator[str]:
    """Yield the steps that reasons ask for, each once."""
    told = tuple(reasons)
    for phrase, step in ASKED.items():
        if any(phrase in reason for reason in told):
            yield step
