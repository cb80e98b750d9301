"""Random changes on one copy of STAT3 against a brute-force translation of that copy.

The oracle knows nothing of the code: it writes the changes into the coding sequence, translates it
with Biopython, and compares what comes out with what the annotation and the status say.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from Bio.Data.IUPACData import protein_letters_3to1
from Bio.Seq import Seq
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hies_annot.annotate.annotator import Annotator
from hies_annot.evidence.store import load_evidence
from hies_annot.findings.resolve import resolve
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.judge.alleles import AlleleBook
from hies_annot.judge.calls import judge_calls, look_up
from hies_annot.judge.combined_links import links_of_combined
from hies_annot.judge.in_cis import combine_in_cis
from hies_annot.model import SampleSpec, Status
from hies_annot.read.genotype import interpret
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import normalise_allele
from hies_annot.settings.call_thresholds import CallThresholds
from hies_annot.settings.evidence_sources import EvidenceConfig

GENES = default_genes()
STAT3 = GENES[0]
REFERENCE = embedded_reference(Build.GRCH38, GENES)
ANNOTATOR = Annotator(REFERENCE, GENES)
BOOK = AlleleBook(ANNOTATOR, load_evidence(EvidenceConfig(), GENES, Build.GRCH38, REFERENCE), GENES)
MODEL = ANNOTATOR.models["STAT3"][0]
CDS = MODEL.sequence[MODEL.cds_start :]
LENGTH = MODEL.cds_end - MODEL.cds_start + 1
PROTEIN = str(Seq(CDS[:LENGTH]).translate())
MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
SPEC, THRESHOLDS = SampleSpec(sample="S", vcf="a.vcf"), CallThresholds()
POSITION_OF = {
    MODEL.transcript.genome_position(MODEL.cds_start + i): i + 1 for i in range(-20, LENGTH + 20)
}
"""Genome position -> c. position, both 1-based."""
KNOWN = [(1144, "C", "T"), (1145, "G", "A"), (1909, "G", "A"), (1268, "G", "A"), (1861, "T", "G")]
"""Curated dominant-negative substitutions: c. position (1-based), old and new base."""


def inside_one_exon(first: int, last: int) -> bool:
    """Whether c. bases first..last and a margin of 20 lie in one exon: no splice site is near."""
    bounds = [MODEL.cds_start + position - 1 for position in (first - 20, last + 20)]
    return not any(bounds[0] < junction <= bounds[1] for junction in MODEL.junctions)


def allele_of(change: tuple[int, str, str]):
    """A change of the coding sequence (c. position, old, new; both plain) as a VCF allele."""
    position, old, new = change
    genome = [
        MODEL.transcript.genome_position(MODEL.cds_start + position - 2 + i)
        for i in range(len(old) + 1)
    ]
    before = CDS[position - 2]
    low = min(genome)
    ref, alt = (str(Seq(before + text).reverse_complement()) for text in (old, new))
    return normalise_allele(REFERENCE, "17", low, ref, alt)


def as_in_a_file(change: tuple[int, str, str]) -> tuple[int, str, str]:
    """The same change at the place that a normalised VCF gives it, furthest to the left.

    Two changes of one repeat may change their order by that: a copy is what the file says.
    """
    allele = allele_of(change)
    assume(allele is not None)
    kept = len(allele.ref) != len(allele.alt)
    last = allele.pos + len(allele.ref) - 1  # the first of the coding strand, which is minus
    old, new = (str(Seq(text[kept:]).reverse_complement()) for text in (allele.ref, allele.alt))
    return POSITION_OF[last], old, new


def written(changes) -> str:
    """The coding sequence with the changes."""
    text = CDS
    for position, old, new in sorted(changes, reverse=True):
        assert text[position - 1 : position - 1 + len(old)] == old
        text = text[: position - 1] + new + text[position - 1 + len(old) :]
    return text


def read_out(text: str) -> str:
    whole = str(Seq(text[: len(text) // 3 * 3]).translate())
    return whole.split("*", maxsplit=1)[0] + ("*" if "*" in whole else "")


@st.composite
def changes_at(draw, near: int, reach: int):
    """An SNV, or a deletion or insertion of up to 4 bases, near a c. position."""
    position = max(5, min(LENGTH - 30, near + draw(st.integers(-reach, reach))))
    kind = draw(st.sampled_from(("snv", "snv", "del", "ins")))
    if kind == "snv":
        old = CDS[position - 1]
        return position, old, draw(st.sampled_from([base for base in "ACGT" if base != old]))
    if kind == "del":
        return position, CDS[position - 1 : position - 1 + draw(st.integers(1, 4))], ""
    return position, "", draw(st.text("ACGT", min_size=1, max_size=4))


@st.composite
def copies(draw, count: int):
    """Changes of one copy that do not touch each other, the first one often a curated one."""
    first = draw(st.one_of(st.sampled_from(KNOWN), changes_at(1200, 1100)))
    found = [first]
    while len(found) < count:
        reach = draw(st.sampled_from((2, 8, 60, 600)))
        found.append(draw(changes_at(first[0], reach)))
    assume(all(inside_one_exon(p, p + len(old)) for p, old, _ in found))
    found = sorted(as_in_a_file(change) for change in found)
    spans = [(p, p + max(len(old), 1)) for p, old, _ in found]
    assume(all(a[1] < b[0] or (a[1] == b[0] and count == 2) for a, b in pairwise(spans)))
    return found


def calls_of(build, changes, gts):
    found = []
    for number, (change, gt) in enumerate(zip(changes, gts, strict=True)):
        allele = allele_of(change)
        assume(allele is not None)
        site = build.make_site(
            pos=allele.pos, ref=allele.ref, alts=(allele.alt,), chrom="17", number=number
        )
        fields = {"ps": 5} if "|" in gt else {}
        ad = (0, 40) if gt in ("1/1", "1|1") else (20, 20)
        made = interpret(site, build.make_fields(gt, ad=ad, **fields), [allele], THRESHOLDS)
        found += made
    assume(len({call.allele.id for call in found}) == len(changes))
    return found


def judged(build, changes, gts):
    calls = calls_of(build, changes, gts)
    alone = judge_calls(look_up(calls, BOOK), BOOK, (), SPEC, THRESHOLDS, {})
    together = combine_in_cis(alone, BOOK, (), THRESHOLDS)
    links = links_of_combined(together, (), THRESHOLDS, {})
    findings = resolve(STAT3, together, (), SPEC, THRESHOLDS, links=links)
    return together, (findings[0].status if findings else Status.NONE)


def full_length(changes) -> bool:
    """Whether a copy with these changes is read in frame up to its own stop codon."""
    gained = sum(len(new) - len(old) for _, old, new in changes)
    return gained % 3 == 0 and len(read_out(written(changes))) == len(PROTEIN) + gained // 3


def agrees(name: str, protein: str) -> bool:
    """Whether a p. name says what the translation says, as far as its first residue and stop."""
    first = next(
        (i for i, (a, b) in enumerate(zip(PROTEIN, protein, strict=False)) if a != b), None
    )
    if first is None:
        return name == "p.(=)" or name.endswith("=)")
    match = re.match(r"p\.\(([A-Z][a-z]{2})(\d+)", name)
    if match is None:
        return False
    if "fsTer" in name:
        stop = re.search(r"fsTer(\d+|\?)", name)[1]
        length = str(len(protein) - first) if protein.endswith("*") else "?"
        return int(match[2]) == first + 1 and stop == length
    if protein[first] == "*" and name.endswith("Ter)") and "delins" not in name:
        return int(match[2]) == first + 1
    # deletions and duplications are named at the 3' end of a repeat: only the whole is compared
    return rebuilt(name) == protein


THREE = {**protein_letters_3to1, "Ter": "*"}


def letters(text: str) -> str:
    return "".join(THREE[part] for part in re.findall("[A-Z][a-z]{2}", text))


def rebuilt(name: str) -> str | None:
    """The protein that a p. name without frameshift describes."""
    match = re.fullmatch(
        r"p\.\(([A-Z][a-z]{2})(\d+)(?:_([A-Z][a-z]{2})(\d+))?(delins|del|dup|ins)?([A-Za-z]*)\)",
        name,
    )
    if match is None:
        return None
    start, end = int(match[2]), int(match[4] or match[2])
    kind, new = match[5], letters(match[6])
    old = PROTEIN[start - 1 : end]
    middle = {"del": "", "dup": old * 2, "delins": new, None: new}.get(kind)
    if kind == "ins":
        middle = old[0] + new + old[1:]
    whole = PROTEIN[: start - 1] + middle + PROTEIN[end:]
    return whole.split("*")[0] + "*"


@pytest.mark.parametrize("count", [2, 3])
@MANY
@given(data=st.data())
def test_combined_alleles_make_the_protein_of_their_copy(build, count, data):
    """The combined p. name is what the copy with all its parts reads."""
    changes = data.draw(copies(count))
    together, _ = judged(build, changes, ["0|1"] * count)
    by_id = {allele_of(change).id: change for change in changes}
    for entry in together:
        flag = next((f for f in entry.flags if f.startswith("combined_in_cis:")), None)
        if flag is not None:
            parts = [by_id[name] for name in flag.partition(":")[2].split("+")]
            protein = read_out(written(parts))
            assert agrees(entry.annotation.hgvs_p, protein), (parts, entry.annotation.hgvs_p)


@pytest.mark.parametrize("gts", [("0|1", "0|1"), ("1/1", "0/1"), ("1/1", "1/1")], ids=str)
@MANY
@given(data=st.data())
def test_the_status_never_exceeds_what_the_copy_supports(build, gts, data):
    """A copy without a full protein is at most `possible`, a curated part on it or not."""
    changes = data.draw(copies(2))
    order = data.draw(st.permutations(changes))
    _, status = judged(build, order, gts)
    on_copies = [order, order[:1]] if gts == ("1/1", "0/1") else [order]
    if not any(full_length(changes) for changes in on_copies):
        assert status is not Status.RELEVANT, order


@MANY
@given(data=st.data())
def test_an_unknown_phase_gives_no_more_than_either_reading(build, data):
    """Two heterozygous changes: unphased is at most as high as the lower of cis and trans."""
    rank = list(Status)
    changes = data.draw(copies(2))
    found = {
        name: judged(build, changes, gts)[1]
        for name, gts in {
            "cis": ("0|1", "0|1"),
            "trans": ("0|1", "1|0"),
            "open": ("0/1", "0/1"),
        }.items()
    }
    if found["open"] is Status.RELEVANT:
        assert found["cis"] is found["trans"] is Status.RELEVANT
    if Status.RELEVANT in (found["cis"], found["trans"]):
        assert rank.index(found["open"]) <= rank.index(Status.POSSIBLE)


@MANY
@given(data=st.data())
def test_the_order_of_the_records_is_no_matter(build, data):
    changes = data.draw(copies(3))
    gts = data.draw(st.lists(st.sampled_from(["0|1", "1|0", "0/1", "1/1"]), min_size=3, max_size=3))
    pairs = list(zip(changes, gts, strict=True))
    turned = data.draw(st.permutations(pairs))
    one, other = (judged(build, *zip(*some, strict=True)) for some in (pairs, turned))
    assert one[1] is other[1], (pairs, one[1], other[1])
    assert {(e.id, e.drop_reason) for e in one[0]} == {(e.id, e.drop_reason) for e in other[0]}
