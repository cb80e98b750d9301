"""Slices: the facts of one source over the loci, as a small text table with its provenance.

GRCh38 only, 1-based, VCF alleles. The same format holds what ships with the package and what
`hies-annot resources build` cuts from a lab's own sources.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hies_annot.errors import InputError
from hies_annot.evidence.clinvar import checked_classification
from hies_annot.evidence.config import SourceKind
from hies_annot.model import ClinVarFact, PopulationFact, ScoreFact

Key = tuple[str, int, str, str]
"""chrom, pos, ref, alt on GRCh38."""
Fact = ClinVarFact | PopulationFact | ScoreFact | str

MARK = "# kind: "
_LIST = ";"


@dataclass(frozen=True, slots=True)
class Slice:
    """The facts of one source. `complete`: an allele that is not listed was not seen."""

    name: str
    kind: SourceKind
    facts: Mapping[Key, Fact]
    version: str | None = None
    date: str | None = None
    complete: bool = False
    origin: str = ""
    sha256: str | None = None
    header: Mapping[str, str] = field(default_factory=dict)


_COLUMNS = {
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


def is_slice(path: str) -> bool:
    """Whether a file is a slice, by its header."""
    try:
        with Path(path).open(encoding="utf-8") as handle:
            return any(line.startswith(MARK) for line in (handle.readline() for _ in range(12)))
    except (OSError, UnicodeDecodeError):
        return False


def read_slice(path: Path) -> Slice:
    """Read a slice.

    Raises:
        InputError: not a slice, another build, a broken row, or not the number of records that
            the header promises.
    """
    text = path.read_text(encoding="utf-8")
    header, lines = _split(text)
    if header.get("build") != "GRCh38" or "kind" not in header:
        raise InputError("this is not an evidence slice on GRCh38", file=str(path))
    kind = SourceKind(header["kind"])
    names = lines[0].split("\t") if lines else []
    facts: dict[Key, Fact] = {}
    for number, line in enumerate(lines[1:], len(header) + 2):
        row = dict(zip(names, line.split("\t"), strict=False))
        try:
            key = (row["chrom"], int(row["pos"]), row["ref"], row["alt"])
            facts[key] = _READ[kind](row, header, str(path))
        except (KeyError, ValueError) as fault:
            message = f"broken row ({fault})"
            raise InputError(message, file=str(path), record=f"line {number}") from None
    if header.get("records") != str(len(facts)):
        raise InputError(
            f"{len(facts)} alleles, but the header promises {header.get('records')}: "
            "the file was cut or edited",
            file=str(path),
        )
    return Slice(
        name=header["name"],
        kind=kind,
        facts=facts,
        version=header.get("version") or None,
        date=header.get("date") or None,
        complete=header.get("complete") == "true",
        origin=header.get("source", ""),
        sha256=header.get("sha256") or hashlib.sha256(text.encode()).hexdigest(),
        header=header,
    )


def slice_text(made: Slice) -> str:
    """Return the content of a slice file; its line `source` says where the facts come from."""
    columns = _COLUMNS[made.kind]
    lines = [
        f"# name: {made.name}",
        f"# kind: {made.kind}",
        f"# version: {made.version or ''}",
        f"# date: {made.date or ''}",
        "# build: GRCh38",
        f"# complete: {'true' if made.complete else 'false'}",
        f"# records: {len(made.facts)}",
        f"# sha256: {made.sha256 or ''}",
        f"# source: {made.origin}",
        "\t".join(("chrom", "pos", "ref", "alt", *columns)),
    ]
    for key in sorted(made.facts, key=lambda k: (int(k[0]) if k[0].isdigit() else 99, *k[1:])):
        values = _cells(made.facts[key])
        place = [str(part) for part in key]
        lines.append("\t".join([*place, *(values.get(name, "") for name in columns)]))
    return "\n".join(lines) + "\n"


def _split(text: str) -> tuple[dict[str, str], list[str]]:
    header: dict[str, str] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("# ") and ":" in line and not lines:
            key, value = line[2:].split(":", 1)
            header[key] = value.strip()
        elif line:
            lines.append(line)
    return header, lines


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


_READ: dict[SourceKind, Callable[[Mapping[str, str], Mapping[str, str], str], Fact]] = {
    SourceKind.CLINVAR: _clinvar,
    SourceKind.POPULATION: _population,
    SourceKind.SCORE: _score,
    SourceKind.SPLICEAI: _score,
    SourceKind.LAB: _lab,
}


def _cells(fact: Fact) -> dict[str, str]:
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
