"""Slices as text: the whole file of each kind, in both directions, and every way to break one."""

from __future__ import annotations

import hashlib

import pytest

from hies_annot.errors import InputError
from hies_annot.evidence.slices import Slice, is_slice, read_slice, slice_text
from hies_annot.evidence.splice_map import KINDS as SITES
from hies_annot.model import ClinVarFact, PopulationFact, PredictedSite, ScoreFact, SpliceMapFact
from hies_annot.settings.evidence_sources import SourceKind

HEADER = """\
# name: a source
# kind: {kind}
# version: v1
# date: 2026-01-05
# build: GRCh38
# complete: {complete}
# records: {records}
# sha256: abc
# source: file.vcf, 2 records: all
"""
KEYS = [("17", 9, "G", "A"), ("17", 10, "G", "A"), ("20", 1, "C", "T")]
SITE_COLUMNS = (
    "acc_gain\tacc_gain_at\tacc_loss\tacc_loss_at\tdon_gain\tdon_gain_at\tdon_loss\tdon_loss_at"
)


def splice_fact(*pairs):
    named = zip(SITES.values(), pairs, strict=True)
    return SpliceMapFact(
        "tool", tuple(PredictedSite(kind, *pair) for kind, pair in named), "a source"
    )


def clinvar(*first, date="v1", source="a source"):
    return ClinVarFact(*first, source, date)


FILES = {
    SourceKind.CLINVAR: (
        "variation_id\tclassification\tstars\treview_status\tconditions\tconflict\trelease\treview_release\tsomatic",
        ("7\tLikely pathogenic\t2\tcriteria provided\tx;y z\tP(1);VUS(2)\tv1\t\t",
         clinvar("7", "Likely pathogenic", 2, "criteria provided", ("x", "y z"), "P(1);VUS(2)")),
        ("\tBenign\t0\tno assertion provided\t\t\t2025-11\t\t",
         clinvar("", "Benign", 0, "no assertion provided", (), None, date="2025-11")),
        ("8\tBenign\t\t\t\t\tv1\t\t", clinvar("8", "Benign", None, "not in the source", (), None)),
    ),
    SourceKind.POPULATION: (
        "\t".join(
            ("allele_frequency", "allele_count", "allele_number", "homozygotes",
             "filtering_frequency", "filtering_group", "filters", "part",
             "group_frequency")
        ),
        ("0.25\t3\t12\t1\t0.125\tnfe\tAC0;RF\tgenomes only (EXOMES_FILTERED)\t",
         PopulationFact("a source", "v1", 0.25, 3, 12, 1, 0.125, "nfe", ("AC0", "RF"),
                        "genomes only (EXOMES_FILTERED)")),
        ("0.0\t0\t0\t0\t\t\t\t\t0.0",
         PopulationFact("a source", "v1", 0.0, 0, 0, 0, None, None, (), None, 0.0)),
        ("\t\t\t\t\t\t\t\t", PopulationFact("a source", "v1", None, None, None, None, None, None)),
    ),
    SourceKind.SCORE: (
        "tool\tvalue\tdetail",
        ("REVEL\t0.95\tPHRED", ScoreFact("REVEL", 0.95, "PHRED", "a source")),
        ("ESM1b\t-12.5\t", ScoreFact("ESM1b", -12.5, "", "a source")),
        ("REVEL\t0.1234567890123\tx", ScoreFact("REVEL", 0.1234567890123, "x", "a source")),
    ),
    SourceKind.SPLICE_MAP: (
        f"tool\t{SITE_COLUMNS}",
        ("tool\t0.19\t-3\t1\t0\t0.5\t12\t0\t-7",
         splice_fact((0.19, -3), (1.0, 0), (0.5, 12), (0.0, -7))),
        ("tool\t0\t1\t0\t2\t0\t3\t0\t4", splice_fact((0.0, 1), (0.0, 2), (0.0, 3), (0.0, 4))),
        ("tool\t1\t1\t1\t2\t1\t3\t0.01\t4", splice_fact((1.0, 1), (1.0, 2), (1.0, 3), (0.01, 4))),
    ),
    SourceKind.LAB: ("classification", ("LP", "LP"), ("VUS", "VUS"), ("5", "5")),
}  # fmt: skip
FILES[SourceKind.SPLICEAI] = FILES[SourceKind.SCORE]


def text_of(kind, *, complete="false", records=3, header=HEADER):
    columns, *rows = FILES[kind]
    lines = [f"chrom\tpos\tref\talt\t{columns}"]
    lines += [
        "\t".join((*map(str, key), cells)) for key, (cells, _) in zip(KEYS, rows, strict=True)
    ]
    filled = header.format(kind=kind, complete=complete, records=records)
    return filled + "\n".join(lines) + "\n"


def facts_of(kind):
    return dict(zip(KEYS, (fact for _, fact in FILES[kind][1:]), strict=True))


def written(tmp_path, text):
    path = tmp_path / "slice.tsv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("complete", ["false", "true"])
@pytest.mark.parametrize("kind", FILES)
def test_a_slice_and_its_file_say_the_same(tmp_path, kind, complete):
    text = text_of(kind, complete=complete)
    found = read_slice(written(tmp_path, text))
    assert found == Slice(
        name="a source",
        kind=kind,
        facts=facts_of(kind),
        version="v1",
        date="2026-01-05",
        complete=complete == "true",
        origin="file.vcf, 2 records: all",
        sha256="abc",
        header={
            "name": "a source",
            "kind": kind.value,
            "version": "v1",
            "date": "2026-01-05",
            "build": "GRCh38",
            "complete": complete,
            "records": "3",
            "sha256": "abc",
            "source": "file.vcf, 2 records: all",
        },
    )
    assert slice_text(found) == text


def test_what_a_slice_does_not_state_is_left_empty(tmp_path):
    facts = {("17", 9, "G", "A"): "LP"}
    made = Slice(name="x", kind=SourceKind.LAB, facts=facts)
    assert slice_text(made) == (
        "# name: x\n# kind: lab\n# version: \n# date: \n# build: GRCh38\n# complete: false\n"
        "# records: 1\n# sha256: \n# source: \nchrom\tpos\tref\talt\tclassification\n"
        "17\t9\tG\tA\tLP\n"
    )
    found = read_slice(written(tmp_path, slice_text(made)))
    assert (found.version, found.date, found.origin) == (None, None, "")
    assert found.sha256 == hashlib.sha256(slice_text(made).encode()).hexdigest()
    least = "# name: x\n# kind: lab\n# build: GRCh38\n# records: 0\n"
    found = read_slice(written(tmp_path, least))
    assert (found.version, found.date, found.origin, found.facts) == (None, None, "", {})
    assert (found.complete, found.sha256) == (False, hashlib.sha256(least.encode()).hexdigest())


def test_alleles_stand_in_the_order_of_the_genome():
    places = [("X", 1), ("9", 5), ("20", 7), ("9", 40), ("17", 30), ("100", 1)]
    keys = [
        (*place, *alleles) for place in places for alleles in (("G", "T"), ("G", "A"), ("C", "T"))
    ]
    made = Slice(name="x", kind=SourceKind.LAB, facts=dict.fromkeys(keys, "LP"))
    rows = [line.split("\t")[:4] for line in slice_text(made).splitlines()[10:]]
    order = ["9", "17", "20", "X", "100"]
    expected = sorted(keys, key=lambda key: (order.index(key[0]), *key[1:]))
    assert rows == [[str(part) for part in key] for key in expected]


def review_slice(tmp_path, release, review):
    row = f"7\tBenign\t1\tsingle\t\t\t{release}\t{review}"
    columns = FILES[SourceKind.CLINVAR][0]
    text = HEADER.format(kind="clinvar", complete="false", records=1)
    text += f"chrom\tpos\tref\talt\t{columns}\n17\t9\tG\tA\t{row}\n"
    (fact,) = read_slice(written(tmp_path, text)).facts.values()
    return fact


@pytest.mark.parametrize(
    ("release", "review", "status", "source", "date"),
    [
        ("r2", "r2", "single", "a source", "r2"),
        ("r2", "", "single", "a source", "r2"),
        ("", "", "single", "a source", "v1"),
        ("", "v1", "single", "a source", "v1"),
        ("r2", "r1", "single (as of r1)", "a source: classification r2, review status r1", "r2"),
        ("", "r1", "single (as of r1)", "a source: classification v1, review status r1", "v1"),
    ],
)
def test_a_review_status_of_another_release_says_so(
    tmp_path, release, review, status, source, date
):
    found = review_slice(tmp_path, release, review)
    assert (found.review_status, found.source, found.date) == (status, source, date)
    assert found.stars == 1


def test_a_slice_without_a_version_gives_none_to_its_facts(tmp_path):
    header = HEADER.replace("# version: v1\n", "")
    population = read_slice(written(tmp_path, text_of(SourceKind.POPULATION, header=header)))
    assert {fact.version for fact in population.facts.values()} == {None}
    text = text_of(SourceKind.CLINVAR, header=header).replace("\tv1\t", "\t\t")
    found = read_slice(written(tmp_path, text))
    assert [fact.date for fact in found.facts.values()] == [None, "2025-11", None]
    assert slice_text(found) == text.replace("# date", "# version: \n# date")


def test_a_population_slice_may_lack_the_column_of_parts(tmp_path):
    lines = text_of(SourceKind.POPULATION).splitlines()
    cut = [line if line.startswith("#") else line.rsplit("\t", 2)[0] for line in lines]
    found = read_slice(written(tmp_path, "\n".join(cut)))
    assert [fact.part for fact in found.facts.values()] == [None] * 3
    assert [fact.allele_count for fact in found.facts.values()] == [3, 0, None]


def test_columns_that_are_not_known_are_passed_over(tmp_path):
    text = "# name: x\n# kind: lab\n# build: GRCh38\n# records: 2\n"
    text += "chrom\tpos\ta remark\tref\talt\tclassification\n17\t9\t\tG\tA\tLP\n"
    text += "17\t10\tof ours\tG\tA\tVUS\tmore\n"
    found = read_slice(written(tmp_path, text)).facts
    assert found == {("17", 9, "G", "A"): "LP", ("17", 10, "G", "A"): "VUS"}


def test_signs_that_some_take_for_ends_of_lines_are_kept(tmp_path):
    fact = ScoreFact("REVEL", 0.5, "A\u2028B\x85C\x0bD", "x")
    facts = {("17", 9, "G", "A"): fact}
    made = Slice(name="x", kind=SourceKind.SCORE, facts=facts)
    assert read_slice(written(tmp_path, slice_text(made))).facts == facts


CUT = "the file was cut or edited"
NO_SLICE = "this is not an evidence slice on GRCh38"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# build: GRCh38\n", "", NO_SLICE),
        ("GRCh38", "GRCh37", NO_SLICE),
        ("# kind: lab\n", "", NO_SLICE),
        ("# kind: lab", "# kind: laboratory", NO_SLICE),
        ("# name: a source\n", "", NO_SLICE),
        ("# records: 3\n", "", f"3 alleles, but the header promises None: {CUT}"),
        ("# records: 3", "# records: 4", f"3 alleles, but the header promises 4: {CUT}"),
        ("\t10\t", "\t9\t", f"2 alleles, but the header promises 3: {CUT}"),
        ("\t10\t", "\tx\t", ", line 12: broken row (invalid literal for int() with base 10: 'x')"),
        ("20\t1\tC\tT\t", "20\t1\tC", ", line 13: broken row ('alt')"),
        ("classification", "class", ", line 11: broken row ('classification')"),
        ("\tref\t", "\tREF\t", ", line 11: broken row ('ref')"),
    ],
)  # fmt: skip
def test_a_broken_slice_is_named(tmp_path, old, new, message):
    text = text_of(SourceKind.LAB)
    assert old in text
    path = written(tmp_path, text.replace(old, new))
    with pytest.raises(InputError) as fault:
        read_slice(path)
    assert str(fault.value) == f"{path}{message if message.startswith(',') else f': {message}'}"


def test_the_header_ends_where_the_columns_begin(tmp_path):
    text = text_of(SourceKind.LAB).replace(
        "chrom\tpos", "# a remark\n#version: v2\n\nchrom\tpos", 1
    )
    with pytest.raises(InputError, match="broken row"):
        read_slice(written(tmp_path, text))
    text = text_of(SourceKind.LAB).replace("\nchrom\tpos", "\n\n# more: a: b \nchrom\tpos", 1)
    assert read_slice(written(tmp_path, text)).header["more"] == "a: b"
    with pytest.raises(InputError, match="broken row"):
        read_slice(written(tmp_path, text_of(SourceKind.LAB) + "# version: v2\n"))


def test_an_unknown_word_of_clinvar_names_the_file(tmp_path):
    path = written(tmp_path, text_of(SourceKind.CLINVAR).replace("Likely pathogenic", "Evil"))
    with pytest.raises(InputError) as fault:
        read_slice(path)
    assert str(fault.value).startswith(f"{path}: ClinVar classification 'Evil' is unknown")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# kind: lab\n", True),
        ("x\n" * 11 + "# kind: lab\n", True),
        ("x\n" * 12 + "# kind: lab\n", False),
        ("x # kind: lab\n", False),
        ("# Kind: lab\n", False),
        ("", False),
    ],
)
def test_a_slice_is_known_by_the_kind_in_its_first_lines(tmp_path, text, found):
    assert is_slice(str(written(tmp_path, text))) is found


def test_what_is_no_text_or_not_there_is_no_slice(tmp_path):
    path = tmp_path / "x.vcf.gz"
    path.write_bytes(b"\x1f\x8b\xff\xff# kind: lab\n")
    assert not is_slice(str(path))
    assert not is_slice(str(tmp_path / "gone"))
    path.write_bytes("# name: J\u00f6\n# kind: lab\n".encode())
    assert is_slice(str(path))
