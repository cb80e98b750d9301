"""What a header says of variants that its file cannot hold: taken out, or never looked for.

Only what removes records for another cause than their quality counts: a consequence, a frequency,
a gene, a kind of variant; or regions to which it was cut (`header_regions`).
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Iterator

from hies_annot.io.header_regions import regions_of
from hies_annot.model.census import REGION, VARIANT_KINDS, LeftOut

_SOMATIC = re.compile(
    r"##(?:tumor_sample=|content=strelka somatic|INFO=<ID=SOMATIC,"
    r"|FILTER=<ID=(?:germline|germline_risk|nonsomatic),|SentieonCommandLine\.TN"
    r"|DRAGENCommandLine=.*--tumor-|octopus=.*(?:-C|--caller) cancer"
    r"|source=.*(?:mutect|muse\b|somatic|clairs))",
    re.IGNORECASE,
)
_ARRAY = re.compile(
    r"##(?:INFO=<ID=BEADSET_ID,|FORMAT=<ID=(?:LRR|IGC|NORMX),|source=.*(?:gtc2vcf|23andme)"
    r"|bcftools_convertCommand=.*--tsv2vcf)",
    re.IGNORECASE,
)
_IMPUTED = re.compile(
    r"##(?:INFO=<ID=(?:DR2|IMPUTED|TYPED_ONLY|IMP,Number=0),?"
    r"|source=.*(?:beagle|minimac|impute|glimpse|quilt|stitch))",
    re.IGNORECASE,
)
_NATURES = (
    (_SOMATIC, "it is of a somatic caller, which leaves germline variants out"),
    (_ARRAY, "its genotypes are those of an array, which looks at its probes only"),
    (_IMPUTED, "its genotypes are imputed, which tells of common variants only"),
)
_GIVEN_ALLELES = re.compile(
    r"##(?:GATKCommandLine.*\bgenotyping.?mode[ =]GENOTYPE_GIVEN_ALLELES"
    r"|bcftools_callCommand=.*(?:-C|--constrain)[ =]?alleles"
    r"|command_?line=.*freebayes.*(?:--only-use-input-alleles| -l ))",
    re.IGNORECASE,
)
_GENOTYPED = "it has the alleles of a list only, by its header"
_VEP = re.compile(r"##VEP-command-line=.*(--(?:coding_only|filter_common|check_frequency))\b")
_VEMBRANE = re.compile(r"##vembraneCmd=(?:vembrane )?filter (.*)")
_BCFTOOLS = re.compile(
    r"##bcftools[_/]\+?(view|filter|call|annotate|isec|split-vep|filter-vep)Command=\+?[\w-]+ (.*)"
)
_SNPSIFT = re.compile(r'##SnpSiftCmd="SnpSift filter (.*)"', re.IGNORECASE)
_VCFFILTER = re.compile(r'##filter="([^"]*?)(?: genotypes filtered with:.*)?"')
_GATK = re.compile(
    r'##GATKCommandLine(?:\.SelectVariants)?=<ID=SelectVariants,.*CommandLine(?:Options)?="(.*)"'
)
_GATK_OPTIONS = re.compile(
    r"(?:--select-type-to-|selectTypeTo)(?:(?P<kind>include|exclude)[ =](?P<value>\S+))"
    r"|(?:(?P<name>--selectExpressions|-select|select_expressions|--concordance|--discordance"
    r"|--keep-ids|--max-indel-size|--restrict-alleles-to|--mendelian-violation))[ =]"
    r"(?P<other>.*?)(?= --| [a-zA-Z_]+=|$)",
    re.IGNORECASE,
)
_UNUSED = ("", "null", "all", "false", "2147483647")
"""Values of GATK's options that take nothing out; it writes those that nobody has set, too."""
_SELECTING = frozenset(
    (
        *("-k", "--known", "-n", "--novel", "-x", "--private", "-X", "--exclude-private"),
        *("-p", "--phased", "-q", "--min-af", "-Q", "--max-af", "-C", "--max-ac"),
        *("-g", "--genotype"),
    )
)
"""Options of bcftools view that take out records for another cause than quality."""
_ALLELES = ("-M", "--max-alleles")
_PARTED = re.compile(
    r"##(?:bcftools_normCommand=.*(?:-m ?|--multiallelics[ =])-|INFO=<ID=OLD_MULTIALLELIC)"
)
"""A header of a file of which each record was made to have one ALT."""
_EXPRESSIONS = ("-i", "--include", "-e", "--exclude")
_SOFT = ("-s", "--soft-filter", "-S", "--set-GTs")
_KEPT_SITES = ("-k", "--keep-sites")
_ANY_FILE = re.compile(r"\+?1$")
"""Value of `isec -n` by which nothing is lost."""
_KINDS = {
    "view": {"-v": True, "--types": True, "-V": False, "--exclude-types": False},
    "call": {"-V": False, "--skip-variants": False},
}
"""Options that choose kinds of variants -> whether those named are kept."""
_TEXTS = re.compile(r"\"[^\"]*\"|'[^']*'")
_FILES = re.compile(r"-f\b|/\S+|\S+\.vcf\S*")
_CALLED = re.compile(r"GT\s*!?[=~]+\s*[\"'](?:ref|alt|mis|RR|[0.][/|][0.]|\.)[\"']")
_WORDS = re.compile(r"%?[A-Za-z_](?:[\w.]|/[A-Za-z_])*")
_PLACES = re.compile(r"^(?:%|INFO[./]|FORMAT[./]|FMT[./])+", re.IGNORECASE)
_QUALITY = frozenset(
    (
        *("qual", "filter", "ft", "dp", "gq", "ad", "adf", "adr", "vaf", "mq", "mq0", "mq0f", "qd"),
        *("fs", "sor", "sb", "vdb", "rpb", "mqb", "bqb", "mqsb", "idv", "imf", "dp4", "pl", "gl"),
        *("mqranksum", "readposranksum", "baseqranksum", "vqslod", "min_dp", "tlod", "sap", "rpr"),
        *("saf", "sar", "rpl", "ao", "ro", "ab", "mqm", "mqmr", "an", "ac", "alt", "n_missing"),
        *("f_missing", "n_pass", "f_pass", "n_alt", "min", "max", "mean", "median", "avg", "sum"),
        *("count", "abs", "smpl_max", "smpl_min", "smpl_mean", "smpl_sum", "na", "has", "exists"),
        *("isvariant", "countvariant", "isref", "pass", "info", "format", "fmt", "gen", "all"),
    )
)
"""What tells how well a variant was seen, and the functions of expressions."""
_SHOWN = 80


def left_out(header: Iterable[str], has_kind: Callable[[str], bool]) -> tuple[LeftOut, ...]:
    """Return what a file cannot hold by its header.

    Args:
        header: the header lines.
        has_kind: whether the file holds `snps` or `indels`; a header that says that they were
            taken out is then that of a part, which was joined with the others.
    """
    lines = tuple(line for line in header if line.startswith("##"))
    found = [
        LeftOut(words, selection=False, lacks="germline")
        for pattern, words in (*_NATURES, (_GIVEN_ALLELES, _GENOTYPED))
        if any(map(pattern.match, lines))
    ]
    parted = any(map(_PARTED.match, lines))
    steps = (step for line in lines for step in _steps(line, has_kind, parted=parted))
    words = "its header says that records were taken out"
    found += [
        LeftOut(f"{words}: {step[:_SHOWN]}", selection=True, lacks=kind) for step, kind in steps
    ]
    found += [
        LeftOut(
            f"its header says that it was cut to {each.text[:_SHOWN]}",
            selection=True,
            lacks=REGION,
            regions=each.regions,
        )
        for each in regions_of(lines)
        if each.regions or each.cut
    ]
    return tuple(dict.fromkeys(found))


def is_somatic(header: Iterable[str]) -> bool:
    """Whether a header is that of a somatic caller."""
    return any(map(_SOMATIC.match, header))


def _steps(
    line: str, has_kind: Callable[[str], bool], *, parted: bool
) -> Iterator[tuple[str, str]]:
    """Yield each step that took records out, and the kind of variants that is lacking by it."""
    if (match := _BCFTOOLS.match(line)) is not None:
        for name, value, kind in _of_bcftools(match[1], match[2].split("; Date=")[0], has_kind):
            if not (parted and name in _ALLELES):
                yield f"bcftools {match[1]} {name} {value}", kind
    elif (match := _GATK.match(line)) is not None:
        yield from _of_gatk(match[1], has_kind)
    elif (match := _SNPSIFT.match(line)) is not None:
        bare = _FILES.sub(" ", match[1])
        expressions = _TEXTS.findall(bare) or [bare]
        if not all(_by_quality(text.strip("'\"")) for text in expressions):
            yield f"SnpSift filter {match[1]}", ""
    elif (match := _VCFFILTER.match(line)) is not None and not _by_quality(match[1]):
        yield f"vcffilter {match[1]}", ""
    elif (match := _VEMBRANE.match(line)) is not None and not _by_quality(match[1].strip("'\"")):
        yield f"vembrane filter {match[1]}", ""
    elif (match := _VEP.match(line)) is not None:
        yield f"VEP {match[1]}", ""


def _of_bcftools(
    tool: str, command: str, has_kind: Callable[[str], bool]
) -> Iterator[tuple[str, str, str]]:
    options = list(_options(command))
    soft = any(name in _SOFT for name, _ in options)
    soft |= tool == "annotate" and any(name in _KEPT_SITES for name, _ in options)
    if tool == "isec":
        found = [value for name, value in options if name in ("-n", "--nfiles")]
        if not any(map(_ANY_FILE.match, found)):
            yield "", command.strip(), ""
        return
    for name, value in options:
        taken = tool == "view" and (name in _SELECTING or name in _ALLELES)
        taken |= tool != "call" and name in _EXPRESSIONS and not soft and not _by_quality(value)
        kept = _KINDS.get(tool, {}).get(name)
        if taken:
            yield name, value, ""
        elif kept is not None:
            yield from ((name, value, kind) for kind in _lacking(value, has_kind, kept=kept))


def _options(command: str) -> Iterator[tuple[str, str]]:
    """Yield each option with what follows it, a value or not."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = command.split()
    for word, following in zip(words, (*words[1:], ""), strict=True):
        if word.startswith("--"):
            name, given, value = word.partition("=")
            yield name, value if given else following
        elif word.startswith("-"):
            yield word[:2], word[2:] or following
            if word[1:].isalpha():  # options without a value may stand together: -mV indels
                yield from ((f"-{letter}", following) for letter in word[2:])


def _of_gatk(command: str, has_kind: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    for match in _GATK_OPTIONS.finditer(command):
        kept = (match["kind"] or "").lower()
        value = (match["value"] or match["other"]).strip("[]")
        if value.lower() in _UNUSED:
            continue
        words = f"SelectVariants {match[0]}"
        if match["kind"] is not None:
            kinds = _lacking(f"{value.lower()}s", has_kind, kept=kept == "include")
            yield from ((words, kind) for kind in kinds)
        elif "select" not in match["name"].lower() or not _by_quality(value):
            yield words, ""


def _lacking(kinds: str, has_kind: Callable[[str], bool], *, kept: bool) -> Iterator[str]:
    """Yield `snps` and `indels` where a choice of kinds leaves them out, and the file has none."""
    named = set(kinds.lower().split(","))
    for kind in VARIANT_KINDS:
        if (kind in named) is not kept and not has_kind(kind):
            yield kind


def _by_quality(expression: str) -> bool:
    """Whether an expression speaks of nothing but how well variants were seen."""
    bare = _TEXTS.sub(" ", _CALLED.sub(" ", expression))
    words = (_PLACES.sub("", word).lower() for word in _WORDS.findall(bare))
    return all(word in _QUALITY for word in words)
