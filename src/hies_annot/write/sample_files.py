"""The files of one sample, by the end of their names, and results as lines of a file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import MsgspecError, Struct
from msgspec.json import decode, encode
from msgspec.structs import asdict, fields

from hies_annot.errors import InputError, sentence_of
from hies_annot.io.atomic import replacing, write_text
from hies_annot.render.exchange.fhir import fhir_text
from hies_annot.render.exchange.phenopacket import phenopacket_text
from hies_annot.render.html import render_sample
from hies_annot.render.tables import sample_tsv
from hies_annot.results.contract import SampleResult
from hies_annot.results.contract_version import why_unreadable
from hies_annot.results.report_choice import gets_report
from hies_annot.results.sample_result import as_failed
from hies_annot.results.variant_contract import VariantResult
from hies_annot.settings.run_config import Also, Reports
from hies_annot.write.sample_vcf import write_sample_vcf

_USUAL: Mapping[str, object] = {
    field.name: field.default_factory() if callable(field.default_factory) else field.default
    for field in fields(VariantResult)
}
"""Field of a variant -> what it is where nothing else is said; NODEFAULT where it must be."""


class _Stated(Struct, frozen=True):
    """The version that a result states of itself."""

    schema_version: str | None = None


class SampleFile(NamedTuple):
    """One file: `what` is its line in the manual, `write` makes it whole or not at all."""

    what: str
    write: Callable[[SampleResult, Path], object]


def result_json(result: SampleResult, *, lines: bool = False) -> str:
    """Return a result as JSON, on one line or with one line a variant.

    Reference blocks carry only the fields that they have. With lines the plan is left out: the
    file of a sample is the same wherever its input lies, and its folder says of which plan it is.
    """
    left_out = {"variants", "plan"} if lines else {"variants"}
    head = {name: told for name, told in asdict(result).items() if name not in left_out}
    between = ",\n" if lines else ","
    variants = between.join(map(_variant_json, result.variants))
    return f'{encode(head).decode()[:-1]},"variants":[{variants}]}}'


def _variant_json(variant: VariantResult) -> str:
    if variant.drop_reason != "reference_block":
        return encode(variant).decode()
    told = ((name, getattr(variant, name), usual) for name, usual in _USUAL.items())
    return encode({name: value for name, value, usual in told if value != usual}).decode()


SAMPLE_FILES: Mapping[str, SampleFile] = {
    ".json": SampleFile(
        "the result: the contract, everything else is made from it",
        lambda result, path: write_text(path, result_json(result, lines=True) + "\n"),
    ),
    ".html": SampleFile(
        "the report for a reader", lambda result, path: write_text(path, render_sample(result))
    ),
    ".tsv": SampleFile(
        "all variants, reported or not", lambda result, path: write_text(path, sample_tsv(result))
    ),
    ".vcf.gz": SampleFile("the same as VCF 4.3, with .tbi", write_sample_vcf),
}
"""End of the name -> file, in the order in which they are written."""

ALSO_FILES: Mapping[Also, tuple[str, SampleFile]] = {
    "phenopacket": (
        ".phenopacket.json",
        SampleFile(
            "with `also: [phenopacket]`: GA4GH Phenopacket v2",
            lambda result, path: write_text(path, phenopacket_text(result)),
        ),
    ),
    "fhir": (
        ".fhir.json",
        SampleFile(
            "with `also: [fhir]`: HL7 FHIR R4, Genomics Reporting STU 3",
            lambda result, path: write_text(path, fhir_text(result)),
        ),
    ),
}
"""Word of the setting `also` -> end of the name and file."""


def files_of(also: Collection[Also]) -> dict[str, SampleFile]:
    """Return the files of a sample by the ends of their names, with those that `also` asks for."""
    asked = (entry for name, entry in ALSO_FILES.items() if name in also)
    return {**SAMPLE_FILES, **dict(asked)}


def write_sample(
    result: SampleResult, folder: Path, stem: str, also: Collection[Also] = ()
) -> None:
    """Write all files of a sample into a folder; `stem` is their name without its end."""
    folder.mkdir(parents=True, exist_ok=True)
    for end, file in files_of(also).items():
        file.write(result, folder / f"{stem}{end}")


def write_chosen(
    result: SampleResult,
    folder: Path,
    stem: str,
    reports: Reports,
    also: Collection[Also] = (),
) -> SampleResult:
    """Write the files of a sample, if it is to have any, and return what they say.

    A result of which no page or table can be made, for a fault of the program, becomes `failed`.

    Raises:
        OSError: the folder cannot be written to.
    """
    if not gets_report(reports, result.status):
        return result
    try:
        write_sample(result, folder, stem, also)
    except OSError:
        raise
    except Exception as fault:  # noqa: BLE001 (one sample never takes others with it)
        result = as_failed(result, sentence_of(fault, result.sample))
        write_sample(result, folder, stem, also)
    return result


def write_lines(results: Iterable[SampleResult], path: Path) -> int:
    """Write one JSON line a sample and return how many; the file appears when all are done."""
    count = 0
    with replacing(path) as stream:
        for result in results:
            stream.write(result_json(result) + "\n")
            count += 1
    return count


def read_lines(path: Path) -> Iterator[SampleResult]:
    """Yield the results of a file of JSON lines.

    Raises:
        InputError: the file is missing or has no line, or one that is no result.
    """
    number = 0
    try:
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                yield _result(line, path, number)
    except FileNotFoundError:
        raise InputError("this result file does not exist", file=str(path)) from None
    if not number:
        raise InputError("is empty: there is no result of any sample in it", file=str(path))


def _result(line: str, path: Path, number: int) -> SampleResult:
    try:
        result = decode(line, type=SampleResult)
        stated = decode(line, type=_Stated)
    except (MsgspecError, RecursionError) as fault:
        raise InputError(
            f"is no result of hies-annot ({fault})", file=str(path), record=f"line {number}"
        ) from None
    if (why := why_unreadable(stated.schema_version)) is not None:
        raise InputError(why, file=str(path), record=f"line {number}")
    return result
