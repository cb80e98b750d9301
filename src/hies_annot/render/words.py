"""The vocabulary of the reports: codes of the result contract in plain English.

A code that is not in a table is shown as it is, with spaces for underscores: a new code is
never hidden.
"""

from __future__ import annotations

from collections.abc import Mapping

from hies_annot.model import Status

STATUS_ORDER = tuple(status.value for status in Status)

STATUS_LABEL: Mapping[str, str] = {
    "relevant": "Relevant",
    "possible": "Possible",
    "carrier": "Carrier",
    "differential": "Differential",
    "none": "Nothing found",
    "inconclusive": "Inconclusive",
    "failed": "Failed",
}

ZYGOSITY: Mapping[str, str] = {
    "het": "heterozygous",
    "hom_alt": "homozygous",
    "het_alt": "heterozygous, two different alternate alleles (in trans by the genotype itself)",
    "over_deletion": "on one copy; the other copy is deleted here (hemizygous)",
    "haploid": "one allele called (haploid call on an autosome)",
    "half_call": "on one copy; the other copy was not called",
    "polyploid": "more than two copies called",
    "hom_ref": "not carried (homozygous reference)",
    "no_call": "not called",
    "not_given": "no genotype given",
}

INHERITANCE: Mapping[str, str] = {
    "AD": "autosomal dominant",
    "AR": "autosomal recessive",
    "somatic": "somatic (acquired, not inherited)",
}

PHASE: Mapping[str, str] = {
    "trans": "in trans (on different copies of the gene)",
    "cis": "in cis (on the same copy of the gene)",
    "unknown": "not known",
    "not_needed": "not needed for this genotype",
}

PHASE_EVIDENCE: Mapping[str, str] = {
    "same_record": "both alleles in one genotype",
    "trio": "genotypes of both parents",
    "one_parent": "genotype of one parent",
    "phase_set": "phased genotypes of one phase set (PS)",
    "hp": "read-backed phasing of GATK (HP)",
    "pid_pgt": "local phasing of the caller (PID/PGT)",
    "reads": "reads that span both sites",
    "deletion": "the other copy is deleted",
    "none": "no phase information",
}

CLASSIFICATION: Mapping[str, str] = {
    "pathogenic": "pathogenic",
    "likely_pathogenic": "likely pathogenic",
    "uncertain": "uncertain significance (VUS)",
    "likely_benign": "likely benign",
    "benign": "benign",
}

SUPPORT: Mapping[str, str] = {
    "pathogenic": "counts as pathogenic or likely pathogenic",
    "uncertain": "uncertain",
    "mechanism_unresolved": "mechanism unresolved",
    "contradicted": "contradictory evidence",
    "other_mechanism": "acts by another mechanism",
    "benign": "benign",
}

BASIS: Mapping[str, str] = {
    "curated": "curated table of known variants",
    "acmg": "own ACMG/AMP classification",
    "lab": "the laboratory's own classification",
    "clinvar": "ClinVar",
    "none": "no source decides",
}

KNOWN_SITE: Mapping[str, str] = {
    "not_covered": "NOT COVERED",
    "unknown": "unknown (no callability data)",
    "variant_seen": "variant seen",
    "other_variant_seen": "another variant seen here",
    "reference_assumed": "REFERENCE ASSUMED (no record)",
    "reference_seen": "reference seen",
}

PANELS: Mapping[str, str] = {
    "second_hit": "Looking for the second allele",
    "false_homozygote": "Is the homozygous call real?",
    "de_novo": "De novo status",
    "parental_mosaicism": "Parental mosaicism",
}

FACTS: Mapping[str, str] = {
    "sex": "Sex",
    "affected": "Disease state",
    "family": "Family",
    "father": "Father",
    "mother": "Mother",
    "vcf": "VCF",
    "more vcfs": "Further VCFs",
    "vcf sample": "Column of the VCF",
    "bam": "Alignments",
    "callable": "Callable regions",
    "sv vcf": "Structural variants",
    "hpo": "HPO terms",
    "parentage": "Parentage",
}

MET: Mapping[str, str] = {
    "met": "met",
    "not_met": "not met",
    "not_assessable": "not assessable",
}

DEMO_MARK = "DEMO REFERENCE"
DISCLAIMER = "Research use only - not for diagnosis. Must be confirmed by an accredited laboratory."
LOOSER = "Settings looser than the defaults were in force, the answer rests on them:"
ASSUMED = (
    "Absent records were taken as reference (assume_reference is on): "
    "a variant in a region that was never sequenced would not be seen."
)


def word(table: Mapping[str, str], code: str | None, missing: str = "not given") -> str:
    """Return the words for a code; an unknown code is shown with spaces for underscores."""
    if code is None or code == "":
        return missing
    return table.get(code, code.replace("_", " "))


def css_string(text: str, longest: int = 80) -> str:
    """Return a text as it may stand between the quotation marks of a CSS string.

    Everything but ASCII letters, digits and blanks becomes an escape, so no text ends the string,
    the rule or the `style` element.
    """
    shown = text if len(text) <= longest else f"{text[: longest - 3]}..."
    return "".join(
        char if char == " " or (char.isascii() and char.isalnum()) else f"\\{ord(char):06x}"
        for char in shown
    )


def percent(part: float | None, whole: float | None = 1.0, digits: int = 1) -> str:
    """Return a share in percent, rounded down so that 100 % means every base.

    `n/a` where a figure is missing or `whole` is 0.
    """
    if part is None or not whole:
        return "n/a"
    if part >= whole:
        return "100 %"
    scale = 10**digits
    return f"{int(part / whole * 100 * scale + 1e-9) / scale:.{digits}f} %"


def number(value: float | None, missing: str = "n/a") -> str:
    """Return a figure without trailing zeros, or `missing`."""
    return missing if value is None else f"{value:.4g}" if value % 1 else f"{value:.0f}"


def frequency(value: float | None) -> str:
    """Return an allele frequency in the usual notation (`0`, `0.012`, `3.2e-05`)."""
    return "n/a" if value is None else "0" if value == 0 else f"{value:.3g}"


def stars(count: int | None) -> str:
    """Return ClinVar's review stars in words (`2 of 4 stars`); None: not in the source."""
    return "stars not known" if count is None else f"{count} of 4 stars"


def plural(count: int, noun: str) -> str:
    """Return `1 variant`, `2 variants`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
