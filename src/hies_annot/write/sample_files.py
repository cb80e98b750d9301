"""The files of one sample, and results as lines of a file: each appears whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from hies_annot.errors import InputError
from hies_annot.io.atomic import replacing, write_text
from hies_annot.render.html import render_sample
from hies_annot.render.tables import sample_tsv
from hies_annot.results.contract import SampleResult
from hies_annot.write.sample_vcf import write_sample_vcf


def result_json(result: SampleResult, *, lines: bool = False) -> str:
    """Return a result as JSON, on one line or with one line a variant.

    Reference blocks carry only the fields that they have.
    """
    head = result.model_dump_json(by_alias=True, exclude={"variants"})
    between = ",\n" if lines else ","
    variants = between.join(
        variant.model_dump_json(
            by_alias=True, exclude_defaults=variant.drop_reason == "reference_block"
        )
        for variant in result.variants
    )
    return f'{head[:-1]},"variants":[{variants}]}}'


def write_sample(result: SampleResult, folder: Path, stem: str) -> None:
    """Write `<stem>.json`, `.html`, `.tsv` and `.vcf.gz` with its index into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / f"{stem}.json", result_json(result, lines=True) + "\n")
    write_text(folder / f"{stem}.html", render_sample(result))
    write_text(folder / f"{stem}.tsv", sample_tsv(result))
    write_sample_vcf(result, folder / f"{stem}.vcf.gz")


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
        InputError: the file is missing or a line is no result.
    """
    try:
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                yield _result(line, path, number)
    except FileNotFoundError:
        raise InputError("this result file does not exist", file=str(path)) from None


def _result(line: str, path: Path, number: int) -> SampleResult:
    try:
        return SampleResult.model_validate_json(line)
    except ValueError as fault:
        first = str(fault).splitlines()[0]
        raise InputError(
            f"is no result of hies-annot ({first})", file=str(path), record=f"line {number}"
        ) from None
