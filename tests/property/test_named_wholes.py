"""What a source knows of neighbouring changes as one allele is found however they are written."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from one_person import result_of, vcf
from vcf_text import bases

from hies_annot.evidence.curated import COLUMNS
from hies_annot.evidence.known_alleles import shipped_known
from hies_annot.run.engine import Engine
from hies_annot.settings.evidence_sources import EvidenceConfig
from hies_annot.settings.run_config import RunConfig

CURATED = {row.pos for row in shipped_known()}
CALLS = {"cis": ("0|1", "0|1"), "trans": ("0|1", "1|0"), "open": ("0/1", "0/1")}


def engine_that_knows(folder: Path, pos: int, ref: str, alt: str) -> Engine:
    table = folder / "known.tsv"
    cells = ["STAT3", "17", str(pos), ref, alt, "", "", "dominant_negative", "pathogenic"]
    table.write_text("\t".join(COLUMNS) + "\n" + "\t".join([*cells, *[""] * 4, "lab"]) + "\n")
    return Engine(RunConfig(evidence=EvidenceConfig(known_variants=str(table))))


def status(engine: Engine, *records: str) -> str:
    return str(result_of(engine, vcf={"P.vcf": vcf(records)}).status)


def record(pos: int, ref: str, alt: str, call: str) -> str:
    keys = "GT:AD:DP:GQ:PS"
    return f"chr17\t{pos}\t.\t{ref}\t{alt}\t60\tPASS\t.\t{keys}\t{call}:20,20:40:99:7"


@given(
    start=st.integers(42329500, 42329900) | st.integers(42322300, 42322500),
    gap=st.integers(0, 5),
    base=st.integers(1, 3),
)
@settings(deadline=None, max_examples=8)
def test_the_whole_is_found_in_one_record_and_in_several_of_one_copy(start, gap, base):
    ref = bases("17", start, start + gap + 1)
    first, last = ("ACGT"[("ACGT".index(old) + base) % 4] for old in (ref[0], ref[-1]))
    alt = f"{first}{ref[1:-1]}{last}"
    assume(not CURATED & set(range(start, start + gap + 2)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine = engine_that_knows(folder, start, ref, alt)
        left = bases("17", start - 2, start - 1)
        right = bases("17", start + gap + 2, start + gap + 3)
        assert status(engine, record(start, ref, alt, "0/1")) == "relevant"
        padded = record(start - 2, left + ref + right, left + alt + right, "0/1")
        assert status(engine, padded) == "relevant"
        for phase, (one, other) in CALLS.items():
            parts = [
                record(start, ref[0], first, one),
                record(start + gap + 1, ref[-1], last, other),
            ]
            found = status(engine, *parts)
            if phase == "trans":
                assert found != "relevant"
            else:
                assert found == ("relevant" if phase == "cis" else "possible")
