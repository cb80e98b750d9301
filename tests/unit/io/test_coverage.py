"""Depth from BAM and CRAM, and the formats of interval files."""

import gzip

import pysam
import pytest

from hies_annot.callability.depth import depth_profiles
from hies_annot.errors import BuildMismatchError, InputError
from hies_annot.genome import Build, contigs
from hies_annot.io.coverage import covering_reads, read_bed
from hies_annot.settings.callability_rules import CallabilityConfig

LENGTHS = {build: contigs(build)["17"].length for build in Build}


SPANS = {"17": [(1001, 1100)]}


def read(start=1001, *, name=None, cigar="100M", flag=0, mapq=60, quality="I", low=()):
    """One read; `start` is 1-based, `low` are offsets of bases of quality 2."""
    segment = pysam.AlignedSegment()
    segment.cigarstring = cigar
    length = segment.infer_query_length()
    segment.query_name = name or f"r{start}"
    segment.flag = flag
    segment.reference_id = 0
    segment.reference_start = start - 1
    segment.mapping_quality = mapq
    segment.query_sequence = "A" * length
    text = "".join("#" if offset in low else quality for offset in range(length))
    segment.query_qualities = pysam.qualitystring_to_array(text)
    return segment


def write_bam(path, *reads, contig="chr17", length=LENGTHS[Build.GRCH38], index=True):
    header = {"HD": {"VN": "1.6", "SO": "coordinate"}, "SQ": [{"SN": contig, "LN": length}]}
    with pysam.AlignmentFile(str(path), "wb", header=header) as handle:
        for item in sorted(reads, key=lambda entry: entry.reference_start):
            handle.write(item)
    if index:
        pysam.index(str(path))
    return path


def depth(path, *, span=(1001, 1100), **config):
    settings = CallabilityConfig(**{"indel_flank": 10, **config})
    reads = covering_reads(path, Build.GRCH38, "17", [span], min_mapq=settings.min_mapq)
    (profile,) = depth_profiles([span], reads, settings)
    return profile


@pytest.mark.parametrize("contig", ["17", "chr17", "NC_000017.11", "CM000679.2"])
def test_depth_is_found_under_every_spelling(tmp_path, contig):
    found = depth(write_bam(tmp_path / "a.bam", read(1011, cigar="80M"), contig=contig))
    assert found.start == 1001
    assert found.depth == (0,) * 10 + (1,) * 80 + (0,) * 10
    assert found.spanning == (0,) * 20 + (1,) * 60 + (0,) * 20


@pytest.mark.parametrize(
    ("change", "counted"),
    [
        ({}, 1),
        ({"flag": 16}, 1),
        ({"flag": 1024}, 0),
        ({"flag": 256}, 0),
        ({"flag": 2048}, 0),
        ({"flag": 512}, 0),
        ({"mapq": 20}, 1),
        ({"mapq": 19}, 0),
        ({"mapq": 255}, 0),
        ({"quality": "+"}, 1),  # quality 10
        ({"quality": "*"}, 0),  # quality 9
    ],
)
def test_only_reads_and_bases_that_a_caller_would_use_count(tmp_path, change, counted):
    assert set(depth(write_bam(tmp_path / "a.bam", read(**change))).depth) == {counted}


def test_low_bases_deletions_and_clips_are_no_depth(tmp_path):
    item = read(1001, cigar="10S40M5D10I55M", low=(10, 59, 60))
    found = depth(write_bam(tmp_path / "a.bam", item))
    missing = {1001 + index for index, count in enumerate(found.depth) if not count}
    # offset 10 is the first aligned base; 59 is the last inserted one; 60 follows the deletion
    assert missing == {1001, *range(1041, 1046), 1046}


def test_overlapping_mates_are_one_fragment(tmp_path):
    mates = [
        read(1001, name="f", cigar="60M", flag=99),
        read(1041, name="f", cigar="60M", flag=147),
    ]
    others = [read(1001, name="f", cigar="60M"), read(1041, name="g", cigar="60M")]
    assert set(depth(write_bam(tmp_path / "a.bam", *mates)).depth) == {1}
    two = depth(write_bam(tmp_path / "b.bam", *others))
    assert two.depth == (1,) * 40 + (2,) * 20 + (1,) * 40
    spanning = depth(write_bam(tmp_path / "a.bam", *mates)).spanning
    assert spanning == (0,) * 10 + (1,) * 80 + (0,) * 10


def test_a_cram_is_read_without_its_reference(tmp_path, monkeypatch):
    fasta = tmp_path / "r.fa"
    fasta.write_text(">chr17\n" + "ACGTTGCA" * 400 + "\n")
    cram = tmp_path / "a.cram"
    length = LENGTHS[Build.GRCH38]
    header = {"HD": {"VN": "1.6", "SO": "coordinate"}, "SQ": [{"SN": "chr17", "LN": length}]}
    with pysam.AlignmentFile(
        str(cram), "wc", header=header, reference_filename=str(fasta)
    ) as handle:
        handle.write(read(1001, low=(5,)))
    pysam.index(str(cram))
    fasta.unlink()
    (tmp_path / "r.fa.fai").unlink()
    monkeypatch.setenv("REF_PATH", str(tmp_path / "nowhere"))
    assert depth(cram).depth == (1,) * 5 + (0,) + (1,) * 94


def test_a_bam_of_the_other_build_is_refused_with_both_names(tmp_path):
    path = write_bam(tmp_path / "a.bam", read(), length=LENGTHS[Build.GRCH37])
    with pytest.raises(BuildMismatchError, match=r"aligned to GRCh37, .* read on GRCh38"):
        depth(path)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"index": False}, "samtools index"),
        ({"length": 5000}, "another genome"),
        ({"contig": "chr2"}, "no contig for chromosome 17"),
    ],
)
def test_unusable_bams_say_what_to_do(tmp_path, options, message):
    path = write_bam(tmp_path / "a.bam", read(), **options)
    with pytest.raises(InputError, match=message) as caught:
        depth(path)
    assert caught.value.file == str(path)


def test_a_file_that_is_no_bam_is_an_input_error(tmp_path):
    path = tmp_path / "a.bam"
    path.write_text("not a BAM\n")
    with pytest.raises(InputError, match="cannot be read"):
        depth(path)
    with pytest.raises(InputError, match="cannot be read"):
        depth(tmp_path / "missing.bam")


BED = (
    "track name=x\n#chrom\tstart\tend\n"
    "chr17\t1000\t1050\tA\nchr17\t0\t10\tB\n2\t5\t9\tC\nHLA*1\t0\t9\n"
)


@pytest.mark.parametrize("form", ["plain", "gzip", "tbi", "csi", "spaces", "crlf"])
def test_interval_files_are_read_in_every_packing(tmp_path, form):
    path = tmp_path / "x.bed"
    path.write_text(BED)
    if form == "gzip":
        path = tmp_path / "x.bed.gz"
        path.write_bytes(gzip.compress(BED.encode()))
    elif form in ("tbi", "csi"):
        lines = [line for line in BED.splitlines() if not line.startswith("track")]
        path.write_text("\n".join([lines[0], lines[2], lines[1], *lines[3:]]) + "\n")
        path = tmp_path / pysam.tabix_index(str(path), preset="bed", csi=form == "csi")
    elif form == "spaces":
        path.write_text(BED.replace("\t", " "))
    elif form == "crlf":
        path.write_bytes(("\ufeff" + BED.replace("\n", "\r\n")).encode())
    found = read_bed(path, Build.GRCH38, SPANS)
    assert [(row.chrom, row.start, row.end, row.fields) for row in found.rows] == [
        ("17", 1001, 1050, ("A",))
    ]
    assert found.chromosomes == {"17", "2"}


@pytest.mark.parametrize(
    ("text", "fault", "message"),
    [
        ("chr17\tx\t5\n", InputError, "start and end were expected"),
        ("chr17\t5\n", InputError, "start and end were expected"),
        ("scaffold_1\t0\t5\n", InputError, "no row names a human chromosome"),
        ("", InputError, "no row names a human chromosome"),
        ("NC_000017.10\t0\t5\n", BuildMismatchError, "does not lie on GRCh38"),
        (f"chr20\t0\t{contigs(Build.GRCH38)['20'].length + 1}\n", BuildMismatchError, "GRCh38"),
    ],
)
def test_bad_interval_files_are_refused_with_the_line(tmp_path, text, fault, message):
    path = tmp_path / "x.bed"
    path.write_text(text)
    with pytest.raises(fault, match=message) as caught:
        read_bed(path, Build.GRCH38, SPANS)
    assert caught.value.file == str(path)


def test_a_cut_gzip_file_is_refused_and_not_read_in_part(tmp_path):
    path = tmp_path / "x.bed.gz"
    rows = "".join(f"chr17\t{1000 + number}\t{1001 + number}\n" for number in range(5000))
    whole = gzip.compress(rows.encode())
    path.write_bytes(whole)
    assert len(read_bed(path, Build.GRCH38, SPANS).rows) == 100
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="cannot be read"):
        read_bed(path, Build.GRCH38, SPANS)
