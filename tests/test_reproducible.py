"""The same data gives the same bytes, however, where and in what order it is worked on.

One sheet (eleven samples, every status, a family) is run once as a reference, and again under
each variation. Where only the surroundings vary, every file of the run is the same; where the
sheet or the containers vary, every file of every sample is, but for what it says of that itself:
the name of its batch, or name, index and numbering of records of its file.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import forked_snakemake
import pytest
from containers import pack

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "resources/example"
CHOSEN = ("EX01", "1e5", "EX06", "EX09", "EX11", "EX15", "EX16")
FAMILY = ("EX20-child", "EX20-father", "EX20-mother")
STATUSES = {"relevant", "possible", "carrier", "differential", "none", "inconclusive", "failed"}
COLUMNS = ("sample", "vcf", "sex", "affected", "father", "mother", "callable", "hpo")
Row = dict[str, str]

BATCH = (re.compile(r"batch-[0-9]{4}"), "batch")
FILE = (re.compile(r"\.vcf\.(?:gz|bcf)\b"), ".vcf")
RECORD = (re.compile(r"record (?:by position|[0-9]+)"), "record")
INDEX = (re.compile(r'(?:"|<li>)[\w.-]+: no index, the whole file was read(?:",?|</li>)'), "")
NO_WARNING = (re.compile(r'<section[^>]*"warnings".*\n.*<ul></ul></div></section>\n'), "")
"""The section of a page that had the one warning above and no other."""


@dataclass(frozen=True)
class Variation:
    """What is done otherwise; `told` is what a file of a sample may say of it.

    None: nothing, and the files of the run are the same, too.
    """

    told: Sequence[tuple[re.Pattern[str], str]] | None = None
    order: Callable[[list[Row]], list[Row]] = list
    container: str = ""
    words: Sequence[str] = ()
    batch_size: int = 4
    environment: dict[str, str] = field(default_factory=dict)
    umask: int = 0o022


PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"}
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "XXX+11"}
COMMA = {"LC_ALL": "de_DE.UTF-8", "TZ": "XXX-14", "PYTHONHASHSEED": "4711"}
DOTLESS = {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "815"}
PACKED = (FILE, RECORD, INDEX, NO_WARNING)
VARIATIONS = {
    "rows the other way round": Variation((BATCH,), order=lambda rows: rows[::-1]),
    "batches of one": Variation((BATCH,), batch_size=1),
    "three processes": Variation(words=("--threads", "3")),
    "VCF.gz": Variation(PACKED, container="gz"),
    "VCF.gz with index": Variation(PACKED, container="gz indexed"),
    "BCF": Variation(PACKED, container="bcf"),
    "BCF with index": Variation(PACKED, container="bcf indexed"),
    "ASCII, west, files for the user only": Variation(environment=ASCII, umask=0o077),
    "comma, east, files for everybody, another order of sets": Variation(
        environment=COMMA, umask=0
    ),
    "dotless i, a quarter of an hour, another order of sets": Variation(environment=DOTLESS),
}
"""Several surroundings are varied at once: none may matter."""


def make_sheet(folder: Path, variation: Variation) -> Path:
    """Write the files of the samples, plain or packed, and their sheet."""
    folder.mkdir(parents=True, exist_ok=True)
    with (EXAMPLE / "samples.tsv").open(newline="") as stream:
        given = csv.DictReader(stream, delimiter="\t")
        rows = [row for row in given if row["sample"] in CHOSEN + FAMILY]
    packed = {}
    for source in {row["vcf"]: None for row in rows}:
        target = folder / Path(source).name.removesuffix(".gz")
        data = (EXAMPLE / source).read_bytes()
        target.write_bytes(gzip.decompress(data) if source.endswith(".gz") else data)
        packed[source] = pack(target, variation.container).name
    for row in rows:
        row["vcf"] = packed[row["vcf"]]
        if row["callable"]:
            row["callable"] = Path(shutil.copy(EXAMPLE / row["callable"], folder)).name
    (folder / "damaged.vcf").write_text("this is no VCF\n")
    rows.append({"sample": "damaged", "vcf": "damaged.vcf"})
    lines = [COLUMNS, *([row.get(c, "") for c in COLUMNS] for row in variation.order(rows))]
    sheet = folder / "samples.tsv"
    sheet.write_text("".join("\t".join(line) + "\n" for line in lines))
    return sheet


def configure(place: Path, data: Path, variation: Variation) -> Path:
    place.mkdir()
    settings = {"samples": str(data / "samples.tsv"), "batch_size": variation.batch_size}
    config = place / "config.yaml"
    config.write_text(json.dumps(settings))
    return config


def run(place: Path, data: Path, variation: Variation) -> Path:
    """Run the sheet of `data` in a process of its own; return the folder of the results."""
    config = configure(place, data, variation)
    subprocess.run(
        [sys.executable, "-m", "hies_annot", "run", "--config", config, "-q", *variation.words],
        cwd=place,
        env={**os.environ, **PLAIN, **variation.environment},
        umask=variation.umask,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return place / "results"


def run_files(results: Path) -> dict[str, bytes]:
    """Return every file by its path, but for plans (with a serial) and marks of Snakemake."""
    paths = (path.relative_to(results) for path in results.rglob("*") if path.is_file())
    names = (path.as_posix() for path in paths if path.name != ".snakemake_timestamp")
    return {name: (results / name).read_bytes() for name in names if not name.startswith("plan")}


def sample_files(results: Path, told: Sequence[tuple[re.Pattern[str], str]]) -> dict[str, str]:
    """Return the files of samples by name, as text without what they tell of the variation."""
    found = {}
    for path in results.glob("*/[!.]*"):
        if path.suffix != ".tbi" and path.parent.name != "plan":
            data = path.read_bytes()
            text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
            for pattern, instead in told:
                text = pattern.sub(instead, text)
            found[path.name] = text
    return found


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The data and the results of the reference."""
    folder = tmp_path_factory.mktemp("plain")
    make_sheet(folder / "data", Variation())
    return folder / "data", run(folder / "reference", folder / "data", Variation())


def test_the_reference_has_every_status(plain: tuple[Path, Path]) -> None:
    with (plain[1] / "summary.tsv").open(newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    assert {row["status"] for row in rows} == STATUSES
    assert {row["batch"] for row in rows} >= {"batch-0001", "batch-0002", "batch-0003"}
    assert len(sample_files(plain[1], ())) == 4 * len(rows)


def test_the_run_names_its_input_files_with_their_digests(plain: tuple[Path, Path]) -> None:
    data, reference = plain
    told = json.loads((reference / "run.json").read_text())["inputs"]
    files = [path for path in sorted(data.iterdir()) if path.name != "samples.tsv"]
    assert [(each["name"], each["size"], each["sha256"]) for each in told] == [
        (path.name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in files
    ]


@pytest.mark.parametrize("name", VARIATIONS)
def test_the_same_data_gives_the_same_bytes(
    name: str, plain: tuple[Path, Path], tmp_path: Path
) -> None:
    variation, (data, reference) = VARIATIONS[name], plain
    if variation.told is None:
        assert run_files(run(tmp_path / "place", data, variation)) == run_files(reference)
        return
    make_sheet(tmp_path / "data", variation)
    found = run(tmp_path / "place", tmp_path / "data", variation)
    assert sample_files(found, variation.told) == sample_files(reference, variation.told)


@pytest.mark.slow
@pytest.mark.skipif(find_spec("snakemake") is None, reason="Snakemake is not installed")
def test_the_workflow_gives_the_same_bytes(plain: tuple[Path, Path], tmp_path: Path) -> None:
    """All but versions.yml, which names Snakemake."""
    data, reference = plain
    configure(tmp_path / "place", data, Variation())
    words = ["--snakefile", str(ROOT / "Snakefile"), "--cores", "1", "--configfile", "config.yaml"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    code, said = forked_snakemake.run(words, tmp_path / "place", environment)
    assert code == 0, said
    by_workflow, by_command = run_files(tmp_path / "place/results"), run_files(reference)
    assert b"Snakemake" in by_workflow.pop("versions.yml")
    del by_command["versions.yml"]
    assert by_workflow == by_command
