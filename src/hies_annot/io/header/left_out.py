"""What a header says of variants that its file cannot hold: taken out, or never looked for.

Only what removes records for another cause than their quality counts: a consequence, a frequency,
a gene, a kind of variant; or regions to which it was cut (`header_regions`). So do genotypes that
were written where there was none.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Iterator

from hies_annot.io.header.called_kinds import kinds_not_called
from hies_annot.io.header.caller_nature import by_nature
from hies_annot.io.header.filter_expression import TEXTS, by_quality
from hies_annot.io.header.header_regions import regions_of
from hies_annot.model.census import REGION, VARIANT_KINDS, LeftOut

_GIVEN = re.compile(r"(?<=\s)(?:-n|--new-gt)[ =]?[\"']?(?:0|[mM]\b|c:[\"']?0)")
"""New genotypes of `bcftools +setGT` that call the reference, or the commoner allele."""
_BCFTOOLS = re.compile(r"##bcftools[_/]\+?[\w-]+Command=(?:plugin )?\+?([\w-]+) (.*)")
_SNPSIFT = re.compile(r'##SnpSiftCmd="SnpSift filter (.*)"', re.IGNORECASE)
_ONE_EXPRESSION = {
    "vcffilter": re.compile(r'##filter="([^"]*?)(?: genotypes filtered with:.*)?"'),
    "vembrane filter": re.compile(r"##vembraneCmd=(?:vembrane )?filter (.*)"),
    "VEP": re.compile(r"##VEP-command-line=.*(--(?:coding_only|filter_common|check_frequency))\b"),
    "RTG vcffilter": re.compile(
        r"##CL=vcffilter .*(--(?:(?:non-)?snps-only|(?:in|ex)clude-vcf|remove-hom))\b"
    ),
    "vcftools": re.compile(
        r"##[\w.]*(?:command|cmd)[\w.]*=.*\bvcftools .*(--(?:remove-indels|keep-only-indels|maf"
        r"|max-maf|mac|max-mac|max-alleles|thin|hwe|snps?|exclude|(?:exclude-)?positions))\s",
        re.IGNORECASE,
    ),
}
"""Tools with one expression, or an option that stands for one."""
_GATK = re.compile(
    r'##GATKCommandLine(?:\.SelectVariants)?=<ID=SelectVariants,.*CommandLine(?:Options)?="(.*)"'
)
_GATK_OPTIONS = re.compile(
    r"(?:--select-type-to-|selectTypeTo)(?:(?P<kind>include|exclude)[ =](?P<value>\S+))"
    r"|(?:(?P<name>--selectExpressions|-select|select_expressions|--concordance|--discordance"
    r"|--keep-ids|--max-indel-size(?! 2147483647)|--mendelian-violation(?= true)"
    r"|--restrict-alleles-to(?= (?:BI|MULTI))|--select-random-fraction(?! 0(?:\.0)?(?: |$))))[ =]"
    r"(?P<other>.*?)(?= --| [a-zA-Z_]+=|$)",
    re.IGNORECASE,
)
_BY_EXPRESSION = ("--selectexpressions", "-select", "select_expressions")
_SELECTING = frozenset(
    (
        *("-k", "--known", "-n", "--novel", "-x", "--private", "-X", "--exclude-private"),
        *("-p", "--phased", "-u", "--uncalled", "-q", "--min-af", "-Q", "--max-af"),
        *("-C", "--max-ac", "-g", "--genotype"),
    )
)
"""Options of bcftools view that take out records for another cause than quality."""
_AT_LEAST = ("-c", "--min-ac")
_CHOOSING = {
    "prune": re.compile(""),
    "mendelian": re.compile(r"\s(?:-l ?|--list[ =])"),
    "mendelian2": re.compile(r"\s(?:-m ?|--mode[ =])[acd]*[^acd\s]"),
}
"""Plugins of bcftools that take out records of a low frequency, or by the parents' genotypes."""
_ANY_CARRIER = re.compile(r"[01](?::(?:nref|alt1))?")
_WITH_EXPRESSIONS = frozenset({"view", "filter", "annotate", "split-vep", "filter-vep"})
"""Tools of bcftools that take out what an expression names, unless an option says otherwise."""
_ALLELES = ("-M", "--max-alleles")
_PARTED = re.compile(
    r"##(?:bcftools_normCommand=.*(?:-m ?|--multiallelics[ =])-|INFO=<ID=OLD_MULTIALLELIC)"
)
"""A header of a file of which each record was made to have one ALT."""
_EXPRESSIONS = ("-i", "--include", "-e", "--exclude")
_KEPT = {
    "filter": frozenset({"-s", "--soft-filter", "-S", "--set-GTs"}),
    "annotate": frozenset({"-k", "--keep-sites"}),
}
"""Options with which an expression takes nothing out."""
_SET_REFERENCE = re.compile(r"\s(?:-S ?|--set-GTs[ =])0(?=\s|$)")
"""Of bcftools filter: genotypes that fail become the reference."""
_KINDS = {
    "view": {"-v": True, "--types": True, "-V": False, "--exclude-types": False},
    "call": {"-V": False, "--skip-variants": False},
}
"""Options that choose kinds of variants -> whether those named are kept."""
_FILES = re.compile(r"-f\b|/\S+|\S+\.vcf\S*")
_SHOWN = 80


def left_out(header: Iterable[str], has_kind: Callable[[str], bool]) -> tuple[LeftOut, ...]:
    """Return what a file cannot hold by its header.

    Args:
        header: the header lines.
        has_kind: whether the file holds `snps`, `indels` or `small` variants; a header that says
            that they were taken out is then that of a part, which was joined with the others.
    """
    lines = tuple(line for line in header if line.startswith("##"))
    found = list(by_nature(lines, has_kind))
    found += [
        LeftOut(
            f"its header says that genotypes were replaced by the reference: {step[:_SHOWN]}",
            selection=False,
            lacks="call",
        )
        for step in _replaced(lines)
    ]
    parted = any(map(_PARTED.match, lines))
    steps = (step for line in lines for step in _steps(line, has_kind, parted=parted))
    words = "its header says that records were taken out"
    found += [
        LeftOut(f"{words}: {step[:_SHOWN]}", selection=True, lacks=kind) for step, kind in steps
    ]
    found += [
        LeftOut(
            f"by its header its caller did not look for {kind}: {_ends(step)}",
            selection=True,
            lacks=kind,
        )
        for step, kind in kinds_not_called(lines)
        if not has_kind(kind)
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


def _ends(step: str) -> str:
    """Return a command by its begin and its end, where the option stands that matters."""
    return step if len(step) <= _SHOWN else f"{step[:30]} ... {step[-40:]}"


def _replaced(lines: Iterable[str]) -> Iterator[str]:
    """Yield each command that wrote a called genotype in the place of another one or of none."""
    for match in filter(None, map(_BCFTOOLS.match, lines)):
        tool, command = match[1], f" {match[2].split('; Date=')[0]}"
        set_to = {"setGT": _GIVEN, "filter": _SET_REFERENCE}.get(tool)
        if tool == "missing2ref" or (set_to is not None and set_to.search(command)):
            yield f"bcftools {tool}{command}"


def _steps(
    line: str, has_kind: Callable[[str], bool], *, parted: bool
) -> Iterator[tuple[str, str]]:
    """Yield each step that took records out, and the kind of variants that is lacking by it."""
    if (match := _BCFTOOLS.match(line)) is not None:
        for name, value, kind in _of_bcftools(match[1], match[2].split("; Date=")[0], has_kind):
            if not (parted and name in _ALLELES):
                yield f"bcftools {match[1]} {name} {value}", kind
    elif (match := _GATK.match(line)) is not None:
        for text, kind in _of_gatk(match[1], has_kind):
            if not (parted and "--restrict-alleles-to" in text):
                yield text, kind
    else:
        yield from ((step, "") for step in _of_expressions(line))


def _of_expressions(line: str) -> Iterator[str]:
    """Yield the step of a tool that takes records out by an expression."""
    if (match := _SNPSIFT.match(line)) is not None:
        bare = _FILES.sub(" ", match[1])
        expressions = TEXTS.findall(bare) or [bare]
        if not all(by_quality(text.strip("'\"")) for text in expressions):
            yield f"SnpSift filter {match[1]}"
    for tool, pattern in _ONE_EXPRESSION.items():
        if (match := pattern.match(line)) is not None and not by_quality(match[1].strip("'\"")):
            yield f"{tool} {match[1]}"


def _of_bcftools(
    tool: str, command: str, has_kind: Callable[[str], bool]
) -> Iterator[tuple[str, str, str]]:
    options = list(_options(command))
    if tool == "isec" and not any(
        name.startswith(("-n", "--nfiles")) and "+1" in name + v for name, v in options
    ):
        yield "", command, ""
    if tool in _CHOOSING and _CHOOSING[tool].search(f" {command}"):
        yield "", command, ""
    soft = not _KEPT.get(tool, frozenset()).isdisjoint(name for name, _ in options)
    chosen = tool in _WITH_EXPRESSIONS and not soft
    for name, value in options:
        taken = tool == "view" and (name in _SELECTING or name in _ALLELES)
        taken |= tool == "view" and name in _AT_LEAST and not _ANY_CARRIER.fullmatch(value)
        taken |= tool == "split-vep" and name in ("-x", "--drop-sites")
        taken |= chosen and name in _EXPRESSIONS and not by_quality(value)
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
    found = list(_GATK_OPTIONS.finditer(command))
    included = ",".join(
        f"{match['value']}s" for match in found if (match["kind"] or "").lower() == "include"
    )
    for match in found:
        kept = (match["kind"] or "").lower()
        value = (match["value"] or match["other"]).strip("[]")
        if value in ("", "null"):
            continue
        words = f"SelectVariants {match[0]}"
        if match["kind"] is not None:
            named = included if kept == "include" else f"{value}s"
            kinds = _lacking(named, has_kind, kept=kept == "include")
            yield from ((words, kind) for kind in kinds)
        elif match["name"].lower() not in _BY_EXPRESSION or not by_quality(value):
            yield words, ""


def _lacking(kinds: str, has_kind: Callable[[str], bool], *, kept: bool) -> Iterator[str]:
    """Yield `snps` and `indels` where a choice of kinds leaves them out, and the file has none."""
    named = set(kinds.lower().split(","))
    for kind in VARIANT_KINDS:
        if (kind in named) is not kept and not has_kind(kind):
            yield kind
