import pysam
import pytest

from hies_annot.errors import InputError
from hies_annot.findings.resolve import resolve
from hies_annot.genome import Build, contigs
from hies_annot.io.reads import count_alleles, link_reads
from hies_annot.model import Allele, AlleleKind
from hies_annot.phase.read_backed import links_of, measured
from hies_annot.phase.relatives import Carriage

# Reference of the test from position 1001 on (1-based): 40 bases
BASES = "ACGTACGTACGGATCGATTACAGGCATCATCGATTGCAGT"
START = 1001
LENGTH = contigs(Build.GRCH38)["20"].length


def allele(pos, ref, alt):
    return Allele(
        Build.GRCH38, "ZNF341", "20", pos, ref, alt, AlleleKind.SEQUENCE, pos + len(ref) - 1
    )


SNV = allele(1005, "A", "T")
OTHER = allele(1029, "A", "G")
INSERTION = allele(1012, "G", "GTT")
DELETION = allele(1012, "GAT", "G")


def fragment(name, changes=(), *, cigar="40M", bases=BASES, start=START, **rest):
    """A read over the test's reference with bases changed at 1-based positions."""
    written = list(bases)
    for pos, base in changes:
        written[pos - start] = base
    return {
        "name": name,
        "bases": "".join(written),
        "cigar": cigar,
        "start": start,
        "flag": 0,
        "mapq": 60,
        "quality": 30,
        **rest,
    }


def write_bam(tmp_path, reads, *, contig="chr20", length=LENGTH, index=True):
    path = tmp_path / "reads.bam"
    header = {"HD": {"VN": "1.6", "SO": "coordinate"}, "SQ": [{"SN": contig, "LN": length}]}
    with pysam.AlignmentFile(str(path), "wb", header=header) as out:
        for read in sorted(reads, key=lambda one: one["start"]):
            segment = pysam.AlignedSegment(out.header)
            segment.query_name = read["name"]
            segment.query_sequence = read["bases"]
            segment.flag = read["flag"]
            segment.reference_id = 0
            segment.reference_start = read["start"] - 1
            segment.mapping_quality = read["mapq"]
            segment.cigarstring = read["cigar"]
            segment.query_qualities = pysam.qualitystring_to_array(
                chr(read["quality"] + 33) * len(read["bases"])
            )
            out.write(segment)
    if index:
        pysam.index(str(path))
    return path


def linked(path):
    links = link_reads(path, Build.GRCH38, [(OTHER, SNV)])
    return links[frozenset({SNV.id, OTHER.id})]


def test_fragments_tell_cis_from_trans(tmp_path):
    reads = [
        *(fragment(f"both{i}", [(1005, "T"), (1029, "G")]) for i in range(3)),
        *(fragment(f"first{i}", [(1005, "T")]) for i in range(2)),
        fragment("second", [(1029, "G")]),
        fragment("neither"),
        fragment("else", [(1005, "C"), (1029, "G")]),
    ]
    counts = linked(write_bam(tmp_path, reads))
    assert (counts.both, counts.first_only, counts.second_only, counts.neither) == (3, 2, 1, 1)


def test_mates_are_one_fragment(tmp_path):
    left = fragment("pair", [(1005, "T")], bases=BASES[:10], cigar="10M")
    right = fragment("pair", [(1029, "G")], bases=BASES[20:], cigar="20M", start=1021)
    assert linked(write_bam(tmp_path, [left, right])).both == 1


def test_mates_that_disagree_count_for_nothing(tmp_path):
    reads = [fragment("pair", [(1005, "T")]), fragment("pair")]
    found = count_alleles(write_bam(tmp_path, reads), Build.GRCH38, [SNV])[SNV.id]
    assert (found.alternate, found.depth) == (0, 0)


@pytest.mark.parametrize(
    "poor",
    [{"flag": 0x400}, {"flag": 0x100}, {"flag": 0x800}, {"flag": 0x200}, {"mapq": 5},
     {"quality": 5}],
)  # fmt: skip
def test_poor_reads_do_not_count(tmp_path, poor):
    reads = [fragment("good", [(1005, "T")]), fragment("poor", [(1005, "T")], **poor)]
    found = count_alleles(write_bam(tmp_path, reads), Build.GRCH38, [SNV])[SNV.id]
    assert (found.alternate, found.depth) == (1, 1)


def test_insertions_and_deletions_are_seen_where_the_read_reaches_across(tmp_path):
    inserted = BASES[:12] + "TT" + BASES[12:]
    deleted = BASES[:12] + BASES[14:]
    reads = [
        fragment("ins", bases=inserted, cigar="12M2I28M"),
        fragment("del", bases=deleted, cigar="12M2D26M"),
        fragment("plain"),
        fragment("short", bases=BASES[:12], cigar="12M"),
        fragment("clipped", bases=BASES[:12] + "TTTT", cigar="12M4S"),
    ]
    found = count_alleles(write_bam(tmp_path, reads), Build.GRCH38, [INSERTION, DELETION])
    assert (found[INSERTION.id].alternate, found[INSERTION.id].depth) == (1, 2)
    assert (found[DELETION.id].alternate, found[DELETION.id].depth) == (1, 3)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"index": False}, "samtools index"),
        ({"contig": "chr19"}, "no chromosome 20"),
        ({"length": contigs(Build.GRCH37)["20"].length}, "no chromosome 20 of GRCh38"),
    ],
)
def test_files_that_cannot_be_used_say_why(tmp_path, changes, words):
    path = write_bam(tmp_path, [fragment("one")], **changes)
    with pytest.raises(InputError, match=words):
        count_alleles(path, Build.GRCH38, [SNV])


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        count_alleles(tmp_path / "none.bam", Build.GRCH38, [SNV])


def pair_of_calls(build):
    return [build.make_call("0/1", pos=one.pos, ref=one.ref, alt=one.alt) for one in (SNV, OTHER)]


def test_a_pair_in_doubt_is_looked_up_in_the_alignments(build, tmp_path):
    calls = pair_of_calls(build)
    judged = tuple(map(build.judge, calls))
    reads = [fragment(f"r{i}", [(1005, "T"), (1029, "G")]) for i in range(4)]
    path = write_bam(tmp_path, reads)
    links, warnings = links_of(str(path), Build.GRCH38, [(SNV, OTHER)], calls, None)
    assert warnings == ()
    (finding,) = resolve(build.ZNF341, judged, (), build.SPEC, build.THRESHOLDS, links=links)
    assert (finding.status.value, finding.phase_evidence) == ("carrier", "reads")


def test_without_doubt_nothing_is_opened(build, tmp_path):
    calls, missing = pair_of_calls(build), str(tmp_path / "none.bam")
    assert links_of(missing, Build.GRCH38, (), calls, None) == ({}, ())
    links, warnings = links_of(missing, Build.GRCH38, [(SNV, OTHER)], calls, None)
    assert links == {}
    assert "phase was not read" in warnings[0]


def test_a_bare_reference_of_a_parent_is_measured(build, tmp_path):
    bare = build.make_call("0/0", pos=1005, ref="A", alt="T", ad=None, dp=None, gq=None)
    mother = build.make_relative("mother", [bare])
    path = str(write_bam(tmp_path, [fragment(f"r{i}") for i in range(12)]))
    found, warnings = measured(mother, path, Build.GRCH38, build.THRESHOLDS, None)
    assert (found.state_of(SNV.id), warnings) == (Carriage.ABSENT, ())
    same, warnings = measured(mother, f"{path}.gone", Build.GRCH38, build.THRESHOLDS, None)
    assert same == mother
    assert "were not used" in warnings[0]
    assert measured(mother, None, Build.GRCH38, build.THRESHOLDS, None) == (mother, ())
