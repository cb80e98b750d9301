"""What could not be read, placed or judged never becomes "nothing found".

To a sample that is `none` one carried record is added that is faulty in one of many ways; whatever
the way and the container, the answer is no longer `none`. A record that a sample does not carry
takes nothing away.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import one_person
import pytest
from containers import CONTAINERS, NO_CONTAINER, pack
from hypothesis import given, settings
from hypothesis import strategies as st

from hies_annot.model import Status
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

HEADER = (
    "##fileformat=VCFv4.3\n"
    "##contig=<ID=chr1,length=248956422>\n"
    "##contig=<ID=chr17,length=83257441>\n"
    "##contig=<ID=chr20,length=64444167>\n"
    '##ALT=<ID=DEL,Description="Deletion">\n'
    '##INFO=<ID=END,Number=1,Type=Integer,Description="End">\n'
    '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Type">\n'
    '##INFO=<ID=SVLEN,Number=A,Type=Integer,Description="Length">\n'
    '##FORMAT=<ID=CN,Number=1,Type=Integer,Description="Copies">\n'
    '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">\n'
    '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">\n'
    '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Quality">\n'
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\n"
)
BED = "chr17\t42311324\t42393495\nchr20\t33726656\t33797269\n"
GENES = {"17": ("42329643", "G", "A"), "20": ("33753265", "C", "T")}
"""A record of each gene by chromosome: POS, REF and ALT (R382W of STAT3, Q195* of ZNF341)."""
LENGTHS = {"17": 83_257_441, "20": 64_444_167}
FIRST = {"17": 42_311_325, "20": 33_726_657}
OTHER = {"17": (40_463_343, 40_545_513), "20": (32_314_463, 32_385_075)}
"""First and last base (1-based) of the loci on GRCh37."""


def line(chrom: str, pos: object, ref: str, alt: str, info: str = ".", gt: str = "0/1") -> str:
    reads = {"0/0": "40,0", "1/1": "0,40"}.get(gt, "20,20")
    return f"{chrom}\t{pos}\t.\t{ref}\t{alt}\t60\tPASS\t{info}\tGT:AD:DP:GQ\t{gt}:{reads}:40:99"


GROUND = [
    line("chr1", 1_000, "A", "G"),
    line("chr17", 42_316_899, "G", "A", gt="0/0"),
    line("chr17", 80_000_000, "A", "G"),
    line("chr20", 33_753_265, "C", "T", gt="0/0"),
    line("chr20", 60_000_000, "A", "G"),
]

chromosomes = st.sampled_from(sorted(GENES))
genotypes = st.sampled_from(["0/1", "1/1", "0|1", "./1", "1"])


@st.composite
def odd_contig(draw: st.DrawFn) -> str:
    """A record of a gene on a contig of which no known spelling is the name."""
    chrom = draw(chromosomes)
    accession = {"17": "NC_000017", "20": "NC_000020"}[chrom]
    around = ["{}.1", "chr{}.1", "chr_{}", "chr{}p", "chr-{}", "0{}", "hg38_chr{}", "hs{}"]
    around += ["chr{}\u200b", "chr{}:", "chrom {}", "x{}", "(chr{})"]
    any_word = st.text("abdefgijkopqrstuvwz", min_size=2, max_size=9).map("q{}".format)
    name = draw(
        st.sampled_from(around).map(lambda form: form.format(chrom))
        | st.sampled_from([accession, f"{accession}.99", "chrXVII", "seq.5", "?"])
        | any_word
    )
    pos, ref, alt = GENES[chrom]
    return line(name, pos, ref, alt, gt=draw(genotypes))


def in_other_build(chrom: str) -> st.SearchStrategy[int]:
    """Places before the gene where it lies on GRCh37."""
    return st.integers(*OTHER[chrom])


@st.composite
def odd_position(draw: st.DrawFn) -> str:
    """A record of a gene's chromosome without a place on it."""
    chrom = draw(chromosomes)
    pos = draw(
        st.integers(max_value=0)
        | st.integers(min_value=LENGTHS[chrom] + 1)
        | st.sampled_from(["", ".", "4.2e7", "42329643x", "٤٢", "nan", "inf", "4 2", "1,000"])
    )
    return line(f"chr{chrom}", pos, "G", "A", gt=draw(genotypes))


@st.composite
def broken_columns(draw: st.DrawFn) -> str:
    """A record whose columns cannot be told apart: a blank for a tab, or columns missing."""
    chrom = draw(chromosomes)
    cells = line(f"chr{chrom}", *GENES[chrom], gt=draw(genotypes)).split("\t")
    at = draw(st.integers(1, len(cells) - 1))
    if draw(st.booleans()):
        return "\t".join(cells[:at])
    joint = draw(st.sampled_from([" ", "  ", "", "\u00a0"]))
    return "\t".join([*cells[: at - 1], joint.join(cells[at - 1 : at + 1]), *cells[at + 1 :]])


UNLIKELY = ("PL:255,0,255", "PL:400,60,0", "GL:-40,0,-40", "GP:0.1,0.9,0", "DS:0.9")
"""Keys and values by which `0/0` is not the likeliest genotype."""


def unlikely(chrom: str, pos: object, ref: str, alt: str, field: str) -> str:
    """A reference call that its own likelihoods contradict."""
    key, value = field.split(":")
    return f"{chrom}\t{pos}\t.\t{ref}\t{alt}\t60\tPASS\t.\tGT:{key}\t0/0:{value}"


@st.composite
def unjudged(draw: st.DrawFn) -> str:
    """A record in its place that cannot be judged."""
    chrom = draw(chromosomes)
    pos, ref, alt = GENES[chrom]
    wrong = draw(st.sampled_from([base for base in "ACGT" if base not in (ref, alt)]))
    before = draw(st.integers(FIRST[chrom] - 3_000_000, FIRST[chrom] - 1) | in_other_build(chrom))
    gt = draw(genotypes)
    return draw(
        st.sampled_from(
            [
                line(f"chr{chrom}", pos, wrong, alt, gt=gt),
                line(f"chr{chrom}", pos, wrong, alt, gt="0/0"),
                line(f"chr{chrom}", pos, wrong, ".", gt="0/0").replace(":40,0:", ":40:"),
                line(f"chr{chrom}", pos, wrong, "<NON_REF>", gt="0/0"),
                line(f"chr{chrom}", pos, ref, alt, gt="0/0").replace(":99", ":0"),
                *(unlikely(f"chr{chrom}", pos, ref, alt, field) for field in UNLIKELY),
                line(f"chr{chrom}", pos, ref, "R", gt=gt),
                line(f"chr{chrom}", pos, ref, "*", gt="0/1"),
                line(f"chr{chrom}", pos, "N", "<DEL>", "SVTYPE=DEL", gt=gt),
                line(f"chr{chrom}", before, "N", "<DEL>", "SVTYPE=DEL", gt=gt),
                line(f"chr{chrom}", before, "N", "DEL", gt=gt),
                line("chr1", 5_000, "N", f"N[chr{chrom}:{pos}[", "SVTYPE=BND", gt=gt),
                line(f"chr{chrom}", pos, ref, alt).replace("GT:AD", "XX:AD"),
                line(f"chr{chrom}", pos, ref, alt).replace("\t60\t", "\tsixty\t"),
            ]
        )
    )


@st.composite
def fewer_copies(draw: st.DrawFn) -> str:
    """A structural record over a gene of which the sample has fewer than two copies."""
    chrom = draw(chromosomes)
    symbols = (
        "<DEL> <DUP> <CNV> <CN0> <CN1> <CN2> <INV> <LOSS> <GAIN> <DEL>,<DUP> <CN0>,<CN1> <CN=1>"
    )
    alt = draw(st.sampled_from([*symbols.split(), "<CN0>,<CN1>", "."]))
    gt = draw(st.sampled_from(["0/0", "0|0", "0/1", "1/1", "./.", "./1", ".", "0", "1", None]))
    at = f"chr{chrom}\t{FIRST[chrom] - 1000}\t.\tN\t{alt}\t60\tPASS"
    end = f"SVTYPE=CNV;END={FIRST[chrom] + 200_000}"
    number = draw(st.integers(0, 1))
    return f"{at}\t{end}\t" + (f"CN\t{number}" if gt is None else f"GT:CN\t{gt}:{number}")


faults = st.one_of(fewer_copies(), odd_contig(), odd_position(), broken_columns(), unjudged())


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(RunConfig())


def status(engine: Engine, records: list[str], packed: str = "") -> tuple[Status, str]:
    """Return status and reason of a sample with a BED over both genes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vcf, bed = folder / "in.vcf", folder / "callable.bed"
        vcf.write_text(HEADER + "".join(f"{record}\n" for record in records), encoding="utf-8")
        bed.write_text(BED, encoding="utf-8")
        try:
            vcf = pack(vcf, packed)
        except NO_CONTAINER:
            return Status.FAILED, "no such container can be made of the file"
        row = {"sample": "P", "vcf": str(vcf), "callable": str(bed)}
        (result,) = analyse_rows(engine, [row], (), batch=None)
        return Status(result.status), result.status_reason


def sorted_in(fault: str) -> list[str]:
    """Return the records with one more where an index can be made of them."""
    chrom = fault.split("\t", maxsplit=1)[0]
    names = [record.split("\t")[0] for record in GROUND]
    if chrom not in names:
        return [*GROUND, fault]
    try:
        pos = int(fault.split("\t")[1])
    except (IndexError, ValueError):
        pos = 0
    place = next(
        (n for n, record in enumerate(GROUND)
         if names[n] == chrom and int(record.split("\t")[1]) > pos),
        len(names) - names[::-1].index(chrom),
    )  # fmt: skip
    return [*GROUND[:place], fault, *GROUND[place:]]


@pytest.mark.parametrize("packed", CONTAINERS)
def test_the_ground_is_none(engine: Engine, packed: str) -> None:
    assert status(engine, GROUND, packed) == (Status.NONE, status(engine, GROUND)[1])


@pytest.mark.parametrize("packed", CONTAINERS)
@settings(max_examples=100, deadline=None)
@given(fault=faults)
def test_one_faulty_record_is_never_nothing_found(engine: Engine, packed: str, fault: str) -> None:
    found, reason = status(engine, sorted_in(fault), packed)
    assert found is not Status.NONE, (fault, reason)


@settings(max_examples=40, deadline=None)
@given(fault=st.one_of(odd_contig(), odd_position()), place=st.integers(0, len(GROUND)))
def test_the_place_in_the_file_does_not_matter(engine: Engine, fault: str, place: int) -> None:
    found, _ = status(engine, [*GROUND[:place], fault, *GROUND[place:]])
    assert found is Status.INCONCLUSIVE


@settings(max_examples=40, deadline=None)
@given(fault=st.one_of(odd_contig(), odd_position()))
def test_a_finding_stays_beside_a_faulty_record(engine: Engine, fault: str) -> None:
    found, _ = status(engine, [*GROUND, line("chr17", *GENES["17"]), fault])
    assert found is Status.RELEVANT


@settings(max_examples=20, deadline=None)
@given(fault=st.one_of(odd_contig(), odd_position()))
def test_what_the_sample_does_not_carry_takes_nothing_away(engine: Engine, fault: str) -> None:
    cells = fault.split("\t")
    cells[-1] = "0/0:40,0:40:99"
    assert status(engine, [*GROUND, "\t".join(cells)])[0] is Status.NONE


@pytest.mark.parametrize("chrom", sorted(GENES))
@pytest.mark.parametrize("packed", CONTAINERS)
def test_a_file_without_a_chromosome_is_never_nothing_found(
    engine: Engine, chrom: str, packed: str
) -> None:
    left = [record for record in GROUND if not record.startswith(f"chr{chrom}\t")]
    found, reason = status(engine, left, packed)
    assert found is Status.INCONCLUSIVE
    assert f"no record on chromosome {chrom}" in reason


@pytest.mark.parametrize("packed", CONTAINERS)
def test_a_file_that_ends_before_a_gene_is_never_nothing_found(engine: Engine, packed: str) -> None:
    cut = [*GROUND[:3], line("chr20", 30_000_000, "A", "G")]
    found, reason = status(engine, cut, packed)
    assert found is Status.INCONCLUSIVE
    assert "the last record of" in reason
    assert "ZNF341" in reason
    assert packed.endswith("indexed") or status(engine, cut[::-1], packed) == (found, reason)


@pytest.mark.parametrize("packed", CONTAINERS)
def test_a_file_without_a_record_is_told(engine: Engine, packed: str) -> None:
    found, reason = status(engine, [], packed)
    assert found is Status.INCONCLUSIVE
    assert "has a header but not one record" in reason


def test_a_change_in_a_codon_that_is_not_known_is_not_called_without_effect():
    """Of a demo reference the other bases of the codon may be made up: silent, or a missense."""
    call = "GT:AD:DP:GQ\t1/1:0,40:40:99"
    records = [f"chr20\t33732048\t.\tA\tC\t60\tPASS\t.\t{call}"]
    records.insert(0, "chr17\t42329643\t.\tG\tA\t60\tPASS\t.\tGT:AD:DP:GQ\t0/0:40,0:40:99")
    result = one_person.result_of(
        vcf={"P.vcf": one_person.vcf(records)}, callable=one_person.WHOLE_LOCI
    )
    (variant,) = (v for v in result.variants if v.pos == 33732048)
    assert variant.consequence == ["coding_sequence_variant"]
    assert variant.made_up
    assert result.status == "possible"
