"""The files of a draft: gene file, transcripts, locus, proteins; written whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
import textwrap
from collections.abc import Mapping
from pathlib import Path
from string import Template

import yaml
from msgspec import Struct, convert

from hies_annot.errors import UsageError
from hies_annot.genes.gene_file import Gene, GeneFile, Inheritance, default_genes
from hies_annot.genes.unfilled import MARK, unfilled
from hies_annot.genome import Build
from hies_annot.model.closed import as_json
from hies_annot.reference.from_genome import require_verified
from hies_annot.reference.gene_draft import Draft
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.transcripts import Transcript
from hies_annot.reference.verify import Check, verify
from hies_annot.shipped import resource_path

TRANSCRIPTS, PROTEINS = "transcripts.tsv", "proteins.fa"
COLUMNS = (
    "gene",
    "transcript",
    "protein",
    "chrom",
    "strand",
    "exon",
    "start",
    "end",
    "cds_start",
    "cds_end",
)
_LINE = 60
_NEEDED = {Inheritance.AD: "1", Inheritance.AR: "2"}


class Choices(Struct, frozen=True):
    """What the user has said: inheritance, first base (1-based) of the window on GRCh37, input."""

    inheritance: Inheritance | None
    grch37_start: int | None
    gff: str
    """Name of the GFF3 file."""


class Written(Struct, frozen=True):
    """A draft on disk: the gene file, the checks that it passed, the keys to fill in."""

    path: Path
    checks: tuple[Check, ...]
    missing: tuple[str, ...]


def write_draft(draft: Draft, choices: Choices, folder: Path) -> Written:
    """Write a draft into a new folder, read back and verified as any reference.

    Raises:
        UsageError: the folder is there: it may have been filled in.
        ReferenceDataError: a check fails on what was read back.
    """
    if folder.exists():
        raise UsageError(f"{folder} is there already: give another folder, or move it away")
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".gene-", dir=folder.parent))
    try:
        texts = files_of(draft, choices)
        for name, text in texts.items():
            (making / name).write_text(text, encoding="utf-8", newline="\n")
        checks = _read_back(making, draft)
        making.rename(folder)
        folder.chmod(0o755)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    name = f"{draft.gene.symbol}.yaml"
    missing = (".".join(map(str, key)) for key in unfilled(yaml.safe_load(texts[name])))
    return Written(folder / name, checks, tuple(missing))


def files_of(draft: Draft, choices: Choices) -> Mapping[str, str]:
    """Return the files of a draft by name."""
    symbol, locus = draft.gene.symbol, draft.locus
    head = (
        f"chr{locus.chrom}:{locus.start}-{locus.end} GRCh38 {symbol}, plus strand, {locus.digest}"
    )
    return {
        f"{symbol}.yaml": gene_text(draft, choices),
        f"{symbol}_locus.fa": _fasta({head: locus.sequence}),
        TRANSCRIPTS: transcript_table(draft),
        PROTEINS: _fasta(
            {
                f"{name} {symbol} {len(residues)} aa": residues
                for name, residues in draft.proteins.items()
            }
        ),
    }


def transcript_table(draft: Draft) -> str:
    """Return the exons of all transcripts, a row each, GRCh38."""
    rows = [
        (*_of_transcript(t), x.number, x.start, x.end, t.cds_start, t.cds_end)
        for t in draft.transcripts
        for x in t.exons
    ]
    return "".join("\t".join(map(str, row)) + "\n" for row in (COLUMNS, *rows))


def _of_transcript(found: Transcript) -> tuple[str, ...]:
    return (found.gene, found.accession, found.protein, found.chrom, found.strand)


def gene_text(draft: Draft, choices: Choices) -> str:
    """Return the gene file with every field explained, the mark where a person must decide."""
    gene, locus, mane = draft.gene, draft.locus, draft.transcripts[0]
    start37, length = choices.grch37_start, len(locus.sequence)
    inheritance = choices.inheritance
    values = {
        "gene": gene.symbol,
        "hgnc": gene.hgnc or MARK,
        "ensembl": gene.ensembl or MARK,
        "mim": gene.mim or MARK,
        "chrom": gene.chrom,
        "strand": gene.strand,
        "sequence": f"{gene.symbol}_locus.fa",
        "source": f"{choices.gff}, {locus.source}",
        "transcript": mane.accession,
        "protein": mane.protein,
        "enst": draft.chosen.ensembl,
        "identifier": f"{gene.symbol}-{inheritance}" if inheritance else MARK,
    }
    plain = {
        "gff": choices.gff,
        "fasta": f"{locus.source}, {locus.digest}",
        "start": locus.start,
        "end": locus.end,
        "start37": start37 or MARK,
        "end37": start37 + length - 1 if start37 else MARK,
        "residues": len(draft.proteins[mane.protein]),
        "scores": textwrap.indent(_scores(), "  ").rstrip("\n"),
        "inheritance": inheritance or MARK,
        "alleles": _NEEDED.get(inheritance, MARK) if inheritance else MARK,
        "todo": MARK,
    }
    quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    template = resource_path("draft/gene.yaml").read_text(encoding="utf-8")
    return Template(template).substitute(plain | quoted)


def _scores() -> str:
    """Return the calibrations that hold for genes in general: those of the first shipped gene."""
    scores = default_genes()[0].file.scores
    data = as_json(scores)
    del data["splice_map"]
    return yaml.safe_dump(data, sort_keys=False, default_flow_style=None, width=200)


def _fasta(records: Mapping[str, str]) -> str:
    lines = []
    for head, text in records.items():
        lines.append(f">{head}")
        lines += [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
    return "\n".join(lines) + "\n"


def _read_back(folder: Path, draft: Draft) -> tuple[Check, ...]:
    """Load what was written as a run would, and verify it."""
    gene = Gene(path=folder / f"{draft.gene.symbol}.yaml", file=_without_open_fields(draft))
    reference = embedded_reference(Build.GRCH38, (gene,))
    require_verified(reference, (gene,), draft.locus.source)
    return verify(reference, (gene,))


def _without_open_fields(draft: Draft) -> GeneFile:
    """Return the gene file as far as the reference needs it."""
    gene, mane, locus = draft.gene, draft.transcripts[0], draft.locus
    return convert(
        {
            "schema_version": 1,
            "gene": gene.symbol,
            "hgnc": "",
            "ensembl": "",
            "mim": "",
            "chrom": gene.chrom,
            "strand": gene.strand,
            "loci": {Build.GRCH38: {"start": locus.start, "end": locus.end}},
            "reference": {
                "sequence": f"{gene.symbol}_locus.fa",
                "transcripts": TRANSCRIPTS,
                "proteins": PROTEINS,
                "source": locus.source,
            },
            "transcripts": {"mane_select": mane.accession, "protein": mane.protein},
            "domains": {"source": "", "features": ()},
            "required": {},
            "conditions": (),
        },
        GeneFile,
    )
