"""`resources fetch` against a server on this machine: the slices, the bytes, and every fault."""

from __future__ import annotations

import csv
import time
import zipfile
from pathlib import Path

import pysam
import pytest
import yaml
from click.testing import CliRunner
from made_up_sources import place
from range_server import MODIFIED, servers_file, serving

from hies_annot.cli.resources import resources
from hies_annot.errors import FetchError, UsageError
from hies_annot.evidence.slices import read_slice
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model.closed import as_json
from hies_annot.run.plan import shared_files
from hies_annot.settings.evidence_servers import load_servers

GENES = default_genes()
CLINVAR = "vcf_GRCh38/clinvar.vcf.gz"
JOINT20 = "joint.v4.1.sites.chr20.vcf.bgz"
CADD = "GRCh38/whole_genome_SNVs.tsv.gz"
ALPHAMISSENSE, REVEL = "AlphaMissense_hg38.tsv.gz", "revel-v1.3_all_chromosomes.zip"
FILES = {"clinvar": CLINVAR, "gnomad": JOINT20, "cadd": CADD, "alphamissense": ALPHAMISSENSE}
FILES["revel"] = REVEL
MOST = 5_000_000


def slices(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.tsv") if path.stem != "fetched"}


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*")) if folder.exists() else []


def build_config(folder: Path, files: Path, build: Build) -> Path:
    """Write the configuration with which `resources build` cuts the files of the server."""
    sources = []
    for listed in load_servers(None).sources.values():
        for served in listed[build]:
            path = files / place(served.url)
            if served.read == "zip":
                path = folder / "revel_with_transcript_ids"
                path.write_bytes(unzipped(files / place(served.url)))
            if served.read == "gzip":
                pysam.tabix_index(str(path), seq_col=0, start_col=1, end_col=1, force=True)
            told = as_json(served)
            given = {key: told[key] for key in ("name", "kind", "tool", "version")}
            given |= {"fields": served.fields, "path": str(path), "build": str(build)}
            given |= {} if served.kind == "clinvar" else {"date": "2026-01-05"}
            given |= {} if served.complete is None else {"complete": served.complete}
            sources.append(given)
    config = folder / "build.yaml"
    config.write_text(yaml.safe_dump({"evidence": {"sources": sources}}), encoding="utf-8")
    return config


def unzipped(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("revel_with_transcript_ids")


@pytest.mark.slow
def test_all_sources_on_both_builds_in_a_few_megabytes(large_files: Path, tmp_path: Path) -> None:
    size = sum(path.stat().st_size for path in large_files.rglob("*") if path.is_file())
    with serving(large_files) as server:
        servers = servers_file(tmp_path / "servers.yaml", server)
        start = time.process_time()
        for build in Build:
            given = ["fetch", "--build", str(build), "-o", str(tmp_path / build)]
            given += ["--servers", str(servers), "--cache", str(tmp_path / "cache")]
            assert CliRunner().invoke(resources, given).exit_code == 0
        took, moved = time.process_time() - start, server.sent
    assert moved < MOST
    assert moved < size / 2
    assert took < 60  # other work of the machine is none of ours
    for build in Build:
        config = build_config(tmp_path, large_files, build)
        cut = tmp_path / f"cut-{build}"
        given = ["build", "--config", str(config), "--build", str(build), "-o", str(cut)]
        assert CliRunner().invoke(resources, given).exit_code == 0
        assert slices(tmp_path / build) == slices(cut)
        assert len(slices(cut)) == (5 if build is Build.GRCH38 else 6)


def test_slices_say_where_they_are_from(fetch, server, tmp_path) -> None:
    result = fetch()
    assert result.exit_code == 0
    assert f"{server.sent:,} bytes moved in" in result.stderr
    block = yaml.safe_load(result.stdout)["evidence"]["sources"]
    assert [source["name"] for source in block] == [
        *("ClinVar", "gnomAD joint", "CADD", "AlphaMissense", "REVEL")
    ]
    for source in block:
        made = read_slice(Path(source["path"]))
        assert made.date == ("2026-01-03" if made.name == "ClinVar" else "2026-01-05")
        assert {key[0] for key in made.facts} == {gene.file.chrom for gene in GENES}
    with (tmp_path / "out/fetched.tsv").open(newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(lines) == 6
    assert {line["last_modified"] for line in lines} == {MODIFIED}
    joint = [line for line in lines if line["source"] == "gnomAD joint"]
    assert [line["url"].rpartition(".chr")[2] for line in joint] == ["17.vcf.bgz", "20.vcf.bgz"]
    assert all(line["etag"].startswith('"') and line["version"] == "4.1" for line in joint)


def test_what_the_server_has_not_changed_is_kept(fetch, server, tmp_path) -> None:
    fetch()
    before = slices(tmp_path / "out")
    server.sent, server.asked[:] = 0, []
    result = fetch()
    assert result.stderr.count("unchanged on the server, kept") == 5
    assert server.sent == 0
    server.state = "2"
    assert fetch("clinvar").exit_code == 0
    assert server.sent > 0
    assert slices(tmp_path / "out") == before


def test_a_slice_that_was_edited_is_fetched_again(fetch, server, tmp_path) -> None:
    fetch("revel")
    path = tmp_path / "out/REVEL.tsv"
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    fetch("revel")
    assert path.read_bytes() == before


def test_a_dry_run_says_what_would_travel(fetch, server, tmp_path) -> None:
    told = fetch("clinvar", "revel", "--dry-run")
    assert told.exit_code == 0
    rows = [line.split("\t") for line in told.stdout.splitlines()[1:]]
    clinvar, revel, total = (int(row[2].replace(",", "")) for row in rows)
    assert total == clinvar + revel
    assert left(tmp_path / "out") == []
    server.sent = 0
    fetch("clinvar")
    index = server.folder / "ftp.ncbi.nlm.nih.gov/pub/clinvar/vcf_GRCh38/clinvar.vcf.gz.tbi"
    assert server.sent <= clinvar - index.stat().st_size  # the index was kept
    server.sent = 0
    fetch("revel")
    assert revel <= server.sent < revel + 1000  # the list of a zip archive stands at its end


PASSING = ["drop", 503, 429, 500]


@pytest.mark.parametrize("trouble", PASSING)
@pytest.mark.parametrize("word", FILES)
def test_passing_trouble_is_waited_out(fetch, server, tmp_path, word, trouble) -> None:
    fetch(word, folder="plain")
    server.trouble[FILES[word]] = (trouble, 2)
    assert fetch(word).exit_code == 0
    assert slices(tmp_path / "out") == slices(tmp_path / "plain")


LASTING = {
    "drop": "the connection ended after",
    503: "the server answers 503",
    404: "the server answers 404",
    "short": "",
}
BY_INDEX = {
    "whole": "the whole file where a part was asked for",
    "wrong range": "the server sends other bytes",
    "no range named": "the server sends other bytes",
    "other size": "changed on the server",
    "other etag": "changed on the server",
}
FAULTS = [(word, what, LASTING[what]) for word in FILES for what in LASTING]
FAULTS += [
    (word, what, told) for word in ("clinvar", "gnomad", "cadd") for what, told in BY_INDEX.items()
]
FAULTS += [("revel", what, BY_INDEX[what]) for what in ("whole", "wrong range", "other etag")]


@pytest.mark.parametrize(("word", "trouble", "words"), FAULTS)
def test_a_fault_is_one_sentence_and_no_half_file(
    fetch, server, tmp_path, word, trouble, words
) -> None:
    server.trouble[FILES[word]] = (trouble, None)
    result = fetch(word)
    assert isinstance(result.exception, FetchError), result.exc_info
    told = str(result.exception)
    assert words in told
    assert FILES[word] in told
    assert "\n" not in told
    assert left(tmp_path / "out") == []


def test_a_fault_leaves_what_was_there(fetch, server, tmp_path) -> None:
    fetch("clinvar", "cadd")
    before, server.state = slices(tmp_path / "out"), "2"
    server.trouble[CADD] = (503, None)
    assert fetch("clinvar", "cadd").exit_code == 1
    assert slices(tmp_path / "out") == before


@pytest.mark.parametrize("word", ["clinvar", "cadd"])
def test_an_old_index_is_noticed(fetch, server, tmp_path, word) -> None:
    """The index is that of a file in which records were added before the loci."""
    path = next(server.folder.rglob(FILES[word]))
    keep, index = path.read_bytes(), Path(f"{path}.tbi")
    old = index.read_bytes()
    try:
        lines = pysam.BGZFile(str(path), "rb", None).read().splitlines(keepends=True)
        first = next(n for n, line in enumerate(lines) if not line.startswith(b"#"))
        with pysam.BGZFile(str(path), "wb", None) as file:
            extra = [lines[first]] * 137
            for line in [*lines[:first], *extra, *lines[first:]]:
                file.write(line)
        index.write_bytes(old)
        server.state = "new"
        result = fetch(word)
    finally:
        path.write_bytes(keep)
        index.write_bytes(old)
    assert isinstance(result.exception, FetchError)
    assert "the index does not fit the file" in str(result.exception)
    assert left(tmp_path / "out") == []


def test_an_index_that_is_none_is_named(fetch, server, tmp_path) -> None:
    server.trouble[f"{CLINVAR}.tbi"] = ("short", None)
    result = fetch("clinvar")
    assert isinstance(result.exception, FetchError)
    assert "no whole tabix index" in str(result.exception)
    assert left(tmp_path / "out") == []


def test_a_broken_download_goes_on_where_it_stopped(fetch, server, tmp_path) -> None:
    server.trouble[JOINT20] = (503, None)
    assert fetch("gnomad").exit_code == 1
    server.trouble, server.asked[:] = {}, []
    assert fetch("gnomad").exit_code == 0
    assert [path for path in server.bodies() if "chr17" in path] == []
    assert not (tmp_path / "cache/fetched-pieces").exists()


def test_without_a_network(fetch, server, tmp_path) -> None:
    result = fetch("clinvar", mirrors={"https://": "http://127.0.0.1:9/"})
    assert isinstance(result.exception, FetchError)
    assert "cannot be reached: connection refused" in str(result.exception)
    assert "HTTPS_PROXY" in str(result.exception)
    assert left(tmp_path / "out") == []


def test_a_server_that_knows_no_head(fetch, server, tmp_path) -> None:
    fetch(folder="plain")
    server.trouble["/"] = ("no head", None)
    assert fetch().exit_code == 0
    assert slices(tmp_path / "out") == slices(tmp_path / "plain")


def test_a_source_without_a_record_in_a_gene_is_refused(fetch, server, tmp_path) -> None:
    """Of a lab's own address: STAT3's chromosome in the place of ZNF341's."""
    url = "https://storage.googleapis.com/gcp-public-data--gnomad/release/4.1/vcf/joint/"
    served = {
        "name": "g",
        "kind": "population",
        "url": f"{url}gnomad.joint.v4.1.sites.chr17.vcf.bgz",
    }
    result = fetch("gnomad", sources={"gnomad": {"GRCh38": [served]}})
    assert isinstance(result.exception, FetchError)
    assert "its index has no chromosome 20" in str(result.exception)
    assert left(tmp_path / "out") == []


def test_a_file_of_another_build_is_refused(fetch, server, tmp_path) -> None:
    served = as_json(load_servers(None).sources["clinvar"][Build.GRCH37][0])
    result = fetch("clinvar", sources={"clinvar": {"GRCh38": [served]}})
    assert isinstance(result.exception, FetchError)
    assert "configured as GRCh38, but its header shows GRCh37" in str(result.exception)
    assert left(tmp_path / "out") == []


def test_bases_that_disagree_are_refused(fetch, server, tmp_path) -> None:
    """CADD states no build: scores that belong to other places show by their REF bases."""
    path = next(server.folder.rglob(CADD))
    lines = pysam.BGZFile(str(path), "rb", None).read().decode().splitlines()
    cells = (line.split("\t") for line in lines[2:])
    moved = ("\t".join([cell[0], str(int(cell[1]) + 1), *cell[2:]]) for cell in cells)
    wrong = server.folder / "lab" / "cadd.tsv.gz"
    wrong.parent.mkdir(exist_ok=True)
    with pysam.BGZFile(str(wrong), "wb", None) as file:
        file.write("\n".join([*lines[:2], *moved, ""]).encode())
    pysam.tabix_index(str(wrong), seq_col=0, start_col=1, end_col=1, force=True)
    served = {"name": "CADD", "kind": "score", "tool": "CADD", "url": "https://lab/cadd.tsv.gz"}
    result = fetch("cadd", sources={"cadd": {"GRCh38": [served]}})
    assert isinstance(result.exception, FetchError)
    assert "REF bases disagree with GRCh38" in str(result.exception)
    assert left(tmp_path / "out") == []


def test_a_field_that_is_not_there_is_named(fetch, server, tmp_path) -> None:
    served = as_json(load_servers(None).sources["cadd"][Build.GRCH38][0])
    served["fields"] = {"value": "Phred"}
    result = fetch("cadd", sources={"cadd": {"GRCh38": [served]}})
    assert isinstance(result.exception, FetchError)
    assert "'Phred' is not a field of the file" in str(result.exception)


def test_an_unknown_word_is_wrong_usage(fetch) -> None:
    assert isinstance(fetch("clinwar").exception, UsageError)


def test_a_plan_depends_on_the_file_of_each_chromosome(tmp_path) -> None:
    for chrom in ("17", "20"):
        (tmp_path / f"g{chrom}.vcf").touch()
    source = {"path": str(tmp_path / "g{chrom}.vcf")}
    evidence = {"known_variants": None, "sources": [source]}
    config = {"evidence": evidence, "reference": {"fasta": None}, "genes": [], "ped": None}
    assert shared_files(config) == [str(tmp_path / f"g{chrom}.vcf") for chrom in ("17", "20")]
