"""One genotype written in other words of VCF gives the same answer, whatever is combined."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from caller_writers import Row, text_of
from hypothesis import given, settings
from hypothesis import strategies as st
from vcf_text import bases

from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig


class Record(NamedTuple):
    """A record of one person; `gt` has the allele of each haplotype, None where not called."""

    chrom: str
    pos: int
    ref: str
    alts: tuple[str, ...]
    gt: tuple[int | None, ...]
    ad: tuple[int, ...]
    mark: str = "/"
    more: tuple[tuple[str, str], ...] = ()

    def row(self) -> tuple[str, Row]:
        called = ["." if allele is None else str(allele) for allele in self.gt]
        values = {"GT": self.mark.join(called), "AD": ",".join(map(str, self.ad))}
        values |= {"DP": str(sum(self.ad)), "GQ": "99", **dict(self.more)}
        return self.chrom, Row(self.pos, self.ref, ",".join(self.alts), ".", values)


Records = list[Record]
Change = Callable[[Records, random.Random], Records]

TANDEM = Record("17", 42_322_401, "TCCATGATCTTATAGC", ("T",), (0, 1), (24, 22))
DN = Record("17", 42_329_643, "G", ("A",), (0, 1), (24, 22))
STOP = Record("20", 33_753_265, "C", ("T",), (0, 1), (24, 22))
OTHER = Record("20", 33_757_310, "C", ("T",), (1, 0), (23, 25))
TWO = Record("20", 33_781_315, "C", ("G", "A"), (1, 2), (0, 24, 22))
SET = (("PS", "33753265"),)
BASE: dict[str, tuple[Records, str]] = {
    "dominant": ([DN], "relevant"),
    "carrier": ([STOP], "carrier"),
    "homozygous": ([STOP._replace(gt=(1, 1), ad=(0, 46))], "relevant"),
    "two in one record": ([TWO], "relevant"),
    "second ALT only": ([TWO._replace(gt=(0, 2), ad=(22, 0, 24))], "carrier"),
    "second ALT twice": ([TWO._replace(gt=(2, 2), ad=(0, 0, 44))], "relevant"),
    "trans": ([r._replace(mark="|", more=SET) for r in (STOP, OTHER)], "relevant"),
    "cis": (
        [r._replace(mark="|", more=SET, gt=(0, 1)) for r in (STOP, OTHER)],
        "carrier",
    ),
    "unphased": ([STOP, OTHER], "possible"),
    "low": ([DN._replace(ad=(93, 7))], "possible"),
    "uncalled reads": ([DN._replace(gt=(None, None))], "possible"),
    "half called": ([DN._replace(gt=(None, 1))], "relevant"),
    "haploid": ([STOP._replace(gt=(1,), ad=(0, 40))], "possible"),
    "indel in a repeat": ([TANDEM], "relevant"),
    "indel in a repeat, as called by another": (
        [TANDEM._replace(gt=(1, 1), ad=(0, 40))],
        "relevant",
    ),
    "reference": ([DN._replace(gt=(0, 0), ad=(40, 0))], "inconclusive"),
}


def turned(records: Records, _: random.Random) -> Records:
    """`1/0` for `0/1`; where alleles are phased the order is the phase and stays."""
    return [r if r.mark == "|" else r._replace(gt=r.gt[::-1]) for r in records]


def barred(records: Records, _: random.Random) -> Records:
    """`1|1` for `1/1`."""
    return [r._replace(mark="|") if len(set(r.gt)) == 1 else r for r in records]


def padded(records: Records, rng: random.Random) -> Records:
    """Bases of the reference that all alleles share, before or behind."""
    found = []
    for r in records:
        before, behind = rng.randint(0, 3), rng.randint(0, 3)
        last = r.pos + len(r.ref) - 1
        left = bases(r.chrom, r.pos - before, r.pos - 1) if before else ""
        right = bases(r.chrom, last + 1, last + behind) if behind else ""
        alts = tuple(f"{left}{a}{right}" if a.isalpha() else a for a in r.alts)
        found.append(r._replace(pos=r.pos - before, ref=f"{left}{r.ref}{right}", alts=alts))
    return found


def shifted(records: Records, rng: random.Random) -> Records:
    """A deletion in a repeat, at any of its places."""
    found = []
    for r in records:
        for _ in range(rng.randint(0, 9) if len(r.ref) > 1 and set(map(len, r.alts)) == {1} else 0):
            behind = r.pos + len(r.ref)
            base = bases(r.chrom, behind, behind)
            if base != r.ref[1]:
                break
            r = r._replace(pos=r.pos + 1, ref=r.ref[1:] + base, alts=(r.ref[1],))
        found.append(r)
    return found


def other_order(records: Records, rng: random.Random) -> Records:
    """The ALTs of a record in another order."""
    found = []
    for r in records:
        order = list(range(1, len(r.alts) + 1))
        rng.shuffle(order)
        new = {0: 0, None: None} | {old: at for at, old in enumerate(order, start=1)}
        alts = tuple(r.alts[old - 1] for old in order)
        counts = (r.ad[0], *(r.ad[old] for old in order))
        found.append(r._replace(alts=alts, ad=counts, gt=tuple(new[a] for a in r.gt)))
    return found


def with_unseen(symbol: str) -> Change:
    def change(records: Records, _: random.Random) -> Records:
        """One more ALT that the person does not have."""
        return [r._replace(alts=(*r.alts, symbol), ad=(*r.ad, 0)) for r in records]

    return change


def split(style: str) -> Change:
    """One record for each ALT, as bcftools norm (`0`) or vt (`.`) writes the other alleles."""

    def change(records: Records, _: random.Random) -> Records:
        found = []
        for r in records:
            if len(r.alts) == 1 or not "".join(r.alts).isalpha():
                found.append(r)
                continue
            for number, alt in enumerate(r.alts, start=1):
                blank = 0 if style == "0" else None
                gt = tuple(1 if a == number else a if a in (0, None) else blank for a in r.gt)
                ad = (r.ad[0], r.ad[number])
                found.append(r._replace(alts=(alt,), gt=gt, ad=ad))
        return found

    return change


def twice(records: Records, rng: random.Random) -> Records:
    """A record that stands there twice."""
    return [*records, rng.choice(records)]


def lower(records: Records, _: random.Random) -> Records:
    """Bases in small letters."""
    return [
        r._replace(ref=r.ref.lower(), alts=tuple(a.lower() if a.isalpha() else a for a in r.alts))
        for r in records
    ]


def backwards(records: Records, _: random.Random) -> Records:
    return records[::-1]


def more_fields(records: Records, rng: random.Random) -> Records:
    """FORMAT fields of no concern."""
    extra = rng.choice(
        [("PL", "1,2,3"), ("SB", "1,2,3,4"), ("AB", "0.1"), ("ADF", "1,2"), ("X", ".")]
    )
    return [r._replace(more=(*r.more, extra)) if extra not in r.more else r for r in records]


def as_pid(records: Records, _: random.Random) -> Records:
    """PGT and PID without a bar for a phase set."""
    found = []
    for r in records:
        if r.mark == "|" and r.more[:1] == SET and None not in r.gt:
            pgt = "|".join("1" if a else "0" for a in r.gt)
            marks = (("PGT", pgt), ("PID", "33753265_C_T"))
            r = r._replace(mark="/", gt=tuple(sorted(r.gt)), more=(*marks, *r.more[1:]))
        found.append(r)
    return found


def as_physical_set(records: Records, _: random.Random) -> Records:
    """PGT beside PS, without a bar and without PID."""
    found = []
    for r in records:
        if r.mark == "|" and r.more[:1] == SET and None not in r.gt:
            pgt = "|".join("1" if a else "0" for a in r.gt)
            r = r._replace(mark="/", gt=tuple(sorted(r.gt)), more=(("PGT", pgt), *r.more))
        found.append(r)
    return found


def as_hp(records: Records, _: random.Random) -> Records:
    """HP of GATK for a phase set."""
    found = []
    for r in records:
        if r.mark == "|" and r.more[:1] == SET and None not in r.gt:
            names = ",".join(f"33753265-{r.gt.index(a) + 1}" for a in sorted(r.gt))
            r = r._replace(mark="/", gt=tuple(sorted(r.gt)), more=(("HP", names), *r.more[1:]))
        found.append(r)
    return found


def other_set(records: Records, _: random.Random) -> Records:
    """The two haplotypes of a set under each other's name."""
    return [r._replace(gt=r.gt[::-1]) if r.mark == "|" else r for r in records]


def joined(records: Records, _: random.Random) -> Records:
    """The stop written together with a change nine bases behind it, as freebayes joins them."""
    found = []
    for r in records:
        first = r.ref == "C" and r.pos == STOP.pos
        if not first:
            found.append(r)
            continue
        ref = bases(r.chrom, r.pos, r.pos + 9)
        alts = tuple(f"{alt}{ref[1:9]}A" for alt in r.alts)
        found.append(r._replace(ref=ref, alts=alts))
    return found


CHANGES: dict[str, Change] = {
    "shifted": shifted,
    "turned": turned,
    "barred": barred,
    "order of ALTs": other_order,
    "unseen <NON_REF>": with_unseen("<NON_REF>"),
    "unseen <*>": with_unseen("<*>"),
    "unseen *": with_unseen("*"),
    "unseen base": with_unseen("CCC"),
    "split like bcftools": split("0"),
    "split like vt": split("."),
    "joined": joined,
    "padded": padded,
    "twice": twice,
    "lower case": lower,
    "backwards": backwards,
    "more fields": more_fields,
    "PGT and PID": as_pid,
    "PGT and PS": as_physical_set,
    "HP": as_hp,
    "haplotypes exchanged": other_set,
}
"""In the order in which they are made, so that a later one can take up an earlier one."""


@cache
def engine() -> Engine:
    return Engine(RunConfig())


def status(records: Records) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "P.vcf")
        path.write_text(text_of([record.row() for record in records]), encoding="utf-8")
        row = {"sample": "P", "vcf": str(path)}
        (result,) = analyse_rows(engine(), [row], (), batch="spellings")
    return str(result.status)


@pytest.mark.parametrize("name", BASE)
@pytest.mark.parametrize("change", CHANGES)
def test_one_change(name: str, change: str) -> None:
    records, wanted = BASE[name]
    assert status(records) == wanted
    assert status(CHANGES[change](records, random.Random(1))) == wanted


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(sorted(BASE)),
    st.lists(st.sampled_from(sorted(CHANGES)), min_size=2, max_size=5, unique=True),
    st.integers(0, 99),
)
def test_many_changes(name: str, names: list[str], seed: int) -> None:
    records, wanted = BASE[name]
    rng = random.Random(seed)
    for title, change in CHANGES.items():
        if title in names:
            records = change(records, rng)
    assert status(records) == wanted


DELETED = ("20", 33_757_000, 33_762_100)
LENGTH = DELETED[2] - DELETED[1]
PLACE = f"END={DELETED[2]}"
WHOLE = bases(*DELETED)
EVENTS: dict[str, list[tuple[int, str, str, str]]] = {
    "END": [(DELETED[1], "N", "<DEL>", f"SVTYPE=DEL;{PLACE}")],
    "SVLEN": [(DELETED[1], "N", "<DEL>", f"SVTYPE=DEL;SVLEN=-{LENGTH}")],
    "SVLEN without sign": [(DELETED[1], "N", "<DEL>", f"SVTYPE=DEL;SVLEN={LENGTH}")],
    "both": [(DELETED[1], "g", "<DEL>", f"SVTYPE=DEL;{PLACE};SVLEN=-{LENGTH}")],
    "END before POS": [(DELETED[1], "N", "<DEL>", f"SVTYPE=DEL;END=12;SVLEN=-{LENGTH}")],
    "no SVTYPE": [(DELETED[1], "N", "<DEL>", PLACE)],
    "a subtype": [(DELETED[1], "N", "<DEL:ME>", f"SVTYPE=DEL;{PLACE}")],
    "small letters": [(DELETED[1], "N", "<del>", f"SVTYPE=DEL;{PLACE}")],
    "no brackets": [(DELETED[1], "N", "DEL", f"SVTYPE=DEL;{PLACE}")],
    "N": [(DELETED[1], WHOLE, "N", "SVTYPE=DEL")],
    "bases": [(DELETED[1], WHOLE, WHOLE[0], "SVTYPE=DEL")],
    "<CN0>": [(DELETED[1], "N", "<CN0>", f"SVTYPE=CNV;{PLACE}")],
    "<CN=0>": [(DELETED[1], "N", "<CN=0>", f"SVTYPE=CNV;{PLACE}")],
    "one break": [(DELETED[1], "N", f"N[chr20:{DELETED[2] + 1}[", "SVTYPE=BND")],
    "the other break": [(DELETED[2] + 1, "N", f"]chr20:{DELETED[1]}]N", "SVTYPE=BND")],
    "both breaks": [
        (DELETED[1], "N", f"N[chr20:{DELETED[2] + 1}[", "SVTYPE=BND"),
        (DELETED[2] + 1, "N", f"]chr20:{DELETED[1]}]N", "SVTYPE=BND"),
    ],
}
GENOTYPES = {
    "carrier": [{"GT": "0/1"}, {"GT": "1/0"}, {"GT": "0|1"}, {"GT": "0/1", "GQ": "99"}],
    "relevant": [{"GT": "1/1"}, {"GT": "1|1"}],
}
COUNTED = {"carrier": "1", "relevant": "0"}


def event_status(event: list[tuple[int, str, str, str]], values: dict[str, str]) -> str:
    rows = [("20", Row(*entry, values)) for entry in event]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "P.vcf")
        path.write_text(text_of(rows), encoding="utf-8")
        row = {"sample": "P", "vcf": str(path)}
        (result,) = analyse_rows(engine(), [row], (), batch="spellings")
    return str(result.status)


@pytest.mark.parametrize("name", EVENTS)
@pytest.mark.parametrize("wanted", GENOTYPES)
def test_a_deletion(name: str, wanted: str) -> None:
    for values in GENOTYPES[wanted]:
        assert event_status(EVENTS[name], values) == wanted, values


@pytest.mark.parametrize("name", [name for name in EVENTS if "<DEL" in EVENTS[name][0][2]])
@pytest.mark.parametrize("wanted", COUNTED)
@pytest.mark.parametrize("gt", ["0/1", "1/1", "1", "./.", "./1", None])
def test_copies_decide_whatever_the_genotype(name: str, wanted: str, gt: str | None) -> None:
    values = {"CN": COUNTED[wanted]} if gt is None else {"GT": gt, "CN": COUNTED[wanted]}
    agree = gt not in ("0/1", "1/1") or (gt == "1/1") == (wanted == "relevant")
    found = event_status(EVENTS[name], values)
    assert found == (wanted if agree else "possible")
