"""One structural allele, however a caller writes it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.io.record.vcf_line import parse_line
from hies_annot.model import AlleleKind
from hies_annot.read.record_alleles import record_alleles
from hies_annot.reference.load import embedded_reference

REFERENCE = embedded_reference(Build.GRCH38, default_genes())
LOW, HIGH = 33757100, 33757399
"""The base before the deleted ones, and the last of these."""


def alleles(pos, ref, alt, info, *, keys="GT", sample="0/1"):
    text = f"chr20\t{pos}\tid\t{ref}\t{alt}\t.\tPASS\t{info}\t{keys}\t{sample}"
    line = parse_line(text, file="a.vcf", number=1, chrom="20", sample_count=1)
    return record_alleles(line.site, REFERENCE)


DELETION = [
    (LOW, "N", "<DEL>", f"SVTYPE=DEL;END={HIGH}"),
    (LOW, "N", "<DEL>", f"SVTYPE=DEL;SVLEN=-{HIGH - LOW}"),
    (LOW, "N", "<DEL>", f"SVTYPE=DEL;SVLEN={HIGH - LOW}"),
    (LOW, "N", "<del>", f"END={HIGH}"),
    (LOW, "N", "<DEL>", f"SVTYPE=DEL;END={LOW - 1};SVLEN=-{HIGH - LOW}"),
    (LOW, "N", "<DEL>", f"SVTYPE=DEL;END={LOW};SVLEN=-{HIGH - LOW}"),
    (LOW, "N", "DEL", f"SVTYPE=DEL;END={HIGH}"),
    (LOW, "G" * (HIGH - LOW + 1), "N", "SVTYPE=DEL"),
    (LOW, "N", "N", f"SVTYPE=DEL;END={HIGH}"),
    (LOW, "N", "<LOSS>", f"END={HIGH}"),
    (LOW, "N", f"N[chr20:{HIGH + 1}[", "SVTYPE=BND"),
    (HIGH + 1, "N", f"]chr20:{LOW}]N", "SVTYPE=BND"),
    (LOW, "A", f"A[20:{HIGH + 1}[", "SVTYPE=BND;MATEID=x"),
    (LOW, "A", f"ACCG[chr20:{HIGH + 1}[", "SVTYPE=BND"),
]


@pytest.mark.parametrize("record", DELETION, ids=lambda record: f"{record[2][:20]} {record[3]}")
def test_one_deletion_however_it_is_written(record):
    (found,) = alleles(*record)
    assert (found.kind, found.alt.split(":")[0]) == (AlleleKind.SYMBOLIC, "<DEL>")
    assert (found.pos, found.end) == (LOW, HIGH)


@pytest.mark.parametrize(
    ("record", "alt", "span"),
    [
        ((LOW, "N", f"]chr20:{HIGH}]N", "."), "<DUP:TANDEM>", (LOW - 1, HIGH)),
        ((HIGH, "N", f"N[chr20:{LOW}[", "."), "<DUP:TANDEM>", (LOW - 1, HIGH)),
        ((LOW, "N", "<TDUP>", f"END={HIGH}"), "<DUP:TANDEM>", (LOW, HIGH)),
        ((LOW, "N", f"N]chr20:{HIGH}]", "."), "<INV>", (LOW, HIGH)),
        ((LOW, "N", f"[chr20:{HIGH}[N", "."), "<INV>", (LOW, HIGH)),
        ((LOW, "N", "<CNV>", f"SVTYPE=LOH;END={HIGH}"), "<LOH>", (LOW, HIGH)),
        ((LOW, "N", ".", f"SVTYPE=CNV;END={HIGH}"), "<CNV>", (LOW, HIGH)),
        ((LOW, "A", "<INS>", "SVTYPE=INS;SVLEN=300;END=33759000"), "<INS>", (LOW, LOW)),
        (
            (LOW, "A", "<TRA>", "SVTYPE=TRA;CHR2=chr9;END=99000000"),
            "<TRA:chr9:99000000>",
            (LOW, LOW),
        ),
        ((LOW, "N", "<BND>", f"CHR2=chr20;END2={HIGH};END={LOW}"), "<ITX>", (LOW, HIGH)),
        ((LOW, "N", "<BND>", f"CHR2=chr20;END={LOW + 1}"), "<BND>", (LOW, LOW)),
    ],
)
def test_other_events(record, alt, span):
    (found,) = alleles(*record)
    assert (found.alt, (found.pos, found.end)) == (alt, span)


@pytest.mark.parametrize("alt", ["<DEL>", "<DUP>", "<CNV>", "<INV>", "<CN0>", "DEL"])
@pytest.mark.parametrize("info", [".", "SVTYPE=DEL", "END=.", "END=x;SVLEN=²", "SVLEN=0"])
def test_an_unknown_extent_is_never_one_base(alt, info):
    (found,) = alleles(LOW, "N", alt, info)
    assert (found.kind, found.problem) == (AlleleKind.UNREADABLE, "extent_not_given")


def test_lengths_and_copy_numbers_belong_to_their_allele():
    found = alleles(LOW, "N", "<DEL>,<DUP>", f"SVLEN=100,300;CN=1,3;END={LOW + 300}")
    assert [(one.end - one.pos, one.copy_number) for one in found] == [(100, 1), (300, 3)]


STRANDS = {
    "+-": ("3to5", "N[chr20:{}["),
    "-+": ("5to3", "]chr20:{}]N"),
    "++": ("3to3", "N]chr20:{}]"),
    "--": ("5to5", "[chr20:{}[N"),
}
"""The sides that are joined, as LUMPY and as delly say them, and in brackets (VCF 4.3, 5.4)."""


@pytest.mark.parametrize("strands", STRANDS)
@pytest.mark.parametrize("symbol", ["<BND>", "<TRA>", "<bnd>", "BND"])
@pytest.mark.parametrize("place", ["POS2={}", "END2={};END=5", "END={}"])
def test_a_symbol_that_names_its_mate_is_a_break_in_brackets(strands, symbol, place):
    ct, brackets = STRANDS[strands]
    for sides in (f"STRANDS={strands}", f"STRANDS={strands}:12", f"CT={ct}"):
        info = f"SVTYPE=BND;CHR2=chr20;{place.format(HIGH)};{sides}"
        assert alleles(LOW, "N", symbol, info) == alleles(LOW, "N", brackets.format(HIGH), ".")


@given(st.integers(2, 5000), st.booleans(), st.booleans())
@settings(max_examples=200)
def test_both_mates_of_a_break_are_one_event(length, forward, swapped):
    """The four orientations of two joined places (VCF 4.3, section 5.4), from either mate."""
    low, high = LOW, LOW + length
    pairs = {
        (True, False): ((low, f"N[chr20:{high}["), (high, f"]chr20:{low}]N")),
        (False, False): ((low, f"]chr20:{high}]N"), (high, f"N[chr20:{low}[")),
        (True, True): ((low, f"N]chr20:{high}]"), (high, f"N]chr20:{low}]")),
        (False, True): ((low, f"[chr20:{high}[N"), (high, f"[chr20:{low}[N")),
    }
    found = [alleles(pos, "N", alt, ".")[0] for pos, alt in pairs[forward, swapped]]
    assert found[0] == found[1]


ALTS = st.sampled_from(
    (
        *(
            "A",
            "ACG",
            "N",
            "R",
            "*",
            ".",
            "",
            "<DEL>",
            "<DEL",
            "DEL>",
            "<DUP:TANDEM",
            "DEL",
            "<CN1>",
        ),
        *(
            "<NON_REF>",
            "<*>",
            "<INS>",
            "?",
            "N[chr20:33757300[",
            "N[chr9:5[",
            "]chr20:900[N",
            "<>",
            *(".<0EL>", "N[chr20", "[20:", "N]chr9:5"),
        ),
    )
)


@settings(max_examples=400, deadline=None)
@given(
    pos=st.sampled_from([400, 33_700_000, LOW, HIGH, 33_990_000]),
    alts=st.lists(ALTS, min_size=1, max_size=3),
    end=st.sampled_from(["", "END=33757300", "END=90000000000", "END=5", "END=42P"]),
    length=st.sampled_from(["", "SVLEN=57300", "SVLEN=-33757000", "SVLEN=1,.", "SVLEN=100 0"]),
    kind=st.sampled_from(["", "SVTYPE=DEL", "SVTYPE='DUP", "SVTYPE=CNV"]),
)
def test_a_record_that_reaches_a_locus_has_an_allele_there(pos, alts, end, length, kind):
    info = ";".join(filter(None, (kind, end, length))) or "."
    text = f"chr20\t{pos}\tid\tN\t{','.join(alts)}\t.\tPASS\t{info}\tGT\t0/1"
    line = parse_line(text, file="a.vcf", number=1, chrom="20", sample_count=1)
    if REFERENCE.overlapping("20", line.site.pos, line.reach) is not None:
        assert any(one is not None for one in record_alleles(line.site, REFERENCE))


@pytest.mark.parametrize("alt", ["<DEL", "DEL>", "<DEL:", "?", "<del"])
@pytest.mark.parametrize("extent", [f"END={HIGH}", f"SVLEN=-{HIGH - 400}"])
def test_an_allele_that_cannot_be_read_lies_wherever_the_record_reaches(alt, extent):
    (found,) = alleles(400, "N", alt, f"SVTYPE=DEL;{extent}")
    assert found.kind is AlleleKind.UNREADABLE
    assert found.end == HIGH


@given(
    st.integers(min_value=33757000, max_value=33757400),
    st.text("ACGT", min_size=1, max_size=40),
    st.lists(st.text("ACGTacgtN", min_size=1, max_size=40), min_size=1, max_size=3),
    st.booleans(),
)
def test_info_that_tells_no_extent_changes_no_allele_of_bases(pos, ref, alts, real):
    bases = REFERENCE.locus("ZNF341").bases(pos, pos + len(ref) - 1).upper()
    written = (pos, bases if real else ref, ",".join(alts))
    assert alleles(*written, ".") == alleles(*written, "PROBES=3")
