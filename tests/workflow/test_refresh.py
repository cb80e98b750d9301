"""`snakemake refresh`: fetch, rerun and compare in one command, against a local server."""

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from made_up_sources import address, bgzip, make_all
from made_up_sources import place as place_of
from range_server import Server, servers_file, serving

from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference

from .conftest import Place, job_counts

pytestmark = pytest.mark.slow
CLINVAR = place_of(address("clinvar", Build.GRCH38))
NEW = "CLNSIG=Pathogenic;CLNREVSTAT=reviewed_by_expert_panel"


@pytest.fixture
def served(tmp_path: Path) -> Path:
    folder, genes = tmp_path / "served", default_genes()
    references = {build: embedded_reference(build, genes) for build in Build}
    make_all(folder, genes, references, step=61, count=300)
    return folder


def rows(served: Path) -> list[list[str]]:
    text = gzip.decompress((served / CLINVAR).read_bytes()).decode()
    return [line.split("\t") for line in text.splitlines()]


def known_allele(served: Path) -> list[str]:
    """Return a row of ClinVar in STAT3 that says benign."""
    span = default_genes()[0].file.loci[Build.GRCH38]
    return next(
        row
        for row in rows(served)
        if row[0] == "17" and "=Benign" in row[7] and span.start <= int(row[1]) <= span.end
    )


def next_month(served: Path, known: list[str]) -> None:
    """Change what ClinVar says of one allele, and its date."""
    lines = []
    for row in rows(served):
        changed = [*row[:7], NEW] if row == known else row
        old = row[0].startswith("##fileDate")
        lines.append("##fileDate=2026-02-03" if old else "\t".join(changed))
    bgzip(served / CLINVAR, "".join(f"{line}\n" for line in lines), preset="vcf")


def january(place: Place, server: Server, known: list[str], **settings: object) -> None:
    """Fetch ClinVar, and run two samples: one has the known allele, one another at its place."""
    servers_file(place.folder / "servers.yaml", server)
    words = ("resources", "fetch", "clinvar", "-o", "slices", "--servers", "servers.yaml")
    made = subprocess.run(
        [sys.executable, "-m", "hies_annot", *words],
        cwd=place.folder,
        env={**place.environment, "NO_PROXY": "127.0.0.1"},
        check=True,
        capture_output=True,
        text=True,
    )
    other = next(base for base in "ACGT" if base not in known[3:5])
    head = (
        "##fileformat=VCFv4.3\n##contig=<ID=17,length=83257441>\n"
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">\n'
    )
    for name, alt in (("TOUCHED", known[4]), ("OTHER", other)):
        columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT"
        row = f"17\t{known[1]}\t.\t{known[3]}\t{alt}\t50\tPASS\t.\tGT\t0/1"
        (place.folder / f"{name}.vcf").write_text(f"{head}{columns}\t{name}\n{row}\n")
    place.sheet([{"sample": name, "vcf": f"{name}.vcf"} for name in ("TOUCHED", "OTHER")])
    more = {"build": "GRCh38", "evidence_servers": "servers.yaml", **settings}
    place.configure(**more, **yaml.safe_load(made.stdout))
    place.snakemake()


def test_a_month_in_one_target(place: Place, served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    place = Place(place.folder, {**place.environment, "NO_PROXY": "127.0.0.1"})
    known, told = known_allele(served), place.folder / "told"
    with serving(served) as server:
        january(
            place, server, known, on_completion=f"sh -c 'cat > /dev/null; echo x >> {told.name}'"
        )
        before = json.loads((place.folder / "results/run.json").read_text())
        assert job_counts(place.snakemake("--dry-run", "--", "refresh")) == {"refresh": 1}
        assert not (place.folder / "results.earlier").exists()

        told.unlink()
        next_month(served, known)
        said = place.snakemake("--", "refresh")
        assert "1 samples changed: TOUCHED" in said
        assert told.read_text() == "x\n", "the lab is told once"
        with (place.folder / "results.earlier/changed.tsv").open(newline="") as file:
            changed = list(csv.DictReader(file, delimiter="\t"))
        assert {row["sample"] for row in changed} == {"", "TOUCHED"}
        (clinvar,) = (row for row in changed if row["what"] == "clinvar")
        assert "Pathogenic" in clinvar["new"]
        kept = json.loads((place.folder / "results.earlier/run.json").read_text())
        assert kept == before
        assert place.plan() == {}, "the run itself is of the new evidence"

    after = (place.folder / "results/run.json").read_bytes()
    said = place.snakemake("--", "refresh", ok=False)  # the server is gone
    assert "clinvar.vcf.gz" in said
    assert (place.folder / "results/run.json").read_bytes() == after
