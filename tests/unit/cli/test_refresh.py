"""A month passes: ClinVar changes on the server, and just the samples that it touches are told."""

from __future__ import annotations

import csv
import gzip
import sys

import pytest
import yaml
from click.testing import CliRunner
from made_up_sources import address, bgzip, make_all, place
from range_server import servers_file, serving

from hies_annot.cli.main import cli
from hies_annot.errors import InputError, UsageError
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference

HEADER = (
    "##fileformat=VCFv4.3\n##contig=<ID=chr17,length=83257441>\n"
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{}\n"
)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder, genes = tmp_path_factory.mktemp("served"), default_genes()
    make_all(folder, genes, {b: embedded_reference(b, genes) for b in Build}, step=61, count=300)
    return folder


@pytest.fixture
def world(files, tmp_path, monkeypatch):
    """Serve the files; a folder with a configuration whose ClinVar was fetched, and two samples."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("HIES_ANNOT_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    with serving(files) as server:
        servers_file(tmp_path / "servers.yaml", server)
        yield server


def hies_annot(*words):
    return CliRunner().invoke(cli, words)


def fetched():
    made = hies_annot("resources", "fetch", "clinvar", "-o", "slices", "--servers", "servers.yaml")
    assert made.exit_code == 0, made.exception
    return yaml.safe_load(made.stdout)


def samples(tmp_path, known):
    """Write a sample with an allele that ClinVar has, and one with an allele that it has not."""
    chrom, pos, ref, alt = known
    other = {"A": "C", "C": "G", "G": "T", "T": "A"}[ref]
    other = other if other != alt else {"A": "G", "C": "T", "G": "A", "T": "C"}[ref]
    for name, allele in (("TOUCHED", alt), ("OTHER", other)):
        row = f"chr{chrom}\t{pos}\t.\t{ref}\t{allele}\t50\tPASS\t.\tGT\t0/1\n"
        (tmp_path / f"{name}.vcf").write_text(HEADER.format(name) + row)


def clinvar_rows(path):
    return gzip.decompress(path.read_bytes()).decode().splitlines()


def changed_server(files, known, folder, day):
    """Write next month's ClinVar: another classification of one allele, and a new date."""
    path = files / place(address("clinvar", Build.GRCH38))
    lines = []
    for line in clinvar_rows(path):
        cells = line.split("\t")
        if (*cells[:2], *cells[3:5]) == known:
            cells[7] = "CLNSIG=Pathogenic;CLNREVSTAT=reviewed_by_expert_panel"
            line = "\t".join(cells)
        lines.append(f"##fileDate={day}" if line.startswith("##fileDate") else line)
    target = folder / place(address("clinvar", Build.GRCH38))
    target.parent.mkdir(parents=True, exist_ok=True)
    bgzip(target, "".join(f"{line}\n" for line in lines), preset="vcf")


def known_allele(files):
    """Return a substitution of the made-up ClinVar that lies in STAT3."""
    span = default_genes()[0].file.loci[Build.GRCH38]
    for line in clinvar_rows(files / place(address("clinvar", Build.GRCH38))):
        cells = line.split("\t")
        if cells[0] == "17" and "Benign" in cells[7] and span.start <= int(cells[1]) <= span.end:
            return (*cells[:2], *cells[3:5])
    raise AssertionError("there is none")


RERUN = (sys.executable, "-m", "hies_annot", "run", "--config", "config.yaml", "-q")
REFRESH = ("refresh", "results", "--servers", "servers.yaml", "--", *RERUN)


def changes(tmp_path):
    with (tmp_path / "results.earlier/changed.tsv").open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture
def january(world, files, tmp_path):
    """A finished run on the ClinVar of January; returns the allele that February changes."""
    known = known_allele(files)
    samples(tmp_path, known)
    config = {**fetched(), "vcfs": ["*.vcf"], "build": "GRCh38"}
    (tmp_path / "config.yaml").write_text(yaml.safe_dump(config))
    assert hies_annot("run", "--config", "config.yaml", "-q").exit_code == 0
    return known


def test_the_samples_that_a_new_clinvar_touches_are_told(world, files, tmp_path, january):
    changed_server(files, january, tmp_path / "february", "2026-02-03")
    world.folder = tmp_path / "february"
    done = hies_annot(*REFRESH)
    assert done.exit_code == 0, done.output
    assert "1 samples changed: TOUCHED" in done.output
    found = changes(tmp_path)
    assert {row["sample"] for row in found} == {"", "TOUCHED"}
    (clinvar,) = (row for row in found if row["what"] == "clinvar")
    assert "Pathogenic" in clinvar["new"]
    assert "Benign" in clinvar["old"]
    assert any("2026-02-03" in row["new"] for row in found if row["where"] == "resources")

    again = hies_annot(*REFRESH)
    assert "ClinVar: unchanged on the server, kept" in again.output
    assert "0 samples changed" in again.output
    assert changes(tmp_path) == []


def test_a_routine_that_broke_off_goes_on(world, files, tmp_path, january):
    before = (tmp_path / "results/run.json").read_bytes()
    changed_server(files, january, tmp_path / "february", "2026-02-03")
    world.folder = tmp_path / "february"
    world.trouble["clinvar"] = (503, None)
    broken = hies_annot(*REFRESH)
    assert "503" in str(broken.exception)
    assert (tmp_path / "results/run.json").read_bytes() == before

    world.trouble.clear()
    idle = hies_annot(*REFRESH[:5], sys.executable, "-c", "raise SystemExit(3)")
    assert "not compared: end the run, and refresh again" in str(idle.exception)
    assert not (tmp_path / "results.earlier/changed.tsv").exists()

    assert hies_annot("run", "--config", "config.yaml", "-q").exit_code == 0
    done = hies_annot(*REFRESH)
    assert "1 samples changed: TOUCHED" in done.output, done.exception
    assert (tmp_path / "results.earlier/run.json").read_bytes() == before


def test_what_cannot_be_refreshed_is_said(world, tmp_path, january):
    assert isinstance(hies_annot("refresh", "results").exception, UsageError)
    servers = {"mirrors": {"https://": "http://127.0.0.1:9/"}}
    (tmp_path / "other.yaml").write_text(yaml.safe_dump(servers))
    moved = hies_annot("refresh", "results", "--servers", "other.yaml", "--", *RERUN)
    assert isinstance(moved.exception, InputError)
    assert "are none of the servers'" in str(moved.exception)
    (tmp_path / "slices/fetched.tsv").unlink()
    lost = hies_annot(*REFRESH)
    assert isinstance(lost.exception, UsageError)
    assert "no source of the configuration lies beside a fetched.tsv" in str(lost.exception)


def test_an_old_clinvar_is_told_on_the_day_that_is_named(world, tmp_path, january):
    config = yaml.safe_load((tmp_path / "config.yaml").read_text())
    (tmp_path / "old.yaml").write_text(yaml.safe_dump({**config, "evidence_max_age_days": 60}))
    run = ("run", "--config", "old.yaml", "-q", "-o")
    for day, folder, told in (("2026-03-05", "old", True), ("2026-03-04", "new", False)):
        assert hies_annot(*run, folder, "--report-date", day).exit_code == 0
        page = (tmp_path / folder / "index.html").read_text()
        assert (f"61 days before {day}; at most 60 are set" in page) is told
        assert f"{61 if told else 60} days on {day}; at most 60 are set" in page
    assert hies_annot(*run, "undated").exit_code == 0
    assert "at most 60" not in (tmp_path / "undated/index.html").read_text()

    assert hies_annot("verify", "undated", "--today", "2026-03-04").exit_code == 0
    late = hies_annot("verify", "undated", "--today", "2026-03-05")
    assert "ClinVar is of 2026-01-03, 61 days before 2026-03-05" in str(late.exception)
    assert (
        hies_annot("verify", "undated", "--today", "2026-03-05", "--max-age", "61").exit_code == 0
    )
    unset = hies_annot("verify", "results", "--today", "2026-03-05")
    assert isinstance(unset.exception, UsageError)
