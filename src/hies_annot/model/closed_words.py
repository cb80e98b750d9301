"""Closed vocabularies of codes that are no enumerations: each is listed here and nowhere else.

The type checker holds the rules to them, the JSON Schemas list them, and a test demands words for
each.
"""

from __future__ import annotations

from typing import Literal

PhaseEvidence = Literal[
    "same_record",
    "deletion",
    "trio",
    "one_parent",
    "phase_set",
    "hp",
    "pid_pgt",
    "reads",
    "none",
]
"""What shows the phase of two alleles, best first."""

Basis = Literal["curated", "acmg", "lab", "clinvar", "none"]
"""Whose word decides what an allele counts for."""

Classification = Literal["pathogenic", "likely_pathogenic", "uncertain", "likely_benign", "benign"]
"""The five classes of ACMG/AMP 2015 (Richards, 10.1038/gim.2015.30)."""
DAMAGING: frozenset[str] = frozenset({"pathogenic", "likely_pathogenic"})
HARMLESS: frozenset[str] = frozenset({"benign", "likely_benign"})
"""The classes that speak for, and against, an allele."""

Problem = Literal["ambiguous_bases", "ref_mismatch", "alt_equals_ref", "extent_not_given"]
"""Why an alternate allele cannot be read."""

DropReason = Literal[
    Problem,
    "unreadable",
    "reference_block",
    "spanning_deletion_allele",
    "not_carried",
    "no_call",
    "no_genotype",
    "benign",
    "common",
    "breaks_no_copy",
    "no_coding_or_splice_effect",
    "splice_region_without_evidence",
    "weak_splice_prediction",
    "not_rare_without_evidence",
    "part_of_combined_allele",
]
"""Why an entry of the input takes no part in any finding; `judge.drop_reasons` has the rules."""

Relation = Literal["father", "mother", "sibling"]
"""What a relative is to the sample."""
