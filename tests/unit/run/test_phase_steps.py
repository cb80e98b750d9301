"""Phase that is read by steps of its own gives the results of phase that is read in the job."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from known_records import COLUMNS
from spanning_reads import write_bam

from hies_annot.errors import UsageError
from hies_annot.model import Phase, PhaseState
from hies_annot.model.closed_words import PhaseEvidence
from hies_annot.phase.read_backed import ReadPhase
from hies_annot.read.carriers import Carriers
from hies_annot.run import known_sample, phase_steps
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.run.phase_files import count_found, read_step, write_step
from hies_annot.run.phase_steps import find_open_pairs, phases_in, read_phases
from hies_annot.settings.run_config import RunConfig
from hies_annot.sheet.batches import Batch
from hies_annot.write.sample_files import result_json

ENGINE = Engine(RunConfig())
PLAN, NONE = "0" * 32, Carriers("0" * 32, {})
LENGTH = 64444167
HEAD = f"##fileformat=VCFv4.2\n##contig=<ID=20,length={LENGTH}>\n{COLUMNS}"
PAIR = ((33753265, "C", "T"), (33757310, "C", "T"))
TRANS = ((20, (True, False)), (20, (False, True)))
READS: Mapping[str, tuple[tuple[int, tuple[bool, bool]], ...] | None] = {
    "trans": TRANS,
    "cis": ((20, (True, True)), (20, (False, False))),
    "thin": ((1, (True, True)),),
    "unindexed": TRANS,
    "single": TRANS,
    "broken": TRANS,
    "without": None,
}
"""What the fragments of each sample show; None: there are no alignments."""
OPEN = ["trans", "cis", "thin", "unindexed"]


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    rows = []
    for name, copies in READS.items():
        vcf = tmp_path / f"{name}.vcf"
        places = PAIR[:1] if name == "single" else PAIR
        records = (f"20\t{p}\t.\t{r}\t{a}\t900\tPASS\t.\tGT:DP:GQ\t0/1:40:99" for p, r, a in places)
        vcf.write_text("no VCF" if name == "broken" else HEAD + "\n".join((name, *records, "")))
        row = {"sample": name, "vcf": str(vcf)}
        if copies is not None:
            bam = tmp_path / f"{name}.bam"
            row["bam"] = write_bam(bam, "20", LENGTH, PAIR, copies, index=name != "unindexed")
        rows.append(row)
    return Batch("b", tuple(rows))


def results(batch: Batch, phases: Mapping[str, ReadPhase]) -> dict[str, str]:
    found = analyse_rows(ENGINE, batch.samples, (), batch="b", plan=PLAN, phases=phases)
    return {result.sample: result_json(result) for result in found}


def test_the_results_are_those_of_the_job(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_job = results(batch, {})
    statuses = {name: json.loads(text)["status"] for name, text in in_job.items()}
    assert statuses["trans"] == "relevant"
    assert statuses["cis"] != "relevant"
    assert "phase was not read" in in_job["unindexed"]
    assert statuses["broken"] == "failed"

    found, told = tmp_path / "phase/b.open.json", tmp_path / "phase/b.phased.json"
    assert find_open_pairs(ENGINE, batch, NONE, PLAN, found) == count_found(str(found)) == len(OPEN)
    assert read_step(found, PLAN) == OPEN
    assert read_phases(ENGINE, batch, NONE, PLAN, found, told) == len(OPEN)

    opened: list[str] = []

    def open_no_more(bam: str, *_: object) -> ReadPhase:
        opened.append(Path(bam).stem)
        return ReadPhase({}, ())

    monkeypatch.setattr(known_sample, "links_of", open_no_more)
    phases = phases_in(told, PLAN)
    assert results(batch, phases) == in_job
    assert opened == []
    del phases["trans"]
    assert results(batch, phases)["trans"] != in_job["trans"]
    assert opened == ["trans"], "a sample of which nothing was told is read by the analysis"


def test_without_open_pairs_nothing_is_read(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, told = tmp_path / "found", tmp_path / "told"
    rows = [row for row in batch.samples if row["sample"] not in OPEN]
    assert find_open_pairs(ENGINE, Batch("b", tuple(rows)), NONE, PLAN, found) == 0
    monkeypatch.setattr(phase_steps, "people_of", None)
    assert read_phases(ENGINE, batch, NONE, PLAN, found, told) == 0
    assert phases_in(told, PLAN) == {}


def test_what_is_of_another_plan_says_nothing(batch: Batch, tmp_path: Path) -> None:
    found, told, other = tmp_path / "found", tmp_path / "told", "1" * 32
    write_step(found, PLAN, ["trans"])
    assert read_phases(ENGINE, batch, NONE, PLAN, found, told) == 1
    assert [*phases_in(told, PLAN)] == ["trans"]
    assert phases_in(told, other) == phases_in(None, PLAN) == {}
    with pytest.raises(UsageError, match="another plan"):
        read_phases(ENGINE, batch, NONE, other, found, told)
    told.write_text('{"plan":')
    assert phases_in(told, PLAN) == {}
    with pytest.raises(FileNotFoundError):
        phases_in(tmp_path / "gone", PLAN)


words = st.text(max_size=8)
pairs = st.lists(words, min_size=2, max_size=2, unique=True).map(frozenset)
evidence = st.sampled_from(get_args(PhaseEvidence))
phases_of_pairs = st.builds(Phase, st.sampled_from(PhaseState), evidence, words, st.none() | words)


@given(st.dictionaries(words, st.tuples(st.dictionaries(pairs, phases_of_pairs), st.lists(words))))
def test_what_was_read_comes_back(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, tuple[dict, list[str]]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "told.json"
    phases = {sample: ReadPhase(links, tuple(notes)) for sample, (links, notes) in told.items()}
    write_step(path, PLAN, {name: phase_steps._packed(each) for name, each in phases.items()})
    assert phases_in(path, PLAN) == phases
