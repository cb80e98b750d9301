"""Rules from which truths are stated, each with the sources that it is from."""

from __future__ import annotations

from typing import NamedTuple

AD_HIES = "AD-HIES (MIM 147060)"
AR_HIES = "AR-HIES (MIM 618282)"
ADMIO1 = "STAT3 gain of function, ADMIO1 (MIM 615952)"
SOMATIC = "somatic clone"
HIES_OF = {"STAT3": AD_HIES, "ZNF341": AR_HIES}


class Fact(NamedTuple):
    """A rule in one sentence, its source, and the condition that it is about."""

    rule: str
    source: str
    gene: str | None = None
    condition: str | None = None


_BEZIAT = "Beziat 2018 and 2023 (PMC10620851); MedlinePlus, hyper-IgE syndrome"
_VCF = "VCF specification 4.2 to 4.5 (samtools/hts-specs)"

FACTS = {
    "dominant": Fact(
        "One dominant-negative STAT3 allele is enough for AD-HIES; a second copy or a second allele is unexpected and changes nothing.",
        "GeneReviews NBK25507; UniProt humsavar, P40763", "STAT3", AD_HIES),
    "gain": Fact(
        "A gain-of-function allele of STAT3 causes another disease, whatever condition a database lists beside it.",
        "UniProt humsavar, P40763; IUIS 2024 table", "STAT3", ADMIO1),
    "somatic": Fact(
        "An activating STAT3 allele of large granular lymphocytic leukaemia is a clone in the blood, not HIES.",
        "Koskela 2012 (NEJM)", "STAT3", SOMATIC),
    "truncation": Fact(
        "Haploinsufficiency of STAT3 is no known cause of HIES; a truncation may act as dominant negative, which only an assay tells.",
        "Asano 2021 (PMID 34137790); Beziat 2023 (PMC10620851)", "STAT3", AD_HIES),
    "uncertain": Fact(
        "A rare allele that fits the inheritance and has no decisive evidence is uncertain: it may explain.",
        "Richards 2015 (ACMG/AMP)"),
    "recessive": Fact(
        "ZNF341 must lack function on both copies.", _BEZIAT, "ZNF341", AR_HIES),
    "carrier": Fact(
        "One copy of ZNF341 without function is a carrier, not a diagnosis.", _BEZIAT, "ZNF341", AR_HIES),
    "cis": Fact(
        "Two alleles on one copy leave the other copy whole: a carrier.", f"{_BEZIAT}; ACMG/AMP BP2", "ZNF341", AR_HIES),
    "open phase": Fact(
        "Two alleles of unknown phase may lie on one copy: they may explain.",
        "ClinGen SVI, recommendation for PM3, version 1.0", "ZNF341", AR_HIES),
    "open copies": Fact(
        "A genotype that leaves the other copy open may be homozygous: it may explain.", _VCF, "ZNF341", AR_HIES),
    "reads": Fact(
        "An allele in few reads, of low depth, rejected by its caller or with reads against its genotype is less than certain.",
        "Wright 2019 (PMC6611863); Hsu 2013 (mosaic STAT3)"),
    "nothing raised": Fact(
        "An allele that is benign, common or without an effect that is known is no finding; a list of variants does not say that the rest was covered.",
        f"Richards 2015 (ACMG/AMP); {_VCF}"),
    "covered": Fact(
        "All required bases were looked at and nothing qualifies.", _VCF),
    "not covered": Fact(
        "No record is not reference: where required bases were not looked at, or a record there cannot be read, nothing can be excluded.", _VCF),
    "unreadable": Fact(
        "What cannot be read or placed is never an answer about the person.", _VCF),
}  # fmt: skip
