"""Faults of a VCF, one at a time, placed at a record that matters: name -> the bytes of the file.

The ground is one person with STAT3 p.Arg382Trp in one copy, a ZNF341 site that is reference, and
records elsewhere. Each fault changes one thing of it. `docs/robustness.md` lists what comes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

HEADER = (
    "##fileformat=VCFv4.3",
    '##FILTER=<ID=PASS,Description="All filters passed">',
    "##contig=<ID=chr1,length=248956422>",
    "##contig=<ID=chr17,length=83257441>",
    "##contig=<ID=chr20,length=64444167>",
    '##INFO=<ID=AC,Number=A,Type=Integer,Description="Alleles">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">',
    '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">',
    '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Quality">',
    '##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Likelihoods">',
    '##FORMAT=<ID=PS,Number=1,Type=Integer,Description="Phase set">',
)
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP"
FIELDS = COLUMNS[1:].split("\t")
CARRIED = "chr17\t42329643\trs1\tG\tA\t60\tPASS\tAC=1\tGT:AD:DP:GQ:PL\t0/1:20,20:40:99:500,0,500"
RECORDS = (
    "chr1\t1000\t.\tA\tG\t60\tPASS\tAC=1\tGT:AD:DP:GQ:PL\t0/1:20,20:40:99:500,0,500",
    "chr17\t42316899\t.\tG\tA\t60\tPASS\tAC=0\tGT:AD:DP:GQ:PL\t0/0:40,0:40:99:0,99,900",
    CARRIED,
    "chr17\t80000000\t.\tA\tG\t60\tPASS\tAC=1\tGT:AD:DP:GQ:PL\t0/1:20,20:40:99:500,0,500",
    "chr20\t33753265\t.\tC\tT\t60\tPASS\tAC=0\tGT:AD:DP:GQ:PL\t0/0:40,0:40:99:0,99,900",
    "chr20\t60000000\t.\tA\tG\t60\tPASS\tAC=1\tGT:AD:DP:GQ:PL\t0/1:20,20:40:99:500,0,500",
)
AT = RECORDS.index(CARRIED)

REF_ALT = ("REF", "ALT")
MARKS = {"a blank": " ", "nothing": "", "two tabs": "\t\t", "a comma": ","}
Fault = Callable[[], bytes]

NOT_NUMBERS = {
    "nothing": "",
    "a blank": " ",
    "a word": "many",
    "nan": "nan",
    "inf": "inf",
    "-inf": "-inf",
    "minus": "-",
    "superscript": "4²",
    "Arabic digits": "٤٠",
    "full-width digits": "\uff14\uff10",
    "Roman numeral": "Ⅳ",
    "thousands comma": "1,000",
    "decimal comma": "4,5",
    "underscore": "4_0",
    "hexadecimal": "0x28",
    "two numbers": "40 40",
    "5,000 digits": "9" * 5000,
    "64-bit overflow": "18446744073709551617",
    "32-bit overflow": "4294967297",
    "32-bit border": "2147483648",
    "BCF missing": "-2147483648",
    "BCF end of vector": "-2147483647",
    "minus one": "-1",
    "zero": "0",
    "a fraction": "40.5",
    "an exponent": "4e1",
    "1e400": "1e400",
    "-1e400": "-1e400",
    "quotation marks": '"40"',
    "NUL": "4\x000",
    "escape": "4\x1b[31m0",
    "no-break space": "40\u00a0",
    "zero-width space": "40\u200b",
    "right-to-left mark": "40\u202e",
    "percent": "40%",
}
NOT_TEXT = {
    "nothing": "",
    "a blank": " ",
    "a dot and more": "..",
    "NUL": "A\x00",
    "bell": "A\x07",
    "escape": "A\x1b[2J",
    "quotation mark": 'A"',
    "angle": "<",
    "formula": "=1+1",
    "markup": "<img src=x onerror=alert(1)>",
    "right-to-left mark": "\u202eA",
    "emoji": "🧬",
    "50,000 characters": "A" * 50_000,
    "a semicolon": ";",
    "a colon": ":",
    "a comma": ",",
    "two commas": "A,,G",
    "a path": "../../etc/passwd",
}
ALLELES = {
    "lower case": "a",
    "an IUPAC code": "R",
    "N": "N",
    "U for T": "U",
    "a digit": "1",
    "a star": "*",
    "a star in brackets": "<*>",
    "an open bracket": "<DEL",
    "a closed bracket": "DEL>",
    "a symbol without brackets": "DEL",
    "an unknown symbol": "<WHATEVER>",
    "an empty symbol": "<>",
    "an open breakend": "A[chr1:5",
    "an empty breakend": "A[[",
    "a breakend to nowhere": "A[chr99:5[",
    "a breakend without place": "A[chr1[",
    "the reference": "G",
    "a comma at the end": "A,",
    "a comma before": ",A",
    "twice": "A,A",
    "a dot beside": "A,.",
    "a slash": "A/G",
    "a gap": "A-",
    "NON_REF": "<NON_REF>",
}
GENOTYPES = {
    "three alleles": "0/1/1",
    "five alleles": "0/1/1/0/1",
    "a half": "./1",
    "the other half": "1/.",
    "nothing known": "./.",
    "a dot": ".",
    "one allele": "1",
    "an allele that is not there": "0/2",
    "a far allele": "0/99",
    "a negative allele": "0/-1",
    "a letter": "0/A",
    "a slash at the end": "0/1/",
    "a slash before": "/0/1",
    "a bar before": "|0/1",
    "two slashes": "0//1",
    "a backslash": "0\\1",
    "a blank": "0 /1",
    "mixed marks": "0/1|0",
    "letters as genotype": "G/A",
    "words": "het",
    "quotation marks": '"0/1"',
    "an apostrophe": "'0/1",
    "a date": "1-Jan",
    "an overflowing allele": "0/4294967297",
    "superscript": "0/¹",
    "Arabic digit": "0/\u0661",
    "300 alleles": "/".join(["0"] * 299 + ["1"]),
}
COUNTS = {
    "one of two": "20",
    "three of two": "20,20,20",
    "one negative": "20,-20",
    "both negative": "-20,-20",
    "one missing": "20,.",
    "the reference missing": ".,20",
    "all missing": ".,.",
    "a comma at the end": "20,20,",
    "nothing between": ",",
    "semicolon": "20;20",
    "a slash": "20/20",
    "no reads at all": "0,0",
    "a word": "many,20",
    "a fraction": "20.5,19.5",
    "nan": "nan,20",
    "inf": "inf,20",
    "overflow": "4294967297,20",
    "5,000 digits": f"20,{'9' * 5000}",
    "superscript": "2²,20",
    "more than the depth": "900,900",
}


def text(lines: Iterator[str] | tuple[str, ...] | list[str], end: str = "\n") -> bytes:
    return "".join(f"{line}{end}" for line in lines).encode("utf-8", "surrogateescape")


def whole(
    record: str | None = CARRIED, header: tuple[str, ...] = HEADER, columns: str = COLUMNS
) -> bytes:
    """Return the file with another record in the place of the carried one; None: without it."""
    records = [*RECORDS[:AT], *([] if record is None else [record]), *RECORDS[AT + 1 :]]
    return text([*header, columns, *records])


def changed(**cells: str) -> str:
    """Return the carried record with other cells, by the name of the column."""
    found = dict(zip(FIELDS, CARRIED.split("\t"), strict=True)) | cells
    return "\t".join(found[name] for name in FIELDS)


def sample_cell(**values: str) -> str:
    """Return the carried record with other values of its sample, by FORMAT key."""
    now = dict(
        zip(
            ["GT", "AD", "DP", "GQ", "PL"],
            CARRIED.rsplit("\t", maxsplit=1)[-1].split(":"),
            strict=True,
        )
    )
    return changed(P=":".join((now | values).values()))


def _fields() -> Iterator[tuple[str, Fault]]:
    for kinds, names in ((NOT_NUMBERS, ("POS", "QUAL")), (NOT_TEXT, FIELDS), (ALLELES, REF_ALT)):
        for what, value in kinds.items():
            for name in names:
                if changed(**{name: value}) != CARRIED:
                    yield f"{name}: {what}", lambda n=name, v=value: whole(changed(**{n: v}))


def _values() -> Iterator[tuple[str, Fault]]:
    kinds = ((NOT_NUMBERS, ("DP", "GQ")), (GENOTYPES, ("GT",)), (COUNTS, ("AD",)))
    for values, keys in kinds:
        for what, value in values.items():
            for key in keys:
                yield f"FORMAT {key}: {what}", lambda k=key, v=value: whole(sample_cell(**{k: v}))
    for what, value in NOT_NUMBERS.items():
        yield f"INFO AC: {what}", lambda v=value: whole(changed(INFO=f"AC={v}"))


def _records() -> Iterator[tuple[str, Fault]]:
    cells = CARRIED.split("\t")
    for number in range(1, len(cells)):
        yield f"record: ends before {FIELDS[number]}", lambda n=number: whole("\t".join(cells[:n]))
        for what, mark in {
            "a blank": " ",
            "nothing": "",
            "two tabs": "\t\t",
            "a comma": ",",
        }.items():
            yield (
                f"record: {what} for the tab before {FIELDS[number]}",
                lambda n=number, m=mark: whole(
                    m.join(("\t".join(cells[:n]), "\t".join(cells[n:])))
                ),
            )
    more = {
        "a column too many": f"{CARRIED}\t0/0:40,0:40:99:0,99,900",
        "a tab at the end": f"{CARRIED}\t",
        "a tab before": f"\t{CARRIED}",
        "blanks before": f"  {CARRIED}",
        "a blank at the end": f"{CARRIED} ",
        "all blanks for tabs": CARRIED.replace("\t", " "),
        "commas for tabs": ",".join(cells[:3]) + ",".join(cells[3:]),
        "semicolons for tabs": CARRIED.replace("\t", ";"),
        "twice": f"{CARRIED}\n{CARRIED}",
        "twice with other genotypes": f"{CARRIED}\n{sample_cell(GT='0/0')}",
        "twice, first reference": f"{sample_cell(GT='0/0')}\n{CARRIED}",
        "commented out": f"#{CARRIED}",
        "commented out twice": f"##{CARRIED}",
        "behind a blank line": f"\n{CARRIED}",
        "behind a comment": f"# by hand\n{CARRIED}",
        "behind a header line": f"{COLUMNS}\n{CARRIED}",
        "behind another header": "\n".join((*HEADER, COLUMNS, CARRIED)),
        "out of order": f"{RECORDS[3]}\n{CARRIED}",
        "after another chromosome": f"{RECORDS[4]}\n{CARRIED}",
        "in quotation marks": f'"{CARRIED}"',
        "cells in quotation marks": "\t".join(f'"{cell}"' for cell in cells),
        "with a carriage return": f"{CARRIED}\r",
        "carriage returns for line ends": f"{CARRIED}\r{RECORDS[3]}",
        "a form feed": f"{CARRIED}\x0c",
        "a vertical tab": f"{CARRIED}\x0b",
        "a next-line mark": f"{CARRIED}\u0085",
        "a line separator": f"{CARRIED}\u2028",
        "a Latin-1 byte in ID": changed(ID="caf\udce9"),
        "a Latin-1 byte in INFO": changed(INFO="AC=1;X=\udce9"),
        "a Latin-1 byte in the sample": sample_cell(GQ="9\udce9"),
        "keys twice": changed(FORMAT="GT:AD:AD:GQ:PL"),
        "GT twice": changed(FORMAT="GT:GT:DP:GQ:PL", P="0/1:0/0:40:99:500,0,500"),
        "GT twice, carried last": changed(FORMAT="GT:GT:DP:GQ:PL", P="0/0:0/1:40:99:500,0,500"),
        "GT last": changed(FORMAT="AD:DP:GQ:PL:GT", P="20,20:40:99:500,0,500:0/1"),
        "GT in the middle": changed(FORMAT="AD:GT:DP:GQ:PL", P="20,20:0/1:40:99:500,0,500"),
        "no GT": changed(FORMAT="AD:DP:GQ:PL", P="20,20:40:99:500,0,500"),
        "gt in lower case": changed(FORMAT="gt:AD:DP:GQ:PL"),
        "blank in FORMAT": changed(FORMAT="GT: AD:DP:GQ:PL"),
        "FORMAT with commas": changed(FORMAT="GT,AD,DP,GQ,PL"),
        "more values than keys": changed(FORMAT="GT:AD", P="0/1:20,20:40:99"),
        "fewer values than keys": changed(P="0/1"),
        "PL of the wrong length": sample_cell(PL="500,0"),
        "PL of words": sample_cell(PL="a,b,c"),
        "PL against GT": sample_cell(PL="0,500,900"),
        "undeclared FORMAT key": changed(FORMAT="GT:AD:DP:GQ:QQ", P="0/1:20,20:40:99:1"),
        "undeclared INFO key": changed(INFO="AC=1;NEW=x"),
        "undeclared FILTER": changed(FILTER="odd"),
        "FILTER PASS and another": changed(FILTER="PASS;odd"),
        "FILTER 0": changed(FILTER="0"),
        "FILTER pass": changed(FILTER="pass"),
        "FILTER with commas": changed(FILTER="PASS,PASS"),
        "INFO END before POS": changed(INFO="AC=1;END=5"),
        "INFO END of words": changed(INFO="AC=1;END=far"),
        "INFO END past the contig": changed(INFO="AC=1;END=999999999"),
        "INFO key twice": changed(INFO="AC=1;AC=0"),
        "INFO without key": changed(INFO="=1"),
        "INFO of 2,000 keys": changed(INFO=";".join(f"K{n}={n}" for n in range(2_000))),
        "2,000 ALTs": changed(ALT="A," + ",".join("G" + "T" * n for n in range(1, 2_000))),
        "an ALT of 100,000 bases": changed(ALT="A," + "G" + "T" * 100_000),
        "a REF of 100,000 bases": changed(REF="G" + "T" * 100_000),
        "other contig in capitals": changed(CHROM="CHR17"),
        "contig without chr": changed(CHROM="17"),
        "contig unknown": changed(CHROM="chr17x"),
        "contig with a blank": changed(CHROM="chr17 "),
        "contig with a superscript": changed(CHROM="chr1⁷"),
        "REF of another base": changed(REF="C"),
        "REF of another base, in lower case": changed(REF="c"),
        "REF and ALT exchanged": changed(REF="A", ALT="G"),
        "the other strand": changed(REF="C", ALT="T"),
    }
    for what, record in more.items():
        yield f"record: {what}", lambda r=record: whole(r)


def _headers() -> Iterator[tuple[str, Fault]]:
    def contig(line: str) -> tuple[str, ...]:
        return tuple(line if "ID=chr17," in old else old for old in HEADER)

    def other(old: str, new: str) -> tuple[str, ...]:
        return tuple(line.replace(old, new) for line in HEADER)

    bare = tuple(line for line in HEADER if not line.startswith("##contig"))
    named = COLUMNS.split("\t")
    headers = {
        "no fileformat": HEADER[1:],
        "fileformat of words": ("##fileformat=VCF", *HEADER[1:]),
        "fileformat 3.3": ("##fileformat=VCFv3.3", *HEADER[1:]),
        "fileformat 9.9": ("##fileformat=VCFv9.9", *HEADER[1:]),
        "fileformat late": (*HEADER[1:], HEADER[0]),
        "nothing but columns": (),
        "no contig lines": bare,
        "contig without length": contig("##contig=<ID=chr17>"),
        "contig with another length": contig("##contig=<ID=chr17,length=83257442>"),
        "contig of the other build": contig("##contig=<ID=chr17,length=81195210>"),
        "contig length of words": contig("##contig=<ID=chr17,length=long>"),
        "contig length superscript": contig("##contig=<ID=chr17,length=8325744¹>"),
        "contig length negative": contig("##contig=<ID=chr17,length=-1>"),
        "contig length of 5,000 digits": contig(f"##contig=<ID=chr17,length={'9' * 5000}>"),
        "contig length zero": contig("##contig=<ID=chr17,length=0>"),
        "contig line open": contig("##contig=<ID=chr17,length=83257441"),
        "contig line empty": contig("##contig=<>"),
        "contig without ID": contig("##contig=<length=83257441>"),
        "contig twice": (*HEADER, "##contig=<ID=chr17,length=83257441>"),
        "contig twice, other length": (*HEADER, "##contig=<ID=chr17,length=5>"),
        "GT declared twice": (*HEADER, '##FORMAT=<ID=GT,Number=1,Type=Integer,Description="">'),
        "GT declared as a number": other("GT,Number=1,Type=String", "GT,Number=1,Type=Integer"),
        "GT not declared": tuple(old for old in HEADER if "ID=GT" not in old),
        "AD declared as text": other("AD,Number=R,Type=Integer", "AD,Number=.,Type=String"),
        "AD declared with one value": other("AD,Number=R", "AD,Number=1"),
        "a line without value": (*HEADER, "##"),
        "a line without key": (*HEADER, "##=x"),
        "a line with one #": (*HEADER, "#by hand"),
        "a blank line": (*HEADER, ""),
        "a line of 2 million characters": (*HEADER, "##x=" + "y" * 2_000_000),
        "a Latin-1 byte": (*HEADER, "##lab=caf\udce9"),
        "escape codes": (*HEADER, "##lab=\x1b[31mred"),
        "assembly of another species": (*HEADER, "##reference=file:///mm10.fa"),
        "100,000 lines": (*HEADER, *(f"##line{n}=x" for n in range(100_000))),
    }
    for what, lines in headers.items():
        yield f"header: {what}", lambda h=lines: whole(header=h)
    columns = {
        "no column line": None,
        "column line twice": f"{COLUMNS}\n{COLUMNS}",
        "column line in lower case": COLUMNS.lower(),
        "columns with blanks for tabs": COLUMNS.replace("\t", " "),
        "columns exchanged: REF and ALT": COLUMNS.replace("REF\tALT", "ALT\tREF"),
        "columns exchanged: POS and ID": COLUMNS.replace("POS\tID", "ID\tPOS"),
        "columns exchanged: FILTER and INFO": COLUMNS.replace("FILTER\tINFO", "INFO\tFILTER"),
        "columns without FORMAT": COLUMNS.replace("\tFORMAT", ""),
        "columns without QUAL": COLUMNS.replace("\tQUAL", ""),
        "columns without a sample": "\t".join(named[:-1]),
        "columns up to INFO": "\t".join(named[:-2]),
        "a sample too many": f"{COLUMNS}\tQ",
        "the sample twice": f"{COLUMNS}\tP",
        "an empty sample": "\t".join((*named[:-1], "")),
        "a sample of a blank": "\t".join((*named[:-1], " ")),
        "a sample with a carriage return": f"{COLUMNS}\r",
        "a tab at the end": f"{COLUMNS}\t",
        "a sample of markup": "\t".join((*named[:-1], "<script>alert(1)</script>")),
        "a sample of 5,000 characters": "\t".join((*named[:-1], "P" * 5000)),
        "a sample of Latin-1": "\t".join((*named[:-1], "caf\udce9")),
        "columns in quotation marks": "\t".join(f'"{name}"' for name in named),
        "two # before columns": f"#{COLUMNS}",
    }
    for what, line in columns.items():
        yield (
            f"header: {what}",
            lambda c=line: text([*HEADER, *RECORDS]) if c is None else whole(columns=c),
        )


def _files() -> Iterator[tuple[str, Fault]]:
    good = whole()
    cut = good.index(b"0/1:20,20", good.index(b"42329643"))
    middle = good.index(b"chr17\t42329643")
    files: Mapping[str, bytes] = {
        "BOM": b"\xef\xbb\xbf" + good,
        "UTF-16": good.decode().encode("utf-16"),
        "UTF-32": good.decode().encode("utf-32"),
        "line ends of Windows": good.replace(b"\n", b"\r\n"),
        "line ends of old Macs": good.replace(b"\n", b"\r"),
        "mixed line ends": good.replace(b"\nchr17", b"\r\nchr17"),
        "no line end at the end": good.rstrip(b"\n"),
        "cut in the record": good[: cut + 2],
        "cut in the genotype": good[: cut + 1],
        "cut before the record": good[:middle],
        "cut in POS": good[: middle + 10],
        "cut in the header": good[:100],
        "blank lines at the end": good + b"\n\n\n",
        "NULs at the end": good + bytes(512),
        "NULs in the middle": good[:middle] + bytes(64) + good[middle:],
        "words at the end": good + b"done.\n",
        "a second file behind": good + good,
        "empty": b"",
        "one line end": b"\n",
        "header only": text([*HEADER, COLUMNS]),
        "a table": b"sample\tvariant\nP\tR382W\n",
        "a page": b"<!doctype html><title>404 Not Found</title>",
        "JSON": b'{"variants": []}',
        "zeros": bytes(4096),
    }
    for what, content in files.items():
        yield f"file: {what}", lambda c=content: c


def faults() -> dict[str, Fault]:
    """Return all faults by name."""
    return dict([*_fields(), *_values(), *_records(), *_headers(), *_files()])
