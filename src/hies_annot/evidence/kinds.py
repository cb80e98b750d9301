"""The kinds of evidence sources, one entry each: usual fields, facts, slices, what ships."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from hies_annot.errors import InputError
from hies_annot.evidence import clinvar, frequency, slice_rows, splice_map
from hies_annot.evidence.lab_words import classes_of
from hies_annot.evidence.scores import SCORE_COLUMNS, score_of_row, spliceai_of_row
from hies_annot.evidence.slice_rows import Fact, Form
from hies_annot.genes.gene_file import Gene
from hies_annot.io.source_tables import SourceRow, Table
from hies_annot.model import ClinVarFact, PopulationFact, ScoreFact, SpliceMapFact
from hies_annot.settings.evidence_sources import Source, SourceKind

Fields = Mapping[str, str]
"""Our field -> field or column of the file."""
Genes = tuple[Gene, ...]


def _named_or_usual(kind: Kind, source: Source, table: Table) -> Fields:
    """Return the fields that the configuration names, else the usual ones.

    Raises:
        InputError: one that the kind cannot do without is not in the file.
    """
    fields = {ours: names[0] for ours, names in kind.usual.items()} | source.fields
    return _demand(source, table, fields, kind.needs)


def _best_present(_kind: Kind, source: Source, table: Table) -> Fields:
    return frequency.resolve_fields(source.fields, table.fields, name=source.name, file=source.path)


def _of_tool(kind: Kind, source: Source, table: Table) -> Fields:
    """Scores: the column of the tool's own file, where the configuration names none."""
    usual = SCORE_COLUMNS.get(_tool(source).lower(), {}).get("value", "")
    fields = {"value": source.fields.get("value") or usual}
    return _demand(source, table, fields, kind.needs)


def _demand(source: Source, table: Table, fields: Fields, needed: tuple[str, ...]) -> Fields:
    for field in (fields[ours] for ours in needed):
        if field not in table.fields:
            raise InputError(
                f"evidence source {source.name}: {field or 'the value'!r} is not a field of the "
                "file; name it under `fields`",
                file=source.path,
            )
    return fields


class Kind(Struct, frozen=True):
    """One kind of source.

    `says` is its line in the manual. `usual` are our fields with their names in the files, best
    first; `needs` those without which a file is refused; `find` looks for them in a file. `fact`
    takes a row, the fields found, the source and its date, and returns None where the row says
    nothing. `form` is how its facts stand in a slice. `embedded` are slices that ship with the
    package, used where no source of the kind is configured. `shows_absence`: in a complete source
    an allele that is not listed was not seen. `every_gene`: a whole source has records in every
    gene. `by_allele`: our fields that a record with several ALTs gives for each of them.
    """

    says: str
    usual: Mapping[str, tuple[str, ...]]
    fact: Callable[[SourceRow, Fields, Source, str | None, Genes], Fact | None]
    form: Form[Any]
    needs: tuple[str, ...] = ()
    find: Callable[[Kind, Source, Table], Fields] = _named_or_usual
    embedded: tuple[str, ...] = ()
    shows_absence: bool = False
    every_gene: bool = False
    by_allele: tuple[str, ...] = ()

    def fact_of(
        self, row: SourceRow, fields: Fields, source: Source, date: str | None, genes: Genes
    ) -> Fact | None:
        """Return the fact of a row.

        Raises:
            InputError: the row cannot be read, or contradicts itself; file and record are named.
        """
        try:
            _demand_own(row, fields, self.by_allele)
            return self.fact(row, fields, source, date, genes)
        except ValueError as fault:
            place = f"{row.chrom}:{row.pos} {row.ref}>{row.alt}"
            told = f"broken row ({fault})"
            raise InputError(told, file=source.path, record=place) from None


def _demand_own(row: SourceRow, fields: Fields, by_allele: tuple[str, ...]) -> None:
    """Refuse what is said once of several alleles: it may be meant of any of them."""
    for ours in by_allele:
        if fields.get(ours) in row.shared:
            told = f"{fields[ours]} is given once for several ALTs: split the record, or Number=A"
            raise ValueError(told)


def _clinvar(
    row: SourceRow, fields: Fields, source: Source, date: str | None, _genes: Genes = ()
) -> ClinVarFact | None:
    return clinvar.fact_of_row(row, fields, source=source.name, date=date, file=source.path)


def _population(
    row: SourceRow, fields: Fields, source: Source, _date: str | None, _genes: Genes = ()
) -> PopulationFact:
    return frequency.fact_of_row(row, fields, source=source.name, version=source.version)


def _score(
    row: SourceRow, fields: Fields, source: Source, _date: str | None, genes: Genes = ()
) -> ScoreFact | None:
    return score_of_row(row, fields["value"], _tool(source), source.name, genes)


def _spliceai(
    row: SourceRow, fields: Fields, source: Source, _date: str | None, genes: Genes = ()
) -> ScoreFact | None:
    return spliceai_of_row(row, fields["value"], source.name, genes)


def _splice_map(
    row: SourceRow, fields: Fields, source: Source, _date: str | None, _genes: Genes = ()
) -> SpliceMapFact:
    values = {ours: row.values.get(theirs, "") for ours, theirs in fields.items()}
    return splice_map.fact_of_values(values, _tool(source), source.name)


def _lab(
    row: SourceRow, fields: Fields, _source: Source, _date: str | None, _genes: Genes = ()
) -> str | None:
    text = row.values.get(fields["classification"])
    return text if text and classes_of(text) else None


def _tool(source: Source) -> str:
    return source.tool or source.name


KINDS: Mapping[SourceKind, Kind] = {
    SourceKind.CLINVAR: Kind(
        says="ClinVar's classification with review status, conditions and conflicts",
        usual=clinvar.FIELDS,
        needs=("classification", "review_status"),
        fact=_clinvar,
        form=slice_rows.CLINVAR,
        embedded=("evidence/clinvar.tsv",),
        by_allele=("classification",),
        every_gene=True,
    ),
    SourceKind.POPULATION: Kind(
        says="allele frequencies of a population; v2.1.1 gives the highest of `faf95_<group>`",
        usual=frequency.FIELDS,
        fact=_population,
        form=slice_rows.POPULATION,
        find=_best_present,
        by_allele=("allele_frequency", "allele_count", "filtering_frequency"),
        embedded=("evidence/gnomad.tsv", "evidence/common_snps.tsv"),
        shows_absence=True,
        every_gene=True,
    ),
    SourceKind.SCORE: Kind(
        says="an in-silico score, which `tool` names",
        usual={"value": tuple(c["value"] for c in SCORE_COLUMNS.values() if "value" in c)},
        needs=("value",),
        fact=_score,
        form=slice_rows.SCORE,
        find=_of_tool,
        by_allele=("value",),
    ),
    SourceKind.SPLICEAI: Kind(
        says="SpliceAI's VCF, the largest of the four delta scores",
        usual={"value": ("SpliceAI",)},
        needs=("value",),
        fact=_spliceai,
        form=slice_rows.SCORE,
    ),
    SourceKind.SPLICE_MAP: Kind(
        says="predicted gains and losses of splice sites by SNV, a table as CI-SpliceAI's",
        usual={column: (column,) for column in splice_map.COLUMNS},
        needs=splice_map.COLUMNS,
        fact=_splice_map,
        form=slice_rows.SPLICE_MAP,
        embedded=("evidence/splice_map.tsv",),
    ),
    SourceKind.LAB: Kind(
        says="the lab's own classification",
        usual={"classification": ("CLASS",)},
        needs=("classification",),
        fact=_lab,
        form=slice_rows.LAB,
        by_allele=("classification",),
    ),
}
"""Kind -> entry; facts are looked up in this order where nothing is configured."""
