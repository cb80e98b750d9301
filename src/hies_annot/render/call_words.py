"""The codes of a call in plain English: remarks on it, and why an allele is not reported."""

from __future__ import annotations

from collections.abc import Mapping

from hies_annot.read.call_quality import QUALITY, QUALITY_OF
from hies_annot.render.words import word

DROP_REASON: Mapping[str, str] = {
    "benign": "benign or likely benign evidence",
    "common": "more frequent in the population than the disease allows",
    "breaks_no_copy": "a whole copy more, or turned round as a whole, breaks none",
    "no_coding_or_splice_effect": "no effect on coding sequence or splice sites, no evidence",
    "not_rare_without_evidence": "a missense variant more frequent than the disease allows, and "
    "nothing but its gene speaks for damage",
    "weak_splice_prediction": "no effect on coding sequence or splice sites but a weak prediction, "
    "which changes no status",
    "splice_region_without_evidence": "near a splice site, but of a kind that rarely acts on "
    "splicing, and no splice score or other evidence was given",
    "part_of_combined_allele": "acts together with another change on the same chromosome; "
    "judged as one allele",
    "reference_block": "reference block (no alternate allele)",
    "not_carried": "the sample does not carry the allele",
    "no_call": "the genotype was not called",
    "no_genotype": "no genotype was given",
    "spanning_deletion_allele": "place holder of a deletion (*), not an allele of its own",
    "unreadable": "the record could not be read",
    "ambiguous_bases": "the record could not be read: bases that are none or stand for several",
    "ref_mismatch": "the record could not be read: REF is not what the genome has",
    "alt_equals_ref": "the record could not be read: ALT is REF",
    "extent_not_given": "the record could not be read: it does not say how far it reaches",
}

FLAG: Mapping[str, str] = {
    **QUALITY,
    "copy_number_contradicts_gt": "copy number contradicts the genotype",
    "copy_number_unread": "the copy number cannot be read",
    "heterozygous_within_loh": "heterozygous within a region of loss of heterozygosity",
    "copy_neutral_loh": "two copies of one parental chromosome (copy-neutral LOH)",
    "extent_contradicted": "END and SVLEN contradict each other",
    "ends_not_exact": "the ends are not exact (CIPOS, CIEND) and may reach an exon or splice site",
    "adjacency_only": "the junction was seen, the number of copies was not looked at (SVCLAIM=J)",
    "reads_from_fraction": "reads worked out from the fraction that the caller states",
    "counts_contradict": "read counts in two spellings that contradict each other: neither was "
    "used",
    "ad_length": "read counts that do not fit the number of alleles",
    "counts_unused": "read counts that do not fit the number of alleles",
    "part_of_joined_change": "written together with other changes in one record",
    "low_fraction": "low allele fraction (possible mosaic or clone)",
    "no_reference_reads": "no reference copy in the reads (perhaps homozygous or hemizygous)",
    "ad_contradicts_gt": "reads contradict the genotype",
    "reads_without_call": "reads with the allele, but no call",
    "otherwise_carried": "not in the genotype, but by another genotype or the depth of reads",
    "half_call": "the other copy was not called",
    "homozygous_deletion_contradicted": "a deletion on both copies, and an allele read within it: "
    "one of the two calls is wrong",
    "reference_within_deletion": "a deletion on both copies, and the reference read within it: one "
    "of the two calls is wrong",
    "heterozygous_within_deletion": "a deletion on one copy, and two alleles read within it: one "
    "of the two calls is wrong",
    "other_copy_deleted": "the other copy is deleted here, so the allele has one copy only",
    "haploid": "haploid call on an autosome",
    "polyploid": "more than two alleles called",
    "other_allele_called": "the other copy has another alternate allele",
    "other_allele_unspecified": "the other copy has an alternate allele that is not named",
    "ad_incomplete": "read counts are not given for every allele",
    "ad_uninformative": "read counts are all zero beside a depth: not used",
    "copy_number_contradicts_allele": "copy number contradicts the allele",
    "zygosity_from_copy_number": "zygosity told from the copy number",
    "gt_unreadable": "the genotype cannot be read",
    "gt_names_missing_allele": "the genotype names an allele that the record does not have",
    "split_record": "joined again from the parts of a record that was split",
    "in_two_files": "stands in two files of the person",
}

FLAG_OF: Mapping[str, str] = {
    **QUALITY_OF,
    "in_cis_with": "on the same copy as",
    "may_be_in_cis_with": "perhaps on the same copy as",
    "combined_in_cis": "put together from",
}
"""Remarks that name something, before its name."""


def flag_words(code: str) -> str:
    """Return a remark on a call in words; failed filters keep their name."""
    kind, colon, name = code.partition(":")
    if colon:
        return f"{word(FLAG_OF, kind)} {name}"
    return word(FLAG, code)


def drop_words(code: str | None, detail: str | None = None) -> str:
    """Return why a variant is not reported; `code: detail` keeps its detail."""
    head, _, tail = (code or "").partition(":")
    words = word(DROP_REASON, head, "no reason recorded")
    more = "; ".join(part for part in (tail.strip(), detail) if part)
    return f"{words} ({more})" if more else words
