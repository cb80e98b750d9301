"""What other records say of a sample does not depend on how many others its file holds."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vcf_text import bases

from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

HEADER = (
    "##fileformat=VCFv4.2\n##contig=<ID=chr17,length=83257441>\n"
    "##contig=<ID=chr20,length=64444167>\n"
    '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="kind">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP"
)
PLACES = (33744000, 33748000, 33752000, 33757000, 33762000)
DELETION = "chr20\t33743000\t.\tN\t<DEL>\t60\tPASS\tSVTYPE=DEL;END=33760000\tGT:CN\t"


@pytest.fixture(scope="module")
def engine():
    return Engine(RunConfig())


def text(others, *records):
    head = HEADER + "".join(f"\tQ{number}" for number in range(others))
    return "".join(f"{line}\n" for line in (head, *records))


def of_p(engine, deletion, calls, others, *, apart):
    small = []
    for place, call in zip(PLACES, calls, strict=True):
        ref = bases("20", place, place)
        alt = "A" if ref != "A" else "C"
        columns = "\t".join([call, *["0/1:15,15:30:90"] * others])
        small.append(f"chr20\t{place}\t.\t{ref}\t{alt}\t60\tPASS\t.\tGT:AD:DP:GQ\t{columns}")
    event = DELETION + "\t".join([deletion, *["0/0:2"] * others])
    with tempfile.TemporaryDirectory() as folder:
        vcf, sv = Path(folder) / "a.vcf", Path(folder) / "b.vcf"
        row = {"sample": "P", "vcf": str(vcf)}
        if apart:
            row["sv_vcf"] = str(sv)
            sv.write_text(text(others, event))
        vcf.write_text(text(others, *(small if apart else [event, *small])))
        (result,) = analyse_rows(engine, [row], (), batch=None)
    shown = [(one.id, one.zygosity, *one.flags) for one in result.variants]
    return result.status, result.status_reason, shown


@given(
    deletion=st.sampled_from(["1/1:0", "0/1:1", "./.:0", "0/0:0", "0/0:2", "./.:.", "1/1:2"]),
    calls=st.tuples(
        *[
            st.sampled_from(
                ["0/0:30,0:30:90", "0/0:4,0:4:12", "0/1:15,15:30:90", "./.:0,0:0:.", "0/0:.:.:."]
            )
        ]
        * len(PLACES)
    ),
    apart=st.booleans(),
)
@settings(max_examples=25)
def test_calls_within_a_deletion_count_in_a_cohort_as_they_do_alone(engine, deletion, calls, apart):
    alone = of_p(engine, deletion, calls, 0, apart=apart)
    beside = of_p(engine, deletion, calls, 12, apart=apart)
    assert (alone[0], alone[1]) == (beside[0], beside[1])
    assert set(beside[2]) <= set(alone[2])
    assert {one[:2] for one in alone[2] if _contradicts(one)} <= {one[:2] for one in beside[2]}


def _contradicts(shown):
    return any(flag.endswith("_within_deletion") for flag in shown[2:])
