from hypothesis import given
from hypothesis import strategies as st

from hies_annot.genome import Build
from hies_annot.io.header.header_builds import builds_of_names
from hies_annot.io.header.header_faults import header_faults

LINES = st.lists(
    st.sampled_from(
        [
            "##contig=<ID=17,length=83257441>",
            "##contig=<ID=17,length=81195210,assembly=GRCh37>",
            "##contig=<ID=20,length=x>",
            "##contig=17",
            "##CONTIG=<ID=20,assembly=hg38>",
            "##FORMAT=<ID=GT,Number=1,Type=Integer>",
            "##reference=/ref/GRCh38.fa",
            "##source=caller",
        ]
    ),
    max_size=12,
)


@given(LINES)
def test_faults_of_headers_seen_before_are_those_of_a_line_by_line_reading(header):
    expected, length = [], None
    for number, line in enumerate(header, start=1):
        where = f"header line {number}"
        if line.startswith("##contig=<ID=17"):
            here = line.partition("length=")[2][:8]
            if length not in (None, here):
                expected.append((where, "contig"))
            length = length or here
        elif line == "##contig=17":
            expected.append((where, "contig"))
        elif line.endswith("length=x>"):
            expected.append((where, "contig length"))
        elif "FORMAT" in line:
            expected.append((where, "FORMAT GT"))
    assert [(where, fault.field) for where, fault in header_faults(header)] == expected


@given(LINES)
def test_a_build_is_named_by_any_line(header):
    words = " ".join(header)
    expected = {Build.GRCH37} if "GRCh37" in words else set()
    expected |= {Build.GRCH38} if "GRCh38" in words or "hg38" in words else set()
    assert builds_of_names(header) == expected
