"""The classes of errors of EBI's vcf-validator, each check with the smallest file that fails it.

The classes are those of inc/vcf/error.hpp, the checks those of src/vcf/record.cpp,
meta_entry.cpp, validate_optional_policy.cpp, record_cache.hpp and the grammars
src/vcf/vcf*.ragel (https://github.com/EBIvariation/vcf-validator, Apache-2.0, read at commit
de03ec2). The files are our own: those of `faults`, with the fault at the record that matters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from faults import AT, CARRIED, COLUMNS, HEADER, RECORDS, changed, sample_cell, text, whole
from vcf_text import bases

RECORD = "record 3"
WHOLE = whole()
V44 = ("##fileformat=VCFv4.4", *HEADER[1:])
BEFORE = bases("17", 42329642, 42329642)
DELETION = "SVTYPE=DEL;END=42330000;SVLEN=-357"

NOT_READ = "the field is not read"
BY_KEY = "values are read by their key, whatever its declaration says of them"
NO_LINE = "nothing is read from such a line"
AS_STATED = "a filter fails by its name in the record, declared or not"
SHOWN_ONLY = "no ID of a record is read"
ANY_ORDER = "all records are looked at, in whatever order they stand"


@dataclass(frozen=True)
class Check:
    """A check of vcf-validator, a file that fails it, and what is due.

    `names` are what the sentences about it must name. Without them the fault cannot touch a
    genotype, for the reason `harmless`: all is as for the file `mended`, which has no fault.
    """

    group: str
    what: str
    content: bytes
    names: tuple[str, ...] = ()
    harmless: str = ""
    mended: bytes = WHOLE

    @property
    def name(self) -> str:
        """The name among all faults."""
        return f"{self.group}: {self.what}"


def _header(old: str, new: str) -> bytes:
    return whole(header=tuple(line.replace(old, new) for line in HEADER))


def _more(*lines: str) -> bytes:
    return whole(header=(*HEADER, *lines))


def _structural(info: str, alt: str = "<DEL>", header: tuple[str, ...] = V44) -> bytes:
    declared = tuple(
        f'##INFO=<ID={key},Number=.,Type={kind},Description="x">'
        for key, kind in {
            "END": "Integer",
            "SVLEN": "Integer",
            "CIPOS": "Integer",
            "CIEND": "Integer",
            "SVTYPE": "String",
            "SVCLAIM": "String",
            "CN": "Float",
        }.items()
    )
    record = changed(ALT=alt, INFO=info, FORMAT="GT", P="0/1")
    return whole(record, header=(*header, *declared))


def _info(value: str) -> bytes:
    return whole(changed(INFO=value))


def _two_records(first: str, second: str) -> bytes:
    return text([*HEADER, COLUMNS, *RECORDS[:AT], first, second, *RECORDS[AT + 1 :]])


def _meta() -> Iterator[Check]:
    group = "MetaSectionError"
    told = {
        "contig without ID": ("##contig=<length=83257441>", "header line", "contig"),
        "contig line not closed": ("##contig=<ID=chr17,length=83257441", "header line", "contig"),
        "contig length is no number": ("##contig=<ID=chr9,length=long>", "contig length", "long"),
        "contig twice with two lengths": ("##contig=<ID=chr1,length=5>", "contig", "chr1"),
        "GT without Type": ('##FORMAT=<ID=GT,Number=1,Description="x">', "line", "FORMAT GT"),
        "SVTYPE declared as a number": (
            '##INFO=<ID=SVTYPE,Number=1,Type=Integer,Description="x">',
            "header line",
            "INFO SVTYPE",
        ),
        "END declared as text": (
            '##INFO=<ID=END,Number=1,Type=String,Description="x">',
            "header line",
            "INFO END",
        ),
    }
    for what, (line, *names) in told.items():
        yield Check(group, what, _more(line), tuple(names))
    yield Check(
        group,
        "GT declared as a number",
        _header("GT,Number=1,Type=String", "GT,Number=1,Type=Integer"),
        ("header line", "FORMAT GT"),
    )
    yield Check(
        group,
        "FORMAT without ID",
        _header("##FORMAT=<ID=GT,", "##FORMAT=<"),
        ("does not declare FORMAT GT",),
    )
    harmless = {
        "FORMAT with a Number that is none": (
            '##FORMAT=<ID=DP,Number=x,Type=Integer,Description="x">',
            BY_KEY,
        ),
        "GT with another Number": ('##FORMAT=<ID=GT,Number=2,Type=String,Description="">', BY_KEY),
        "FORMAT without Description": ("##FORMAT=<ID=XX,Number=1,Type=String>", BY_KEY),
        "FORMAT of an unknown Type": ('##FORMAT=<ID=XX,Number=1,Type=x,Description="x">', BY_KEY),
        "INFO with a Number that is none": (
            '##INFO=<ID=AF,Number=x,Type=Float,Description="x">',
            NOT_READ,
        ),
        "INFO of an unknown Type": ('##INFO=<ID=AF,Number=A,Type=x,Description="x">', NOT_READ),
        "INFO without Description": ("##INFO=<ID=AF,Number=A,Type=Float>", NOT_READ),
        "ALT without ID": ('##ALT=<Description="x">', NO_LINE),
        "ALT without Description": ("##ALT=<ID=DEL>", NO_LINE),
        "ALT of an unknown type": ('##ALT=<ID=ODD:X,Description="x">', NO_LINE),
        "FILTER without Description": ("##FILTER=<ID=q10>", AS_STATED),
        "FILTER with ID 0": ('##FILTER=<ID=0,Description="x">', AS_STATED),
        "assembly without an address": ("##assembly=<x>", NO_LINE),
        "SAMPLE without ID": ("##SAMPLE=<Genomes=x>", NO_LINE),
        "PEDIGREE without names": ("##PEDIGREE=<>", NO_LINE),
        "pedigreeDB without an address": ("##pedigreeDB=x", NO_LINE),
        "META without Values": ("##META=<ID=x,Type=Integer,Number=1>", NO_LINE),
        "Description without quotation marks": (
            "##FILTER=<ID=q10,Description=low quality>",
            AS_STATED,
        ),
        "an entry that is no key and value": ("##odd", NO_LINE),
    }
    for what, (line, why) in harmless.items():
        yield Check(group, what, _more(line), harmless=why)
    yield Check(group, "no reference line", whole(), harmless="REF bases tell the build")


def _header_section() -> Iterator[Check]:
    group = "FileformatError"
    yield Check(group, "no fileformat", whole(header=HEADER[1:]), ("##fileformat",))
    later = ("##fileformat=VCFv9.9", *HEADER[1:])
    yield Check(group, "a version that is none", whole(header=later), ("VCFv9.9",))
    group = "HeaderSectionError"
    swapped = COLUMNS.replace("REF\tALT", "ALT\tREF")
    yield Check(group, "columns exchanged", whole(columns=swapped), ("#CHROM line", "REF"))
    blanks = COLUMNS.replace("\t", " ")
    yield Check(group, "blanks for tabs", whole(columns=blanks), ("#CHROM line", "tabs"))
    yield Check(group, "a sample twice", whole(columns=f"{COLUMNS}\tP"), ("sample P", "header"))
    group = "NoMetaDefinitionError"
    for key in ("GT", "AD"):
        bare = tuple(line for line in HEADER if f"ID={key}," not in line)
        name = (f"does not declare FORMAT {key}",)
        yield Check(group, f"FORMAT {key} not declared", whole(header=bare), name)
    end = _info("END=42329643")
    yield Check(group, "INFO END not declared", end, ("does not declare INFO END",))
    yield Check(group, "INFO that is not read", _info("XX=1"), harmless=NOT_READ)
    odd = tuple(line for line in HEADER if "ID=chr17," not in line)
    yield Check(group, "contig not declared", whole(header=odd), harmless="its name is known")
    symbol = f"{DELETION};SVCLAIM=DJ"
    mended = _structural(symbol, header=(*V44, '##ALT=<ID=DEL,Description="Deletion">'))
    why = "a symbol is read from its record"
    yield Check(group, "ALT not declared", _structural(symbol), harmless=why, mended=mended)
    failing = changed(FILTER="q10")
    mended = whole(failing, header=(*HEADER, '##FILTER=<ID=q10,Description="Low quality">'))
    yield Check(group, "FILTER not declared", whole(failing), harmless=AS_STATED, mended=mended)


def _body() -> Iterator[Check]:
    group = "BodySectionError"
    yield Check(group, "no line end at the end", whole().rstrip(b"\n"), ("last line",))
    apart = text([*HEADER, COLUMNS, *RECORDS[:3], RECORDS[4], RECORDS[3], RECORDS[5]])
    yield Check(group, "records of a contig apart", apart, harmless=ANY_ORDER)
    sites = text([*HEADER, COLUMNS.removesuffix("\tFORMAT\tP"), *RECORDS])
    yield Check(group, "no genotypes", sites, ("no sample columns",))
    group = "ChromosomeBodyError"
    for what, value in {"a colon": "chr:17", "a bracket": "<chr17"}.items():
        yield Check(group, what, whole(changed(CHROM=value)), (RECORD, "contig"))
    parted = whole(changed(CHROM="chr 17"))
    yield Check(group, "a blank", parted, (RECORD, "columns"))
    yield Check(group, "a blank behind", whole(changed(CHROM="chr17 ")), (RECORD, "CHROM"))
    group = "PositionBodyError"
    for what, value in {"letters": "4232964x", "negative": "-1", "zero": "0"}.items():
        yield Check(group, what, whole(changed(POS=value)), (RECORD, "POS"))
    late = _two_records(RECORDS[3], CARRIED)
    yield Check(group, "out of order", text(late.decode().split("\n")[:-1]), harmless=ANY_ORDER)
    group = "IdBodyError"
    for what, value in {
        "a blank": "rs 1",
        "an empty one": "rs1;;rs2",
        "twice": "rs1;rs1",
        "a comma": "rs1,rs2",
    }.items():
        yield Check(group, what, whole(changed(ID=value)), harmless=SHOWN_ONLY)


def _alleles() -> Iterator[Check]:
    group = "ReferenceAlleleBodyError"
    for what, value in {"no bases": "Q", "an ambiguous base": "R", "a dot": "."}.items():
        yield Check(group, what, whole(changed(REF=value)), (RECORD, "REF"))
    yield Check(
        group,
        "the first base is not shared",
        whole(changed(ALT="AT")),
        harmless="it is read as the replacement of bases that it is",
        mended=whole(changed(POS="42329642", REF=f"{BEFORE}G", ALT=f"{BEFORE}AT")),
    )
    group = "AlternateAllelesBodyError"
    for what, value in {
        "no bases": "Q",
        "an empty one": "A,",
        "a dot beside others": "A,.",
        "the same as REF": "G",
        "a symbol of an unknown type": "<ODD:X>",
        "a symbol not closed": "<DEL",
        "a breakend without place": "A[chr1[",
        "a breakend not closed": "A[chr1:5",
    }.items():
        yield Check(group, what, whole(changed(ALT=value)), (RECORD, "ALT"))
    block = whole(changed(ALT="A,<*>", P="0/1:20,20,0:40:99:500,0,500,500,500,500"))
    why = "the genotype is read as it stands"
    yield Check(group, "<*> and no genotype of it", block, harmless=why)
    group = "NormalizationError"
    yield Check(group, "REF and ALT the same", whole(changed(ALT="G")), (RECORD, "ALT"))
    yield Check(group, "REF empty", whole(changed(REF="")), (RECORD, "REF"))
    yield Check(group, "ALT empty", whole(changed(ALT="")), (RECORD, "ALT"))
    group = "DuplicationError"
    yield Check(group, "a record twice", _two_records(CARRIED, CARRIED), ("record 4", "ALT"))
    other = sample_cell(GT="0/0")
    yield Check(group, "with another genotype", _two_records(CARRIED, other), ("record 4", "ALT"))
    two = changed(ALT="A,T", P="0/1:20,20,0:40:99:500,0,500,500,500,500")
    yield Check(group, "in a record of two ALTs", _two_records(two, CARRIED), ("record 4", "ALT"))
    yield Check(group, "within a record", whole(changed(ALT="A,A")), (RECORD, "ALT"))


def _quality() -> Iterator[Check]:
    group = "QualityBodyError"
    yield Check(group, "no number", whole(changed(QUAL="high")), (RECORD, "QUAL: "))
    yield Check(group, "negative", whole(changed(QUAL="-10")), (RECORD, "QUAL"))
    group = "FilterBodyError"
    for what, value in {
        "0": "0",
        "empty": "",
        "an empty word": "PASS;",
        "0 beside others": "q10;0",
        "a dot beside others": "q10;.",
        "a blank": "q10 s50",
    }.items():
        yield Check(group, what, whole(changed(FILTER=value)), (RECORD, "FILTER"))
    why = "a filter fails once, however often it is named"
    twice, once = whole(changed(FILTER="q10;q10")), whole(changed(FILTER="q10"))
    yield Check(group, "twice", twice, harmless=why, mended=once)


def _infos() -> Iterator[Check]:
    group = "InfoBodyError"
    claim = f"{DELETION};SVCLAIM=DJ"
    for what, key, info in (
        ("a key twice", "END", f"{claim};END=42340000"),
        ("END is no number", "END", claim.replace("END=42330000", "END=far")),
        ("END before POS", "END", claim.replace("END=42330000", "END=42000000")),
        ("END without value", "END", claim.replace("END=42330000", "END")),
        ("SVLEN is no number", "SVLEN", claim.replace("-357", "long")),
        ("SVLEN of another count", "SVLEN", claim.replace("-357", "-357,-1")),
        ("SVLEN against END", "END", claim.replace("-357", "-90000")),
        ("SVTYPE unknown", "SVTYPE", claim.replace("SVTYPE=DEL", "SVTYPE=ODD")),
        ("SVCLAIM unknown", "SVCLAIM", claim.replace("=DJ", "=X")),
        ("CIPOS not around 0", "CIPOS", f"{claim};CIPOS=5,10"),
        ("CIEND of one value", "CIEND", f"{claim};CIEND=5"),
        ("CN is no number", "CN", f"{claim};CN=many"),
        ("a flag with a value", "IMPRECISE", f"{claim};IMPRECISE=no"),
    ):
        yield Check(group, what, _structural(info), (RECORD, f"INFO {key}"))
    yield Check(
        group, "no SVLEN and no END", _structural("SVTYPE=DEL"), (RECORD, "INFO", "how far")
    )
    for what, info, why in (
        ("no SVCLAIM", DELETION, "no claim is read, then"),
        ("SVLEN with the other sign", claim.replace("-357", "357"), "either sign is a length"),
        ("CIPOS and no IMPRECISE", f"{claim};CIPOS=-5,5", "an allele is judged as written"),
    ):
        mended = _structural(claim)
        yield Check(group, what, _structural(info), harmless=why, mended=mended)
    harmless = {
        "END not that of REF": (
            whole(changed(INFO="END=42329700"), header=(*HEADER, _END)),
            "no END is read beside plain bases",
        ),
        "blanks in a value": (_info("XX=a b"), NOT_READ),
        "an empty entry": (_info("AC=1;;DB"), "it says nothing"),
    }
    for what, (content, why) in harmless.items():
        yield Check(group, what, content, harmless=why)
    for key, value in {
        "AA": "A,C",
        "AC": "many",
        "AD": "1",
        "AF": "2",
        "AN": "x",
        "BQ": "x",
        "CIGAR": "3Q",
        "DB": "x",
        "DP": "x",
        "HOMLEN": "x",
        "MEINFO": "x",
        "METRANS": "x",
        "MQ": "1,2",
        "NS": "x",
        "RN,RUS,RUL": "x",
        "RUC,CIRUC": "x",
        "RB,CIRB": "x",
        "RUB": "x",
        "CICN": "1",
    }.items():
        info = ";".join(f"{each}={value}" for each in key.split(","))
        yield Check(group, f"{key.replace(',', ', ')} malformed", _info(info), harmless=NOT_READ)


_END = '##INFO=<ID=END,Number=1,Type=Integer,Description="x">'


_MALFORMED = {
    "GL": "x",
    "GP": "2",
    "PQ": "x",
    "DS": "x",
    "CNQ": "x",
    "HQ": "1",
    "PSL": "a",
    "PSQ": "x",
}


def _samples() -> Iterator[Check]:
    group = "FormatBodyError"
    behind = whole(changed(FORMAT="DP:GT", P="40:0/1"))
    yield Check(group, "GT is not the first key", behind, (RECORD, "FORMAT"))
    twice = whole(changed(FORMAT="GT:AD:AD", P="0/1:20,20:20,20"))
    yield Check(group, "a key twice", twice, (RECORD, "FORMAT"))
    unlike = whole(changed(FORMAT="GT:AD:AD", P="0/1:20,20:40,0"))
    yield Check(group, "a key twice with two values", unlike, (RECORD, "AD", "FORMAT"))
    for what, key in {"no letter": "1-X", "empty": "", "a blank": "A D"}.items():
        odd = whole(changed(FORMAT=f"GT:{key}", P="0/1:1"))
        yield Check(group, f"a key of {what}", odd, (RECORD, "FORMAT"))
    lone = whole(changed(FORMAT="GT:CICN", P="0/1:-1,1"))
    yield Check(group, "CICN without CN", lone, harmless=NOT_READ)
    group = "SamplesBodyError"
    wide = whole(f"{CARRIED}\t0/0")
    yield Check(group, "a column too many", wide, (RECORD, "sample columns"))
    narrow = whole(CARRIED.rpartition("\t")[0])
    yield Check(group, "a column too few", narrow, (RECORD, "sample columns"))
    more = whole(f"{CARRIED}:7")
    yield Check(group, "more values than keys", more, (RECORD, "FORMAT"))
    group = "SamplesFieldBodyError"
    for what, key, value in (
        ("GT with an empty allele", "GT", "0/"),
        ("GT empty", "GT", ""),
        ("GT of letters", "GT", "0/A"),
        ("GT negative", "GT", "0/-1"),
        ("GT names an allele too many", "GT", "0/2"),
        ("AD of another count", "AD", "20"),
        ("AD with a count too many", "AD", "20,20,20"),
    ):
        yield Check(group, what, whole(sample_cell(**{key: value})), (RECORD, f"FORMAT {key}"))
    for what, key, value in (
        ("AD negative", "AD", "20,-20"),
        ("DP is no number", "DP", "many"),
        ("GQ is no number", "GQ", "high"),
    ):
        yield Check(group, what, whole(sample_cell(**{key: value})), (RECORD, f"{key}: "))
    yield Check(group, "PL of another count", whole(sample_cell(PL="1,2")), harmless=NOT_READ)
    for key, value in {
        "CNP": "2",
        "EC": "x",
        "MQ": "x",
        "PSO": "x",
    }.items():
        content = whole(changed(FORMAT=f"GT:{key}", P=f"0/1:{value}"))
        yield Check(group, f"{key} malformed", content, harmless=NOT_READ)
    for key, value in _MALFORMED.items():
        content = whole(changed(FORMAT=f"GT:{key}", P=f"0/1:{value}"))
        yield Check(group, f"{key} malformed", content, (RECORD, f"FORMAT {key}"))
    named = whole(changed(FORMAT="GT:PS", P="0|1:one"))
    yield Check(group, "PS is no number", named, harmless="a set may have any name")


def checks() -> tuple[Check, ...]:
    """Return all checks, class by class."""
    parts = (_meta, _header_section, _body, _alleles, _quality, _infos, _samples)
    return tuple(check for part in parts for check in part())
