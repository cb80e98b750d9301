"""Every foreign code that a FHIR file can hold, with where it was read.

The guide is HL7 Genomics Reporting, STU 3 (3.0.0), which is for FHIR R4 (4.0.1): profiles, codes
of components and bindings from its sources (HL7/genomics-reporting at 4ab7b6a: CGFindings,
CGGeneral, CGImplications, GGGenomicStudy, CGCodeSystem, CGValueSets), and from its examples the
answers of LOINC that they use (LL1971-2 variant assessment, LL4034-6 clinical significance,
LL1040-6 assembly, LL5323-2 coordinates). Allelic state (LL381-5):
hl7.org/fhir/2017Jan/valueset-LOINC-53034-5-answerlist. Overall interpretation (answers of 51968-6):
art-decor.org, value set 2.16.840.1.113883.10.20.20.9.10. The other answers of LL1971-2, and
"Likely benign" and "Benign" of LL4034-6: as several converters write them, which agree (vcf2fhir).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

LOINC = "http://loinc.org"
HGNC = "http://www.genenames.org"
HGVS = "http://varnomen.hgvs.org"
REFSEQ = "http://www.ncbi.nlm.nih.gov/refseq"
CLINVAR = "http://www.ncbi.nlm.nih.gov/clinvar"
UCUM = "http://unitsofmeasure.org"
HPO = "http://human-phenotype-ontology.org"
OWN_STATUS = "urn:hies-annot:status"
GUIDE = "http://hl7.org/fhir/uv/genomics-reporting"
TBD = f"{GUIDE}/CodeSystem/tbd-codes-cs"


class Code(NamedTuple):
    """One code of a code system with its words."""

    system: str
    code: str
    display: str


def loinc(code: str, display: str) -> Code:
    """Return a code of LOINC."""
    return Code(LOINC, code, display)


LABORATORY = Code(
    "http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", "Laboratory"
)
GENETICS = Code("http://terminology.hl7.org/CodeSystem/v2-0074", "GE", "Genetics")
REPORT = loinc("51969-4", "Genetic analysis report")
VARIANT = loinc("69548-6", "Genetic variant assessment")
PHASE_RELATION = loinc("82120-7", "Allelic phase")
IMPLICATION = Code(TBD, "diagnostic-implication", "Diagnostic Implication")
DISCLAIMER_NOTE = Code(
    f"{GUIDE}/CodeSystem/coded-annotation-types-cs", "test-disclaimer", "Test Disclaimer"
)

COMPONENTS: Mapping[str, Code] = {
    "gene": loinc("48018-6", "Gene studied [ID]"),
    "build": loinc("62374-4", "Human reference sequence assembly version"),
    "coding": loinc("48004-6", "DNA change (c.HGVS)"),
    "genomic": loinc("81290-9", "Genomic DNA change (gHGVS)"),
    "protein": loinc("48005-3", "Amino acid change (pHGVS)"),
    "transcript": loinc("51958-7", "Transcript reference sequence [ID]"),
    "sequence": loinc("48013-7", "Genomic reference sequence [ID]"),
    "ref": loinc("69547-8", "Genomic ref allele [ID]"),
    "alt": loinc("69551-0", "Genomic alt allele [ID]"),
    "place": loinc("81254-5", "Genomic allele start-end"),
    "coordinates": loinc("92822-6", "Genomic coordinate system [Type]"),
    "state": loinc("53034-5", "Allelic state"),
    "fraction": loinc("81258-6", "Sample variant allelic frequency [NFr]"),
    "reads": loinc("82121-5", "Allelic read depth"),
    "accession": loinc("81252-9", "Discrete genetic variant"),
    "significance": loinc("53037-8", "Genetic variation clinical significance [Imp]"),
    "phenotype": loinc("81259-4", "Associated phenotype"),
    "inheritance": Code(TBD, "condition-inheritance", "Condition Inheritance"),
    "conclusion": Code(TBD, "conclusion-string", "Conclusion Text"),
}
"""Codes of the components that are written."""

PRESENT = loinc("LA9633-4", "Present")
NO_CALL = loinc("LA18198-4", "No call")
INDETERMINATE = loinc("LA11884-6", "Indeterminate")
ASSESSMENT = (PRESENT, loinc("LA9634-2", "Absent"), NO_CALL, INDETERMINATE)
"""LL1971-2, binding required. Absent is never written: what was not reported is not listed."""

HETEROZYGOUS, HOMOZYGOUS = loinc("LA6706-1", "Heterozygous"), loinc("LA6705-3", "Homozygous")
ALLELIC_STATE: Mapping[str, Code] = {
    "het": HETEROZYGOUS,
    "het_alt": HETEROZYGOUS,
    "hom_alt": HOMOZYGOUS,
    "over_deletion": loinc("LA6707-9", "Hemizygous"),
}
"""By zygosity; what the file leaves open (half calls, one allele, several) has none."""

SIGNIFICANCE: Mapping[str, Code] = {
    "pathogenic": loinc("LA6668-3", "Pathogenic"),
    "likely_pathogenic": loinc("LA26332-9", "Likely pathogenic"),
    "uncertain": loinc("LA26333-7", "Uncertain significance"),
    "likely_benign": loinc("LA26334-5", "Likely benign"),
    "benign": loinc("LA6675-8", "Benign"),
}
BUILDS: Mapping[str, Code] = {
    "GRCh37": loinc("LA14029-5", "GRCh37"),
    "GRCh38": loinc("LA26806-2", "GRCh38"),
}
ONE_BASED = loinc("LA30102-0", "1-based character counting")

INHERITANCE: Mapping[str, Code] = {
    "AD": Code(HPO, "HP:0000006", "Autosomal dominant inheritance"),
    "AR": Code(HPO, "HP:0000007", "Autosomal recessive inheritance"),
    "somatic": Code(HPO, "HP:0001442", "Typified by somatic mosaicism"),
}
_PHASES = "http://terminology.hl7.org/CodeSystem/sequence-phase-relationship-cs"
PHASE: Mapping[str, Code] = {
    "cis": Code(_PHASES, "Cis", "Cis"),
    "trans": Code(_PHASES, "Trans", "Trans"),
    "unknown": Code(_PHASES, "Unknown", "Unknown"),
}
_INCONCLUSIVE = loinc("LA9663-1", "Inconclusive")
OVERALL: Mapping[str, Code] = {
    "relevant": loinc("LA6576-8", "Positive"),
    "possible": _INCONCLUSIVE,
    "carrier": _INCONCLUSIVE,
    "differential": _INCONCLUSIVE,
    "none": loinc("LA6577-6", "Negative"),
    "inconclusive": _INCONCLUSIVE,
    "failed": loinc("LA9664-9", "Failure"),
}
"""By status; `none` where absent records were taken as reference is `inconclusive` here."""

REPORT_STATUS, FAILED_STATUS = "partial", "cancelled"
"""R4, diagnostic-report-status: "data in the report may be incomplete or unverified"; and not
completed. `final` is for who has verified it.
"""
