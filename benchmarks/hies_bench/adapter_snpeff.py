"""SnpEff with the simple rules on the benchmark.

An annotation of SnpEff depends on the record alone, never on the sample: the records of all cases of a
build go through it in one run.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.hies_bench import rules
from benchmarks.hies_bench.adapter import Adapter, output
from benchmarks.hies_bench.case_file import Case
from benchmarks.hies_bench.prepared import Carried, NotReadableError, carried, prepare, reference_of
from benchmarks.hies_bench.score import Said

from hies_annot.genome import Build

Site = tuple[str, int, str, str, str]
Annotations = Mapping[Site, tuple[tuple[str, ...], ...]]
"""The fields of each ANN entry of a site."""

_IMPACT, _GENE = 2, 3
_STRUCTURAL = ("SVTYPE", "END", "SVLEN")


def site_of(record: Carried) -> Site:
    """Return what SnpEff is given: place, alleles and, of a structural record, its extent."""
    if record.alt[0].isalpha() and record.alt.isalpha():
        return *record.key, "."
    parts = [part for part in record.info.split(";") if part.partition("=")[0] in _STRUCTURAL]
    return *record.key, ";".join(parts) or "."


def database(build: Build, work: Path) -> Path:
    """Build the database of the two loci once, as the manual says; return its configuration."""
    fasta, gff, _ = reference_of(str(build), work)
    config = work / f"{build}.config"
    if config.exists():
        return config
    folder = work / "data" / str(build)
    folder.mkdir(parents=True)
    (folder / "genes.gff").write_text(gff.read_text())
    (folder / "sequences.fa").write_bytes(
        subprocess.run(["bgzip", "-dc", str(fasta)], capture_output=True, check=True).stdout
    )
    config.write_text(f"data.dir = {work.absolute() / 'data'}\n{build}.genome : {build}\n")
    started = ["snpEff", "-Xmx3g", "build", "-c", str(config), "-gff3"]
    subprocess.run(
        [*started, "-noCheckCds", "-noCheckProtein", "-noLog", str(build)], check=True, capture_output=True
    )  # fmt: skip
    return config


def annotate(sites: Iterable[Site], build: Build, work: Path) -> Annotations:
    """Return the ANN entries of each site; a site that SnpEff cannot read at all has no key.

    SnpEff stops at such a record, so that it is run again without it.
    """
    config = database(build, work)
    rows = dict(enumerate(sorted(set(sites))))
    while True:
        done = _run(rows, config, build)
        if not done.returncode:
            return dict(_read(done.stdout, rows))
        refused = re.search(r"^chr\w+\t\d+\t(\d+)\t", done.stderr, re.MULTILINE)
        if refused is None:
            raise SystemExit(done.stderr[-2000:])
        del rows[int(refused[1])]


def _run(rows: Mapping[int, Site], config: Path, build: Build) -> subprocess.CompletedProcess[str]:
    lines = ["##fileformat=VCFv4.2", "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"]
    lines += [
        f"{chrom}\t{pos}\t{index}\t{ref}\t{alt}\t.\t.\t{info}"
        for index, (chrom, pos, ref, alt, info) in rows.items()
    ]
    vcf = config.with_suffix(".sites.vcf")
    vcf.write_text("\n".join(lines) + "\n")
    command = [
        "snpEff",
        "-Xmx3g",
        "ann",
        "-c",
        str(config),
        "-noStats",
        "-noLog",
        str(build),
        str(vcf),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _read(
    text: str, rows: Mapping[int, Site]
) -> Iterator[tuple[Site, tuple[tuple[str, ...], ...]]]:
    for line in text.splitlines():
        if line.startswith("chr"):  # Debian's program prints its own command line, too
            cells = line.split("\t")
            yield rows[int(cells[2])], _entries(cells[7])


def _entries(info: str) -> tuple[tuple[str, ...], ...]:
    pairs = (part.partition("=") for part in info.split(";"))
    value = next((value for key, _, value in pairs if key == "ANN"), "")
    entries = (tuple(entry.split("|")) for entry in value.split(","))
    return tuple(entry for entry in entries if len(entry) > _GENE)


def effects(records: Iterable[Carried], annotations: Annotations) -> list[rules.Effect]:
    """Return the carried records with the worst impact that SnpEff gives them in each gene."""
    found = []
    for record in records:
        for gene in ("STAT3", "ZNF341"):
            given = annotations.get(site_of(record), ())
            impacts = {
                entry[_IMPACT]
                for entry in given
                if gene in entry[_GENE].replace("gene:", "").split("&")
            }
            worst = next((one for one in (rules.HIGH, rules.MODERATE) if one in impacts), None)
            if worst:
                found.append(rules.Effect(record, gene, worst))
    return found


def answer(cases: Sequence[Case], folder: Path, work: Path) -> list[Said]:
    """Return the answers; SnpEff is started once a build."""
    records: dict[str, list[Carried]] = {}
    said = []
    for case in cases:
        try:
            records[case.id] = list(carried(prepare(case, [case.proband], folder, work)))
        except NotReadableError as error:
            said.append(Said(case.id, "cannot say", note=" ".join(str(error).split())))
    for build in Build:
        here = [case.id for case in cases if case.build == build and case.id in records]
        told = annotate((site_of(r) for name in here for r in records[name]), build, work)
        said += [_said(name, records[name], told) for name in here]
    return said


def _said(case: str, records: Sequence[Carried], told: Annotations) -> Said:
    if any(site_of(record) not in told for record in records):
        return Said(case, "cannot say", note="SnpEff cannot read a record")
    return rules.answer(case, effects(records, told))


ADAPTER = Adapter(
    name="snpeff",
    title="SnpEff + rules",
    needs=("snpEff", "bcftools", "samtools", "bgzip"),
    install="apt-get install snpeff bcftools samtools tabix",
    way="manual of SnpEff: `build -gff3` of the two loci, `ann` with all defaults; rules of `rules.py`",
    version=lambda: output(["snpEff", "-version"]).split()[1],
    claims=("zygosity", "structure", "splicing", "input"),
    answer=answer,
)
