"""One genotype in the manner of many callers: header, FORMAT keys, and how each spells what.

Every row is a caller; what it writes is taken from its header lines, its manual or its source
code, as `source` says. The manual's table (docs/callers.md) is made from the rows:
`python tests/tools/caller_writers.py` renews it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

Fields = dict[str, str]


class Small(NamedTuple):
    """A record of bases in one person.

    `gt` holds the allele of each haplotype, `reads` the counts by allele with REF first, `block`
    the phase block; None where the phase is not known. Positions are 1-based, GRCh38.
    """

    chrom: str
    pos: int
    ref: str
    alts: tuple[str, ...]
    gt: tuple[int, int]
    reads: tuple[int, ...]
    block: int | None = None

    @property
    def depth(self) -> int:
        return sum(self.reads)

    @property
    def mosaic(self) -> bool:
        return 1 in self.gt and self.reads[-1] < 0.15 * self.depth


class Event(NamedTuple):
    """A deletion or duplication of the bases after `pos` up to `end` on some of two copies."""

    kind: str  # "DEL" | "DUP"
    chrom: str
    pos: int
    end: int
    copies: int
    bases: str = "N"  # REF from `pos` to `end`, for callers that spell it out

    @property
    def length(self) -> int:
        return self.end - self.pos

    @property
    def number(self) -> int:
        """Copies of the region that the person has."""
        return 2 - self.copies if self.kind == "DEL" else 2 + self.copies


class Row(NamedTuple):
    """What a caller writes of a record: its columns 3 to 8 and the values of FORMAT."""

    pos: int
    ref: str
    alt: str
    info: str
    values: Fields
    identifier: str = "."


def joined(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))


def shares(small: Small) -> str:
    return ",".join(f"{count / small.depth:.4f}" for count in small.reads[1:])


def halves(count: int) -> str:
    """A count by strand."""
    return f"{count // 2},{count - count // 2}"


def slashed(small: Small) -> str:
    return "/".join(map(str, sorted(small.gt)))


def barred(small: Small) -> str:
    return "|".join(map(str, small.gt)) if small.block is not None else slashed(small)


# --- phase -----------------------------------------------------------------


def by_set(small: Small) -> Fields:
    """GT with a bar and PS."""
    return {"GT": barred(small)} | ({} if small.block is None else {"PS": str(small.block)})


def _physical(small: Small) -> Fields:
    if small.block is None or 0 not in small.gt:
        return {}
    slots = "|".join("1" if allele else "0" for allele in small.gt)
    return {"PGT": slots, "PID": f"{small.block}_C_T"}


def by_pid(small: Small) -> Fields:
    """GT with a slash, PGT and PID: GATK before 4.1."""
    return {"GT": slashed(small)} | _physical(small)


def by_pid_and_set(small: Small) -> Fields:
    """GT with a bar, PGT, PID and PS: GATK from 4.1 on."""
    return by_set(small) | _physical(small)


def by_haplotype_names(small: Small) -> Fields:
    """GT with a slash, and HP with a name for each of its alleles."""
    found = {"GT": slashed(small)}
    if small.block is not None:
        places = [small.gt.index(allele) for allele in sorted(small.gt)]
        found["HP"] = ",".join(f"{small.block}-{place + 1}" for place in places)
    return found


def without_phase(small: Small) -> Fields:
    return {"GT": slashed(small)}


PHASE: Mapping[Callable[[Small], Fields], str] = {
    by_set: "`GT` with `|`, `PS`",
    by_pid: "`PGT`, `PID`",
    by_pid_and_set: "`PGT`, `PID`, `PS`",
    by_haplotype_names: "`HP`",
    without_phase: "none",
}


# --- callers of bases ------------------------------------------------------


def gatk_counts(small: Small) -> Fields:
    return {"AD": joined(small.reads), "DP": str(small.depth), "GQ": "99"}


def deepvariant(small: Small) -> Fields:
    return {"GQ": "51", "DP": str(small.depth), "AD": joined(small.reads), "VAF": shares(small)}


def clc(small: Small) -> Fields:
    return {"CLCAD2": joined(small.reads), "DP": str(small.depth)}


def dragen(small: Small) -> Fields:
    both = {key: joined(tuple(count // 2 for count in small.reads)) for key in ("F1R2", "F2R1")}
    return {
        "AD": joined(small.reads),
        "AF": shares(small),
        "DP": str(small.depth),
        **both,
        "GQ": "48",
    }


def strelka(small: Small) -> Fields:
    base = all(len(allele) == 1 for allele in (small.ref, *small.alts))
    depth = {"DP": str(small.depth), "DPF": "1"} if base else {"DPI": str(small.depth)}
    counts = {"AD": joined(small.reads), "ADF": joined(tuple(n // 2 for n in small.reads))}
    return {"GQ": "120", "GQX": "60", **depth, **counts, "SB": "-30.1", "FT": "PASS"}


def strelka_somatic(small: Small) -> Fields:
    if any(len(allele) != 1 for allele in (small.ref, *small.alts)):
        tar, tir = small.reads[0], sum(small.reads[1:])
        return {"DP": str(small.depth), "TAR": f"{tar},{tar}", "TIR": f"{tir},{tir}"}
    counts = dict.fromkeys("ACGT", 0) | dict(
        zip((small.ref, *small.alts), small.reads, strict=True)
    )
    tiers = {f"{base}U": f"{count},{count}" for base, count in counts.items()}
    return {"DP": str(small.depth), "FDP": "0", "SDP": "0", "SUBDP": "0", **tiers}


def freebayes(small: Small) -> Fields:
    return {"DP": str(small.depth), "AD": joined(small.reads), **freebayes_before(small)}


def freebayes_before(small: Small) -> Fields:
    own = {"RO": str(small.reads[0]), "QR": "800", "AO": joined(small.reads[1:])}
    return {"DP": str(small.depth), **own, "QA": joined((800,) * len(small.alts))}


def likelihoods(small: Small) -> str:
    """Return PL of a genotype that is certain, in the order of VCF."""
    alleles = 1 + len(small.alts)
    called = sorted(small.gt)
    return joined(
        tuple(
            0 if called == [low, high] else 255
            for high in range(alleles)
            for low in range(high + 1)
        )
    )


def bcftools(small: Small) -> Fields:
    return {"PL": likelihoods(small)}


def bcftools_info(small: Small) -> str:
    strands = f"{halves(small.reads[0])},{halves(sum(small.reads[1:]))}"
    return f"DP={small.depth};VDB=0.5;MQ0F=0;AC=1;AN=2;DP4={strands};MQ=60"


def bcftools_annotated(small: Small) -> Fields:
    return {
        "PL": likelihoods(small),
        "DP": str(small.depth),
        "AD": joined(small.reads),
        "GQ": "127",
    }


def varscan(small: Small) -> Fields:
    share = f"{100 * small.reads[1] / small.depth:.2f}%".replace(",", ".")
    pair = {"RD": str(small.reads[0]), "AD": str(small.reads[1]), "FREQ": share}
    return {"GQ": "98", "SDP": str(small.depth), "DP": str(small.depth), **pair, "PVAL": "1E-10"}


def vardict(small: Small) -> Fields:
    alternate = small.reads[1]
    het = "1/0" if 2 * alternate >= small.depth else "0/1"
    gt = {(0, 0): "0/0", (1, 1): "1/1"}.get(small.gt, het)
    pair = {"AD": joined(small.reads), "AF": shares(small)}
    strands = {"RD": halves(small.reads[0]), "ALD": halves(alternate)}
    return {"GT": gt, "DP": str(small.depth), "VD": str(alternate), **pair, **strands}


def mutect(small: Small) -> Fields:
    return {"AD": joined(small.reads), "AF": shares(small), "DP": str(small.depth), "SB": "9,9,8,8"}


def mutect_one(small: Small) -> Fields:
    return {"AD": joined(small.reads), "BQ": "33", "DP": str(small.depth), "FA": shares(small)}


def ion_torrent(small: Small) -> Fields:
    flow = {"FRO": str(small.reads[0]), "FAO": joined(small.reads[1:]), "FDP": str(small.depth)}
    plain = {"RO": str(small.reads[0] + 3), "AO": joined(tuple(n // 2 for n in small.reads[1:]))}
    return {"GQ": "99", "DP": str(small.depth + 3), **flow, **plain, "AF": shares(small)}


def octopus(small: Small) -> Fields:
    found = {"GQ": "220", "DP": str(small.depth), "MQ": "60", "PQ": "99", "FT": "PASS"}
    if small.mosaic:
        share = small.reads[-1] / small.depth
        parts = f"{(1 - share) / 2:.3f},{(1 - share) / 2:.3f},{share:.3f}"
        return {"GT": "0|0|1", "PS": str(small.pos), **found, "HSS": "0,0,1", "MAP_HF": parts}
    block = small.pos if small.block is None else small.block
    return {"GT": "|".join(map(str, small.gt)), "PS": str(block), **found}


def clair(small: Small) -> Fields:
    return {"GQ": "25", "DP": str(small.depth), "AD": joined(small.reads), "AF": shares(small)}


def longshot(small: Small) -> Fields:
    return {"GQ": "99.2", "UG": slashed(small), "UQ": "99.2"}


def longshot_info(small: Small) -> str:
    return f"DP={small.depth};AC={joined(small.reads)};AM=0;MC=0;MF=0.000;MB=0.000;AQ=12.1;GM=1"


def glnexus(small: Small) -> Fields:
    return {"DP": str(small.depth), "AD": joined(small.reads), "GQ": "60", "RNC": ".."}


def platypus(small: Small) -> Fields:
    every = (small.depth,) * len(small.alts)
    return {"GOF": "2.0", "GQ": "99", "NR": joined(every), "NV": joined(small.reads[1:])}


def pisces(small: Small) -> Fields:
    return {"GQ": "100", "AD": joined(small.reads), "DP": str(small.depth), "VF": shares(small)}


def hail(small: Small) -> Fields:
    phased = barred(small)
    local = sorted({0, *small.gt})
    spelled = re.sub("[0-9]+", lambda at: str(local.index(int(at[0]))), phased)
    counts = joined(tuple(small.reads[allele] for allele in local))
    found = {"LGT": spelled, "LA": joined(tuple(local)), "LAD": counts, "DP": str(small.depth)}
    return found | {"GQ": "99"} | ({} if small.block is None else {"PS": str(small.block)})


class SmallCaller(NamedTuple):
    """A caller of bases: how it phases, what else it writes in FORMAT and in INFO.

    `alts` is the most ALTs that it puts into one record; `always_het`: it gives no genotype but
    0/1 (a caller of somatic changes). `remark` is for the manual.
    """

    name: str
    phase: Callable[[Small], Fields]
    values: Callable[[Small], Fields]
    counts: str
    fraction: str
    source: str
    info: Callable[[Small], str] = lambda small: f"DP={small.depth}"
    alts: int = 9
    always_het: bool = False
    remark: str = ""

    def row(self, small: Small) -> Row:
        """Return the record as the caller writes it; what `values` says of GT goes first."""
        phase, values = self.phase(small), self.values(small)
        fields = {"GT": phase["GT"], **values, **{k: v for k, v in phase.items() if k != "GT"}}
        if "LGT" in fields:
            del fields["GT"]
        return Row(small.pos, small.ref, ",".join(small.alts), self.info(small), fields)


_HEADER = "##FORMAT lines of its files"
SMALL_CALLERS = (
    SmallCaller("GATK HaplotypeCaller", by_pid_and_set, gatk_counts, "`AD`", "", _HEADER),
    SmallCaller("GATK before 4.1", by_pid, gatk_counts, "`AD`", "", _HEADER),
    SmallCaller("GATK ReadBackedPhasing", by_haplotype_names, gatk_counts, "`AD`", "", _HEADER),
    SmallCaller("DeepVariant", by_set, deepvariant, "`AD`", "`VAF`", _HEADER),
    SmallCaller("CLC Genomics Workbench", without_phase, clc, "`CLCAD2`", "", _HEADER),
    SmallCaller("DRAGEN", by_set, dragen, "`AD`", "`AF`", _HEADER),
    SmallCaller(
        "Strelka2",
        by_set,
        strelka,
        "`AD`",
        "`VF`",
        "its source code",
        remark="depth of indels is `DPI`",
    ),
    SmallCaller(
        "Strelka2 somatic, GT added",
        without_phase,
        strelka_somatic,
        "`AU` ... `TU`; `TAR`, `TIR`",
        "",
        "its manual",
        alts=1,
        remark="tier 1 counts; the file as it comes has no GT: nothing can be said of zygosity",
    ),
    SmallCaller(
        "longshot",
        by_set,
        longshot,
        "INFO `AC`",
        "",
        "its source code",
        info=longshot_info,
        remark="`AC` are reads of each allele, also of REF, where `AM` stands behind it",
    ),
    SmallCaller("freebayes", without_phase, freebayes, "`AD`, `RO`, `AO`", "", _HEADER),
    SmallCaller("freebayes before 1.1", without_phase, freebayes_before, "`RO`, `AO`", "", _HEADER),
    SmallCaller(
        "bcftools call",
        without_phase,
        bcftools,
        "INFO `DP4`",
        "",
        "its manual",
        info=bcftools_info,
        remark="`DP4` sums up all samples and all ALTs: used for one sample and one ALT only",
    ),
    SmallCaller("bcftools call, AD asked for", without_phase, bcftools_annotated, "`AD`", "",
                "its manual", info=bcftools_info),
    SmallCaller(
        "VarScan",
        without_phase,
        varscan,
        "`RD`, `AD` (one count)",
        "`FREQ` in %",
        "its manual",
        alts=1,
    ),
    SmallCaller(
        "VarDict",
        without_phase,
        vardict,
        "`AD`, `VD`",
        "`AF`",
        "its test files",
        alts=1,
        remark="`1/0` for `0/1`; its `RD` are strands",
    ),
    SmallCaller(
        "Mutect2",
        by_pid_and_set,
        mutect,
        "`AD`",
        "`AF`",
        _HEADER,
        always_het=True,
        remark="0/1 whatever the fraction: a homozygous allele is `possible`, raised by its reads",
    ),
    SmallCaller("MuTect 1", without_phase, mutect_one, "`AD`", "`FA`", _HEADER, always_het=True,
                alts=1),
    SmallCaller(
        "Ion Torrent Variant Caller",
        without_phase,
        ion_torrent,
        "`FRO`, `FAO`",
        "`AF`",
        _HEADER,
        remark="`RO` and `AO`, before the flow signal was weighed, are not used beside them",
    ),
    SmallCaller(
        "octopus",
        by_set,
        octopus,
        "none by default; `AD` where asked for",
        "`MAP_HF` (cancer model)",
        "its source code",
        remark="`0|0|1` of the cancer model: a somatic haplotype, with its frequency",
    ),
    SmallCaller("Clair3", by_set, clair, "`AD`", "`AF`", "its source code"),
    SmallCaller(
        "GLnexus",
        without_phase,
        glnexus,
        "`AD`",
        "",
        "its manual",
        remark="`./1` where the other allele was not called: half a call",
    ),
    SmallCaller("Platypus", without_phase, platypus, "`NV` of `NR`", "", _HEADER),
    SmallCaller("Pisces", without_phase, pisces, "`AD`", "`VF`", "its source code", alts=1,
                remark="the GQ of its somatic mode is near 0: such a call is `possible`"),
    SmallCaller("Hail, local alleles", by_set, hail, "`LAD`", "", "its manual",
                remark="`LGT` and `LA` in the place of `GT`"),
)  # fmt: skip


# --- callers of structure --------------------------------------------------


def diploid(event: Event) -> str:
    return "1/1" if event.copies == 2 else "0/1"


def certain(event: Event, phred: int) -> str:
    """Return PL of the genotype that `diploid` writes."""
    return joined(tuple(0 if copies == event.copies else phred for copies in range(3)))


def pair(event: Event, depth: int = 40) -> tuple[int, int]:
    """Reads of the reference and of the event, as its copies let expect."""
    alternate = depth * event.copies // 2
    return depth - alternate, alternate


def signed(event: Event) -> int:
    return -event.length if event.kind == "DEL" else event.length


def extent(event: Event, *more: str, before: str = "") -> str:
    parts = (f"SVTYPE={event.kind}", f"END={event.end}", f"SVLEN={signed(event)}")
    return ";".join(filter(None, (before, *parts, *more)))


def symbol(event: Event, values: Fields, info: str, *, alt: str = "", ref: str = "N") -> Row:
    return Row(event.pos, ref, alt or f"<{event.kind}>", info, values)


def manta(event: Event) -> Row:
    ref, alt = pair(event)
    counts = {"PR": f"{ref // 2},{alt // 2}", "SR": f"{ref - ref // 2},{alt - alt // 2}"}
    values = {"GT": diploid(event), "FT": "PASS", "GQ": "99", "PL": certain(event, 600), **counts}
    word = "<DEL>" if event.kind == "DEL" else "<DUP:TANDEM>"
    return symbol(event, values, extent(event, "CIPOS=0,3"), alt=word, ref=event.bases[0])


def _delly(event: Event, exact: bool) -> Row:
    ref, alt = pair(event)
    seen, unseen = {"RR": str(ref), "RV": str(alt)}, {"RR": "0", "RV": "0"}
    pairs = {"DR": str(ref), "DV": str(alt)}
    depth = {"RCL": "900", "RC": "900", "RCR": "900", "RDCN": str(event.number)}
    values = {"GT": diploid(event), "GQ": "120", "FT": "PASS", **depth, **pairs}
    way = "PRECISE" if exact else "IMPRECISE;CIPOS=-40,40;CIEND=-40,40"
    info = f"{way};SVTYPE={event.kind};END={event.end};PE=12;MAPQ=60;CT=3to5"
    return symbol(event, values | (seen if exact else unseen), info)


def delly(event: Event) -> Row:
    return _delly(event, exact=True)


def delly_imprecise(event: Event) -> Row:
    return _delly(event, exact=False)


def delly_cnv(event: Event) -> Row:
    values = {"GT": "./.", "CN": str(event.number), "GQ": "90", "FT": "PASS", "RDCN": "1.02"}
    info = f"IMPRECISE;SVTYPE=CNV;END={event.end};MP=0.8;CIPOS=-200,200"
    return symbol(event, values, info, alt="<CNV>")


def sniffles(event: Event) -> Row:
    ref, alt = pair(event)
    values = {"GT": diploid(event), "GQ": "60", "DR": str(ref), "DV": str(alt), "PS": "0"}
    info = extent(event, f"SUPPORT={alt}", "COVERAGE=40,40,20,40,40", "STRAND=+-", before="PRECISE")
    return symbol(event, values, info)


def cutesv(event: Event) -> Row:
    ref, alt = pair(event)
    counts = {"DR": str(ref), "DV": str(alt), "PL": certain(event, 160), "GQ": "99"}
    info = extent(event, f"RE={alt}", "RNAMES=NULL", before="PRECISE")
    return symbol(event, {"GT": diploid(event), **counts}, info)


def pbsv(event: Event) -> Row:
    counts = pair(event)
    values = {"GT": diploid(event), "AD": joined(counts), "DP": str(sum(counts))}
    if event.kind == "DEL" and len(event.bases) > 1:
        return symbol(event, values, extent(event), alt=event.bases[0], ref=event.bases)
    return symbol(event, values, extent(event))


def tiddit(event: Event) -> Row:
    ref, alt = pair(event)
    reads = {"DV": str(alt), "RV": "0", "LQ": "0.0,0.0", "RR": f"{ref},{ref}", "DR": f"{ref},{ref}"}
    values = {"GT": diploid(event), "CN": str(event.number), "COV": "40,40,20", **reads}
    word = "<DEL>" if event.kind == "DEL" else "<DUP:TANDEM>"
    return symbol(event, values, extent(event), alt=word)


def gcnv(event: Event) -> Row:
    allele = "1" if event.kind == "DEL" else "2"
    more = {"NP": "8", "QA": "40", "QS": "200", "QSE": "30", "QSS": "30"}
    values = {"GT": allele, "CN": str(event.number), **more}
    return symbol(event, values, f"END={event.end}", alt="<DEL>,<DUP>")


def cnvkit(event: Event) -> Row:
    ratio = f"FOLD_CHANGE={event.number / 2 or 0.02}"
    info = extent(event, ratio, "FOLD_CHANGE_LOG=-1", "PROBES=8", before="IMPRECISE")
    if event.kind == "DEL":
        return symbol(event, {"GT": diploid(event), "GQ": "8"}, info)
    return symbol(event, {"GT": "0/1", "GQ": "0", "CN": str(event.number), "CNQ": "8"}, info)


def canvas(event: Event) -> Row:
    gt = diploid(event) if event.kind == "DEL" else "./1"
    word = "<CN0>" if event.kind == "DEL" else "<DUP>"
    own = {"RC": "50", "BC": "20", "CN": str(event.number), "MCC": str(max(1, event.number - 1))}
    info = f"SVTYPE=CNV;END={event.end};CNVLEN={event.length};CIPOS=-300,300"
    return symbol(event, {"GT": gt, **own, "MCCQ": "9", "QS": "40", "FT": "PASS"}, info, alt=word)


def canvas_before(event: Event) -> Row:
    values = {"RC": "50", "BC": "20", "CN": str(event.number), "MCC": str(max(1, event.number - 1))}
    return symbol(event, values, f"SVTYPE=CNV;END={event.end};CNVLEN={event.length}", alt="<CNV>")


def hificnv(event: Event) -> Row:
    info = extent(event, before="IMPRECISE")
    return symbol(event, {"GT": diploid(event), "CN": str(event.number)}, info)


def dragen_cnv(event: Event) -> Row:
    gt = diploid(event) if event.kind == "DEL" else "./1"
    values = {"GT": gt, "SM": "0.5", "CN": str(event.number), "BC": "20", "PE": "9,9"}
    info = f"SVLEN={signed(event)};SVTYPE=CNV;END={event.end};REFLEN={event.length}"
    return symbol(event, values, info)


def smoove(event: Event) -> Row:
    ref, alt = pair(event)
    own = {"GQ": "120", "SQ": "300", "DP": str(ref + alt), "RO": str(ref), "AO": str(alt)}
    folds = dict.fromkeys(("DHFC", "DHBFC", "DHFFC"), f"{event.number / 2:.3f}")
    values = {"GT": diploid(event), **own, **folds}
    return symbol(event, values, extent(event, "STRANDS=+-:20", "SU=20"))


def sawfish(event: Event) -> Row:
    ref, alt = pair(event)
    counts = {"GQ": "60", "AD": f"{ref},{alt}"}
    own = {"GT": diploid(event), **counts, "CN": str(event.number), "CNQ": "45"}
    return symbol(event, own, extent(event, "SVCLAIM=DJ"))


def severus(event: Event) -> Row:
    ref, alt = pair(event)
    share = f"{alt / (ref + alt):.2f}"
    values = {"GT": diploid(event), "GQ": "60", "VAF": share, "DR": str(ref), "DV": str(alt)}
    return symbol(event, values, extent(event, before="PRECISE"))


def gridss_values(event: Event) -> Fields:
    ref, alt = pair(event)
    reference = {"REF": str(ref // 2), "REFPAIR": str(ref - ref // 2)}
    return {"GT": ".", "QUAL": "900", **reference, "RP": "9", "SR": "9", "VF": str(alt)}


def svaba_values(event: Event) -> Fields:
    ref, alt = pair(event)
    counts = {"AD": str(alt), "DP": str(ref + alt), "GQ": "60", "SR": str(alt), "DR": str(alt)}
    return {"GT": diploid(event), **counts}


class SvCaller(NamedTuple):
    """A caller of structural events: one row, or the values of a pair of breakends.

    `genotypes`: it tells how many copies have the event. The columns of the manual: `counts`,
    `number` (copy number), `extent`, `remark`.
    """

    name: str
    write: Callable[[Event], Row] | None
    counts: str
    number: str
    extent: str
    source: str
    breakends: Callable[[Event], Fields] | None = None
    genotypes: bool = True
    remark: str = ""

    def rows(self, event: Event) -> tuple[Row, ...]:
        """Return the records of an event as the caller writes them."""
        if self.write is not None:
            return (self.write(event),)
        values = self.breakends(event) if self.breakends else {}
        low, high = f"chr{event.chrom}:{event.pos}", f"chr{event.chrom}:{event.end + 1}"
        first, second = (f"N[{high}[", f"]{low}]N")
        places = (event.pos, event.end + 1)
        if event.kind == "DUP":
            places = (event.pos + 1, event.end)
            first, second = (
                f"]chr{event.chrom}:{event.end}]N",
                f"N[chr{event.chrom}:{event.pos + 1}[",
            )
        return (
            Row(places[0], "N", first, "SVTYPE=BND;MATEID=h;EVENT=e", values, "o"),
            Row(places[1], "N", second, "SVTYPE=BND;MATEID=o;EVENT=e", values, "h"),
        )


_BOTH = "`END`, `SVLEN`"
SV_CALLERS = (
    SvCaller("Manta", manta, "`PR` + `SR`", "", _BOTH, "its manual",
             remark="`PR` and `SR` of all alleles are added up"),
    SvCaller("DRAGEN SV", manta, "`PR` + `SR`", "", _BOTH, "its manual"),
    SvCaller("delly", delly, "`RR`, `RV`", "", "`END`", "its source code",
             remark="`RDCN`, copies by depth, where `RCL` and `RCR` are 100 reads or more: GT "
             "stands, and is `possible` where they deny it"),
    SvCaller("delly, imprecise", delly_imprecise, "`DR`, `DV`", "", "`END`", "its source code",
             remark="the pairs count where no read crosses the junction"),
    SvCaller("delly cnv", delly_cnv, "", "`CN`", "`END`", "its source code"),
    SvCaller("Sniffles2", sniffles, "`DR`, `DV`", "", _BOTH, "its source code",
             remark="`PS` 0 is no phase set"),
    SvCaller("cuteSV", cutesv, "`DR`, `DV`", "", _BOTH, "its source code"),
    SvCaller("pbsv", pbsv, "`AD`", "", "bases, else `END`", _HEADER),
    SvCaller("TIDDIT", tiddit, "`RR`, `RV`; `DR`, `DV`", "`CN`", _BOTH, "its source code",
             remark="the pair of counts with more reads of the event"),
    SvCaller("GATK gCNV", gcnv, "", "`CN`", "`END`", _HEADER,
             remark="GT names the allele once, whatever the copies: `CN` tells them"),
    SvCaller("CNVkit", cnvkit, "", "`CN` of gains", _BOTH, "its source code",
             remark="its GQ is the number of probes (INFO `PROBES`), no quality: not used"),
    SvCaller("Canvas", canvas, "", "`CN`, `MCC`", "`END`", "its source code"),
    SvCaller("Canvas before 1.36", canvas_before, "", "`CN`, `MCC`", "`END`", _HEADER,
             remark="without GT"),
    SvCaller("HiFiCNV", hificnv, "", "`CN`", _BOTH, "VCF 4.2 (its manual); FORMAT not seen"),
    SvCaller("DRAGEN CNV", dragen_cnv, "", "`CN`, `MCN`", _BOTH, "its manual",
             remark="copy-neutral LOH, `<DEL>,<DUP>` as 1/2 or `<LOH>`, breaks no copy"),
    SvCaller("smoove (lumpy, svtyper)", smoove, "`RO`, `AO`", "", _BOTH, "its manual",
             remark="depth against the event: `DHFFC`, `DHBFC` of duphold"),
    SvCaller("Sawfish", sawfish, "`AD`", "`CN`, its quality `CNQ`", _BOTH, _HEADER),
    SvCaller("Severus", severus, "`DR`, `DV`", "", _BOTH, "its source code"),
    SvCaller("SvABA", None, "", "", "pair of breakends", _HEADER, breakends=svaba_values,
             remark="its `AD` is one count: not used, flag `ad_length`"),
    SvCaller("GRIDSS", None, "`VF` of `REF` + `REFPAIR`", "", "pair of breakends", _HEADER,
             breakends=gridss_values, genotypes=False,
             remark="GT is `.`: `possible` by its reads if its class is known, else "
             "`inconclusive`"),
)  # fmt: skip


# --- files -----------------------------------------------------------------

_LENGTHS = {"17": 83_257_441, "20": 64_444_167}
_NUMBERS = {"AD": "R", "PL": "G", "AF": "A", "VAF": "A"}
_TEXT = ("GT", "LGT", "PGT", "PID", "HP", "FT", "FREQ", "RNC", "PVAL")


def text_of(rows: list[tuple[str, Row]], sample: str = "P") -> str:
    """Return a VCF (GRCh38) of records by chromosome, in the order of their places."""
    keys = dict.fromkeys(key for _, row in rows for key in row.values)
    lines = ["##fileformat=VCFv4.2"]
    lines += [f"##contig=<ID=chr{name},length={length}>" for name, length in _LENGTHS.items()]
    for key in keys:
        kind = "String" if key in _TEXT else "Float"
        number = _NUMBERS.get(key, "1" if key in _TEXT else ".")
        lines.append(f'##FORMAT=<ID={key},Number={number},Type={kind},Description="{key}">')
    columns = ("CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", sample)
    lines.append("#" + "\t".join(columns))
    for chrom, row in sorted(rows, key=lambda entry: (entry[0], entry[1].pos)):
        cells = (f"chr{chrom}", str(row.pos), row.identifier, row.ref, row.alt, ".", "PASS")
        lines.append(
            "\t".join((*cells, row.info, ":".join(row.values), ":".join(row.values.values())))
        )
    return "\n".join(lines) + "\n"


# --- the manual ------------------------------------------------------------

PAGE = Path(__file__).parents[2] / "docs/callers.md"
MARKS = re.compile(r"(<!-- callers: .*? -->\n).*?(<!-- /callers -->)", re.DOTALL)


def _table(titles: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    cells = [titles, ("---",) * len(titles), *rows]
    return "".join(
        f"| {' | '.join(part.replace('|', chr(92) + '|') for part in row)} |\n" for row in cells
    )


def tables() -> str:
    """Return the tables of callers by field."""
    small = [
        (c.name, c.counts, c.fraction, PHASE[c.phase], c.remark, c.source) for c in SMALL_CALLERS
    ]
    large = [(c.name, c.counts, c.number, c.extent, c.remark, c.source) for c in SV_CALLERS]
    first = _table(("caller of bases", "counts", "fraction", "phase", "remarks", "source"), small)
    second = _table(
        ("caller of structure", "counts", "copy number", "extent", "remarks", "source"), large
    )
    return f"\n{first}\n{second}\n"


def filled(text: str) -> str:
    """Return the page with its tables made anew."""
    return MARKS.sub(lambda mark: f"{mark[1]}{tables()}{mark[2]}", text)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
