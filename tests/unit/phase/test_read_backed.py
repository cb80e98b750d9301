import random
import stat
import sys

import pysam
import pytest

from hies_annot.errors import InputError
from hies_annot.genome import Build, contigs
from hies_annot.io.whatshap import (
    find_whatshap,
    heterozygous,
    phase_blocks,
    read_blocks,
    vcf_text,
)
from hies_annot.model import PhaseState
from hies_annot.phase import read_backed

LENGTH = contigs(Build.GRCH38)["20"].length
BASES = "".join(random.Random(7).choices("ACGT", k=600))
START = 1001
PLACES = (1101, 1201, 1301, 1401)


def base(pos):
    return BASES[pos - START]


def other(pos):
    return "T" if base(pos) != "T" else "A"


def het(build, pos, gt="0/1", **rest):
    return build.make_call(gt, pos=pos, ref=base(pos), alt=other(pos), **rest)


def write_bam(tmp_path, haplotypes):
    """Reads of 150 bases, ten from each start and haplotype; no read spans all places."""
    path = tmp_path / "reads.bam"
    header = {"HD": {"VN": "1.6", "SO": "coordinate"}, "SQ": [{"SN": "chr20", "LN": LENGTH}]}
    with pysam.AlignmentFile(str(path), "wb", header=header) as out:
        for start in range(1005, 1400, 30):
            for number, carried in enumerate(haplotypes):
                bases = [
                    other(pos) if pos in carried else base(pos) for pos in range(start, start + 150)
                ]
                for copy in range(5):
                    segment = pysam.AlignedSegment(out.header)
                    segment.query_name = f"{start}-{number}-{copy}"
                    segment.query_sequence = "".join(bases)
                    segment.reference_id = 0
                    segment.reference_start = start - 1
                    segment.mapping_quality = 60
                    segment.cigarstring = "150M"
                    segment.query_qualities = pysam.qualitystring_to_array("I" * 150)
                    out.write(segment)
    pysam.index(str(path))
    return path


def fake(tmp_path, body):
    """A stand-in for WhatsHap: a script that gets the arguments of the real one."""
    path, script = tmp_path / "whatshap", tmp_path / "whatshap.py"
    script.write_text(f"import sys\nout, vcf = sys.argv[5:7]\n{body}\n")
    # An interpreter in a folder with a space cannot stand in the first line of a script.
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


ECHO = """
lines = open(vcf).read().splitlines()
with open(out, "w") as handle:
    for n, line in enumerate(lines):
        if not line.startswith("#"):
            line = line.replace("GT\\t0/1", "GT:PS\\t" + ("0|1" if n % 2 else "1|0") + ":77")
        print(line, file=handle)
"""


def test_only_passing_heterozygous_sequence_alleles_are_used(build):
    calls = [
        het(build, 1301),
        het(build, 1101),
        het(build, 1201, gq=3.0),
        het(build, 1401, "1/1"),
        build.make_call("0/1", pos=1500, ref="A", alt="<DEL>", end=1600),
        *(build.make_call("0/1", pos=1550, ref="A", alt=alt) for alt in "CG"),
    ]
    assert [allele.pos for allele in heterozygous(calls)] == [1101, 1301]


def test_phased_text_is_read_by_allele(build):
    alleles = heterozygous([het(build, pos) for pos in PLACES])
    text = vcf_text(alleles, "chr20", LENGTH)
    assert read_blocks(text, alleles) == {}
    rows = [line for line in text.splitlines() if not line.startswith("#")]
    phased = [
        rows[0].replace("GT\t0/1", "GT:PS\t0|1:9"),
        rows[1].replace("GT\t0/1", "GT:PS\t1|0:9"),
        rows[2].replace("GT\t0/1", "GT:PS\t0/1:9"),
        rows[3].replace("GT\t0/1", "GT:PS\t0|1:."),
    ]
    assert read_blocks("\n".join(phased), alleles) == {
        alleles[0].id: ("9", 1),
        alleles[1].id: ("9", 0),
    }


def test_the_program_is_given_a_vcf_and_its_answer_is_read(build, tmp_path):
    bam = write_bam(tmp_path, [(), ()])
    calls = [het(build, pos) for pos in (1101, 1401)]
    blocks = phase_blocks(calls, bam, Build.GRCH38, fake(tmp_path, ECHO))
    assert {block for block, _ in blocks.values()} == {"77"}
    assert sorted(slot for _, slot in blocks.values()) == [0, 1]


def test_a_single_allele_asks_nobody(build, tmp_path):
    missing = tmp_path / "none.bam"
    assert phase_blocks([het(build, 1101)], missing, Build.GRCH38, tmp_path / "no") == {}


def test_a_failing_program_is_told(build, tmp_path):
    bam = write_bam(tmp_path, [(), ()])
    calls = [het(build, pos) for pos in (1101, 1401)]
    broken = fake(tmp_path, "sys.exit('no reads for this sample')")
    with pytest.raises(InputError, match="no reads for this sample"):
        phase_blocks(calls, bam, Build.GRCH38, broken)


@pytest.mark.skipif(find_whatshap() is None, reason="WhatsHap is not installed (extra `phase`)")
@pytest.mark.parametrize(
    ("haplotypes", "state"),
    [((PLACES, ()), PhaseState.CIS), ((PLACES[:3], PLACES[3:]), PhaseState.TRANS)],
)
def test_whatshap_joins_places_that_no_fragment_spans(build, tmp_path, haplotypes, state):
    bam = write_bam(tmp_path, haplotypes)
    calls = [het(build, pos) for pos in PLACES]
    links, warnings = read_backed.links_of(str(bam), Build.GRCH38, [ends(calls)], calls, None)
    assert warnings == ()
    (phase,) = links.values()
    assert (phase.state, phase.evidence) == (state, "reads")


def ends(calls):
    """The first and the last allele, which no fragment shows together."""
    return calls[0].allele, calls[-1].allele


def test_without_whatshap_the_pair_stays_open(build, tmp_path, monkeypatch):
    monkeypatch.setattr(read_backed, "find_whatshap", lambda: None)
    bam = write_bam(tmp_path, (PLACES, ()))
    calls = [het(build, pos) for pos in (1101, 1401)]
    links, _ = read_backed.links_of(str(bam), Build.GRCH38, [ends(calls)], calls, None)
    (phase,) = links.values()
    assert phase.state is PhaseState.UNKNOWN


def test_whatshap_is_asked_where_fragments_are_too_few(build, tmp_path, monkeypatch):
    monkeypatch.setattr(read_backed, "find_whatshap", lambda: fake(tmp_path, ECHO))
    bam = write_bam(tmp_path, (PLACES, ()))
    calls = [het(build, pos) for pos in (1101, 1401)]
    links, _ = read_backed.links_of(str(bam), Build.GRCH38, [ends(calls)], calls, None)
    (phase,) = links.values()
    assert (phase.state, phase.detail) == (PhaseState.TRANS, "WhatsHap, block 77")
