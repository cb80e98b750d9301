"""One row of a slice: from a fact to its cells and back, for each kind of source."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hies_annot.evidence.clinvar import checked_classification
from hies_annot.model import ClinVarFact, PopulationFact, ScoreFact
from hies_annot.settings.evidence_sources import SourceKind

Fact = ClinVarFact | PopulationFact | ScoreFact | str
_LIST = ";"

COLUMNS = {
    SourceKind.CLINVAR: (
        "variation_id",
        "classification",
        "stars",
        "review_status",
        "conditions",
        "conflict",
        "release",
        "review_release",
    ),
    SourceKind.POPULATION: (
        "allele_frequency",
        "allele_count",
        "allele_number",
        "homozygotes",
        "filtering_frequency",
        "filtering_group",
        "filters",
    ),
    SourceKind.SCORE: ("tool", "value", "detail"),
    SourceKind.SPLICEAI: ("tool", "value", "detail"),
    SourceKind.LAB: ("classification",),
}
"""Kind -> columns beside chrom, pos, ref and alt."""


def _clinvar(row: Mapping[str, str], header: Mapping[str, str], file: str) -> ClinVarFact:
    release = row["release"] or header.get("version", "")
    review = row["review_release"]
    status = row["review_status"] or "not in the source"
    source = header["name"]
    if review and review != release:
        status = f"{status} (as of {review})"
        source = f"{source}: classification {release}, review status {review}"
    return ClinVarFact(
        variation_id=row["variation_id"],
        classification=checked_classification(row["classification"], file=file),
        stars=int(row["stars"]) if row["stars"] else None,
        review_status=status,
        conditions=_list(row["conditions"]),
        conflict=row["conflict"] or None,
        source=source,
        date=release or None,
    )


def _population(row: Mapping[str, str], header: Mapping[str, str], _file: str) -> PopulationFact:
    return PopulationFact(
        source=header["name"],
        version=header.get("version") or None,
        allele_frequency=_float(row["allele_frequency"]),
        allele_count=_int(row["allele_count"]),
        allele_number=_int(row["allele_number"]),
        homozygotes=_int(row["homozygotes"]),
        filtering_frequency=_float(row["filtering_frequency"]),
        filtering_group=row["filtering_group"] or None,
        filters=_list(row["filters"]),
    )


def _score(row: Mapping[str, str], header: Mapping[str, str], _file: str) -> ScoreFact:
    return ScoreFact(row["tool"], float(row["value"]), row["detail"], header["name"])


def _lab(row: Mapping[str, str], _header: Mapping[str, str], _file: str) -> str:
    return row["classification"]


READ: dict[SourceKind, Callable[[Mapping[str, str], Mapping[str, str], str], Fact]] = {
    SourceKind.CLINVAR: _clinvar,
    SourceKind.POPULATION: _population,
    SourceKind.SCORE: _score,
    SourceKind.SPLICEAI: _score,
    SourceKind.LAB: _lab,
}


def cells(fact: Fact) -> dict[str, str]:
    """Return the cells of a fact by column; what is not given is empty or left out."""
    if isinstance(fact, str):
        return {"classification": fact}
    if isinstance(fact, ScoreFact):
        return {"tool": fact.tool, "value": repr(fact.value), "detail": fact.detail}
    if isinstance(fact, ClinVarFact):
        return {
            "variation_id": fact.variation_id,
            "classification": fact.classification,
            "stars": _text(fact.stars),
            "review_status": "" if fact.stars is None else fact.review_status,
            "conditions": _LIST.join(fact.conditions),
            "conflict": fact.conflict or "",
            "release": fact.date or "",
        }
    return {
        "allele_frequency": _text(fact.allele_frequency),
        "allele_count": _text(fact.allele_count),
        "allele_number": _text(fact.allele_number),
        "homozygotes": _text(fact.homozygotes),
        "filtering_frequency": _text(fact.filtering_frequency),
        "filtering_group": fact.filtering_group or "",
        "filters": _LIST.join(fact.filters),
    }


def _text(value: float | None) -> str:
    return "" if value is None else repr(value)


def _float(text: str) -> float | None:
    return float(text) if text else None


def _int(text: str) -> int | None:
    return int(text) if text else None


def _list(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(_LIST) if part)
