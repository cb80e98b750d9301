"""Files at addresses: storage plugins fetch them, and the answer is that of local files."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from known_records import COLUMNS
from range_server import serving
from spanning_reads import write_bam

from .conftest import EXAMPLE, Place, read_rows

pytestmark = pytest.mark.slow
SAMPLES = ("EX01", "007", "EX05", "EX16", "EX20-child", "EX20-father", "EX20-mother")
"""Plain, indexed (.tbi), BCF (.csi), with a BED, and a family in one file."""
NAMES, FILES = ("sample", "father", "mother"), ("vcf", "bam", "callable")
LENGTH = 64444167
PAIR = ((33753265, "C", "T"), (33757310, "C", "T"))
WITH_READS = {"sample": "reads", "vcf": "reads.vcf", "bam": "reads.bam", "vcf_sample": "S"}
"""A pair of alleles that only the alignments place."""
PLAN = re.compile(r'"plan": ?"[0-9a-f]{32}"')


def there(*modules: str) -> bool:
    return all(find_spec(module) is not None for module in modules)


@pytest.fixture
def shelf(place: Place) -> Path:
    """The example, and a sample with alignments, in a folder of its own."""
    folder = place.folder / "the shelf"
    shutil.copytree(EXAMPLE, folder)
    head = f"##fileformat=VCFv4.2\n##contig=<ID=20,length={LENGTH}>\n{COLUMNS}S\n"
    records = (f"20\t{p}\t.\t{r}\t{a}\t900\tPASS\t.\tGT:DP:GQ\t0/1:40:99\n" for p, r, a in PAIR)
    (folder / WITH_READS["vcf"]).write_text(head + "".join(records))
    copies = ((20, (True, False)), (20, (False, True)))
    write_bam(folder / WITH_READS["bam"], "20", LENGTH, PAIR, copies)
    return folder


def sheet_rows(source: str, prefix: str) -> Iterator[dict[str, str]]:
    """Yield the samples as a batch, their files at a prefix, named after the source."""
    rows = [row for row in read_rows(EXAMPLE / "samples.tsv") if row["sample"] in SAMPLES]
    for row in (*rows, WITH_READS):
        cells = {name: f"{source}-{row[name]}" for name in NAMES if row.get(name)}
        cells |= {name: f"{prefix}{row[name]}" for name in FILES if row.get(name)}
        column = row.get("vcf_sample") or row["sample"]
        yield {**row, "vcf_sample": column, **cells, "batch": source}


def lines(place: Place, source: str) -> str:
    """Return the results of a source, without what names it."""
    text = (place.folder / f"results/{source}.jsonl").read_text()
    assert str(place.folder) not in text
    return PLAN.sub('"plan":""', text).replace(f"{source}-", "").replace(f'"{source}"', '"batch"')


@contextmanager
def bucket(shelf: Path, told: Path) -> Iterator[str]:
    """Put a folder into a bucket of a server on this machine; yield the server's address."""
    program = (
        "import sys, boto3, pathlib\n"
        "from moto.server import ThreadedMotoServer\n"
        "server = ThreadedMotoServer(ip_address='127.0.0.1', port=0, verbose=False)\n"
        "server.start()\n"
        "address = 'http://%s:%s' % server.get_host_and_port()\n"
        "s3 = boto3.client('s3', endpoint_url=address, region_name='us-east-1')\n"
        "s3.create_bucket(Bucket='lab')\n"
        "root = pathlib.Path(sys.argv[1])\n"
        "files = filter(pathlib.Path.is_file, root.rglob('*'))\n"
        "for path in sorted(files, key=lambda path: path.suffix in ('.tbi', '.csi', '.bai')):\n"
        "    s3.upload_file(str(path), 'lab', str(path.relative_to(root)))\n"
        "pathlib.Path(sys.argv[2]).write_text(address)\n"
        "sys.stdin.read()\n"
    )
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    with subprocess.Popen(
        [sys.executable, "-c", program, str(shelf), str(told)],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **keys},
    ) as process:
        try:
            deadline = time.monotonic() + 120
            while not (told.exists() and told.read_text()):
                assert process.poll() is None, "the server ended"
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.1)
            yield told.read_text()
        finally:
            process.terminate()


def check(place: Place, shelf: Path, sources: Mapping[str, str], *options: str) -> None:
    """Run the samples from local files and from each source: the results are the same."""
    sources = {"local": f"{shelf}/", **sources}
    place.sheet([row for source, prefix in sources.items() for row in sheet_rows(source, prefix)])
    place.configure()
    place.snakemake(*options)
    local = lines(place, "local")
    found = {result["sample"]: result for result in map(json.loads, local.splitlines())}
    assert [*found] == [*SAMPLES, WITH_READS["sample"]]
    assert found["EX01"]["status"] == "relevant"
    assert found["reads"]["conditions"][0]["phase_evidence"] == "reads"
    for source, prefix in sources.items():
        assert lines(place, source) == local, source
        plan = json.loads((place.folder / f"results/plan/{source}.plan").read_text())
        inputs = {path for path, *_ in plan["inputs"]}
        ends = ("vcf/EX01.vcf", "vcf/007.vcf.gz.tbi", "vcf/EX05.bcf.csi", "callable/EX16.bed")
        assert {f"{prefix}{end}" for end in (*ends, "reads.bam", "reads.bam.bai")} <= inputs
    assert [*place.folder.glob(".snakemake/storage/**/*.vcf*")] == [], "copies are removed"
    assert place.plan(*options) == {}, "a second run has nothing to do"


def test_the_answer_is_that_of_local_files(place: Place, shelf: Path) -> None:
    """From a web server and from a mounted folder; a changed file there repeats its batch."""
    if not there("snakemake_storage_plugin_http", "snakemake_storage_plugin_fs"):
        pytest.skip("the storage plugins are not installed")
    if shutil.which("rsync") is None:
        pytest.skip("the plugin for folders calls rsync, which is not here")
    with serving(shelf) as server:
        mounted = f"fs://{shelf}/".replace(" ", "%20")
        check(place, shelf, {"http": server.address, "fs": mounted})
        with (shelf / "vcf/EX01.vcf").open("a") as stream:
            stream.write("\n")
        assert place.plan()["analyse_batch"] == 3, "a changed file repeats its batches"


def test_the_answer_from_a_bucket_is_that_of_local_files(
    place: Place, shelf: Path, tmp_path: Path
) -> None:
    if not there("moto", "flask", "boto3", "snakemake_storage_plugin_s3"):
        pytest.skip("moto[server] and the storage plugin for S3 are not installed")
    with bucket(shelf, tmp_path / "address") as address:
        keys = {f"SNAKEMAKE_STORAGE_S3_{kind}_KEY": "test" for kind in ("ACCESS", "SECRET")}
        known = Place(place.folder, {**place.environment, **keys})
        check(known, shelf, {"s3": "s3://lab/"}, "--storage-s3-endpoint-url", address)


def test_an_error_page_in_place_of_a_file_is_fetched_again(place: Place) -> None:
    """The plugin keeps whatever a server sends; the job sees that it is not what was planned."""
    if not there("snakemake_storage_plugin_http"):
        pytest.skip("the storage plugin for http is not installed")
    with serving(EXAMPLE) as server:
        server.trouble = {"EX01.vcf": (503, 1)}
        place.sheet([{"sample": "EX01", "vcf": f"{server.address}vcf/EX01.vcf"}])
        place.configure()
        said = place.snakemake()
    assert "Trying to restart job" in said
    (row,) = read_rows(place.folder / "results/summary.tsv")
    assert row["status"] == "relevant"


def test_what_cannot_be_fetched_stops_before_any_job_with_all_faults(place: Place) -> None:
    if not there("snakemake_storage_plugin_http"):
        pytest.skip("the storage plugin for http is not installed")
    with serving(EXAMPLE) as server:
        good = f"{server.address}vcf/EX01.vcf"
        files = {
            "A": good,
            "B": good.replace("EX01", "gone"),
            "C": good.replace("//", "//lab:secret@"),
            "D": "http://127.0.0.1:1/x.vcf",
            "E": "unknown://host/x.vcf",
        }
        place.sheet([{"sample": name, "vcf": file} for name, file in files.items()])
        place.configure()
        said = place.snakemake("--dry-run", ok=False)
    for part in (
        "vcf/gone.vcf, given as vcf of B: the storage has no such file",
        "vcf/EX01.vcf, given as vcf of C: an address with user, password",
        "http://127.0.0.1:1/x.vcf, given as vcf of D: cannot be reached",
        "unknown://host/x.vcf, given as vcf of E: cannot be reached: No storage provider",
    ):
        assert part in said
    assert "secret" not in said
    assert "of A:" not in said
    assert not (place.folder / "results").exists()
