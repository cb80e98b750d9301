"""ClinVar's vocabulary: stars, classifications and conflicts. Words outside it are an error.

ClinVar renamed terms before (interpretations -> classifications), and tools that matched by
substring read "Conflicting ... pathogenicity" as pathogenic: only whole words count here.
Source: ClinVar documentation of review status and of the VCF fields.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from hies_annot.errors import InputError
from hies_annot.io.source_tables import SourceRow
from hies_annot.model import ClinVarFact
from hies_annot.model.clinvar_fact import NO_GERMLINE

STARS = {
    "no assertion criteria provided": 0,
    "no assertion provided": 0,
    "no classification provided": 0,
    "no classifications from unflagged records": 0,
    "no classification for the single variant": 0,
    "no classification for the individual variant": 0,
    "no interpretation for the single variant": 0,
    "no assertion for the individual variant": 0,
    "criteria provided, single submitter": 1,
    "criteria provided, conflicting classifications": 1,
    "criteria provided, conflicting interpretations": 1,
    "criteria provided, multiple submitters": 2,
    "criteria provided, multiple submitters, no conflicts": 2,
    "reviewed by expert panel": 3,
    "practice guideline": 4,
}
"""Review status -> stars; the second spelling of a status is that of older releases."""

CLASSES = frozenset(
    {
        "pathogenic",
        "likely pathogenic",
        "pathogenic, low penetrance",
        "likely pathogenic, low penetrance",
        "uncertain significance",
        "likely benign",
        "benign",
        "conflicting classifications of pathogenicity",
        "conflicting interpretations of pathogenicity",
        "conflicting data from submitters",
        "uncertain risk allele",
        "likely risk allele",
        "established risk allele",
        "risk factor",
        "association",
        "association not found",
        "protective",
        "affects",
        "drug response",
        "confers sensitivity",
        "other",
        "not provided",
        "no classification for the single variant",
        "no classifications from unflagged records",
        "no interpretation for the single variant",
        NO_GERMLINE,
    }
)
FIELDS: dict[str, tuple[str, ...]] = {
    "classification": ("CLNSIG",),
    "review_status": ("CLNREVSTAT",),
    "conditions": ("CLNDN",),
    "conflict": ("CLNSIGCONF",),
    "oncogenicity": ("ONC",),
    "impact": ("SCI",),
}
"""Our field -> field of ClinVar's VCF."""
_SHORT = {
    "pathogenic": "P",
    "likely pathogenic": "LP",
    "uncertain significance": "VUS",
    "likely benign": "LB",
    "benign": "B",
}
_BESIDE = re.compile(r",(?!\s*low penetrance)\s*", re.IGNORECASE)
"""What parts a second term in releases before 2022 (`Pathogenic,_risk_factor`)."""
_NONE = ("", ".", "-")
"""What stands where there is nothing, in a VCF and in the tables of ClinVar (variant_summary)."""
_COUNTED = re.compile(r"(.+)\(([0-9]+)\)\Z")


def plain(text: str) -> str:
    """Return a term of the VCF in words: underscores to spaces, escapes undone."""
    return text.replace("%2C", ",").replace("%3B", ";").replace("_", " ").strip()


def stars_of(review_status: str, *, file: str) -> int:
    """Return the stars (0-4) of a review status in words.

    Raises:
        InputError: a status that is not in the vocabulary; nothing is guessed.
    """
    status = review_status.lower()
    if status not in STARS:
        raise InputError(
            f"ClinVar review status {review_status!r} is unknown to this version: "
            "update hies-annot, or use another ClinVar release",
            file=file,
        )
    return STARS[status]


def checked_classification(text: str, *, file: str) -> str:
    """Return ClinVar's classification in words after checking each of its terms.

    Raises:
        InputError: a term that is not in the vocabulary.
    """
    words = _BESIDE.sub("|", plain(text))
    for term in re.split(r"[/|;]", words):
        if term.strip().lower() not in CLASSES:
            raise InputError(
                f"ClinVar classification {term.strip()!r} is unknown to this version: "
                "update hies-annot, or use another ClinVar release",
                file=file,
            )
    return words


def conflict_counts(text: str | None) -> str | None:
    """Return `P(1);VUS(3)` from CLNSIGCONF (`Pathogenic(1)|Uncertain_significance(3)`)."""
    if not text:
        return None
    parts = []
    for part in re.split(r"[|,]", plain(text)):
        match = _COUNTED.match(part.strip())
        if match is None:
            parts.append(part.strip())
            continue
        word = match[1].strip()
        parts.append(f"{_SHORT.get(word.lower(), word)}({match[2]})")
    return ";".join(parts)


def fact_of_row(
    row: SourceRow, fields: Mapping[str, str], *, source: str, date: str | None, file: str
) -> ClinVarFact | None:
    """Return the fact of one record of ClinVar's VCF; None where it has no classification.

    What is said of tumours (ONC, SCI) is told beside it, and is no word on the germline.
    """
    classification = row.values.get(fields["classification"])
    somatic = _of_tumours(row, fields)
    if classification is None or classification.strip() in _NONE:
        if somatic is None:
            return None
        classification = NO_GERMLINE
    status = plain(row.values.get(fields["review_status"], ""))
    status = "" if status in _NONE else status
    conditions = row.values.get(fields["conditions"], "")
    return ClinVarFact(
        variation_id=row.identifier or "",
        classification=checked_classification(classification, file=file),
        stars=stars_of(status, file=file) if status else None,
        review_status=status or "not in the source",
        conditions=tuple(
            dict.fromkeys(
                name
                for name in (plain(part) for part in conditions.split("|"))
                if name and name.lower() not in ("not provided", "not specified", ".")
            )
        ),
        conflict=conflict_counts(row.values.get(fields["conflict"])),
        source=source,
        date=date,
        somatic=somatic,
    )


def _of_tumours(row: SourceRow, fields: Mapping[str, str]) -> str | None:
    """Return what a record says of tumours, in ClinVar's words; None: nothing."""
    told = []
    for role, what in (("oncogenicity", "oncogenicity"), ("impact", "clinical impact")):
        text = row.values.get(fields.get(role, ""), "").strip()
        if text not in _NONE:
            told.append(f"{what} {', '.join(plain(part) for part in text.split('|'))}")
    return "; ".join(told) or None
