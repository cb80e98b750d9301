"""HTML pages. The only module that knows Jinja2."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from hies_annot.render import (
    alignments,
    answer,
    page,
    predictions,
    run_slot,
    standing,
    told_words,
    web_links,
    words,
)
from hies_annot.render.batch_data import data_block
from hies_annot.render.batch_view import batch_view
from hies_annot.render.call_words import flag_words
from hies_annot.render.column import guard_patterns
from hies_annot.render.kept_templates import kept_templates
from hies_annot.render.sample_summary import SampleSummary
from hies_annot.render.stated_zygosity import zygosity_words
from hies_annot.render.totals import Totals
from hies_annot.render.visible_text import visible
from hies_annot.results.contract import SampleResult
from hies_annot.results.decided import Decided
from hies_annot.results.recurrence import Recurrence
from hies_annot.results.run_difference import Change, of_the_answer

_TOGETHER = 1000
"""Pieces of a long page that are joined before they are handed over."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("hies_annot.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=kept_templates(),
    )
    environment.filters.update(
        {
            "cited": web_links.cited,
            "css_string": words.css_string,
            "flag_words": flag_words,
            "frequency": words.frequency,
            "kept_as": _kept_as,
            "link": quote,
            "number": words.number,
            "percent": words.percent,
            "plural": words.plural,
            "stars": words.stars,
            "zygosity_words": zygosity_words,
        }
    )
    environment.globals.update({"words": words, "word": words.word})
    environment.globals.update(
        {
            "names": standing,
            "page_words": page,
            "said": predictions,
            "answer_words": answer,
            "links": web_links,
            "slot": run_slot,
            "told": told_words,
            "reads": alignments,
            "script": _script,
        }
    )
    return environment


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@lru_cache(maxsize=4096)
def _kept_as(value: Hashable, macro: str, *more: Hashable) -> Markup:
    """Return what a macro makes of a value: much of a page recurs from sample to sample."""
    text: Markup = getattr(_template("macros.html.j2").module, macro)(value, *more)
    return text


def render_sample(result: SampleResult) -> str:
    """Return the self-contained page of one sample: no script, font or image from elsewhere."""
    return visible(_template("sample.html.j2").render(page=page.sample_page(result)))


def render_counted(sentences: Sequence[str], index: str) -> str:
    """Return what the run adds to the page of a sample whose allele many samples carry.

    Args:
        sentences: one an allele; none: nothing is added.
        index: the page of the run, relative to that of the sample.
    """
    if not sentences:
        return ""
    return _template("counted.html.j2").render(sentences=sentences, index=index)


def render_told(decided: Sequence[Decided], changes: Sequence[Change], index: str) -> str:
    """Return what the run adds to a page of decisions and of changes since the earlier report.

    Args:
        decided: the decisions of the sample.
        changes: what differs from its earlier result.
        index: the page of the run, relative to that of the sample.
    """
    if not (decided or changes):
        return ""
    answers = [change for change in changes if of_the_answer(change)]
    evidence = [change for change in changes if not of_the_answer(change)]
    return _template("told.html.j2").render(
        decided=decided, answers=answers, evidence=evidence, index=index
    )


def render_index(
    summaries: Collection[SampleSummary],
    totals: Totals,
    many: Mapping[Recurrence, Sequence[str]] = MappingProxyType({}),
    hints: Mapping[int, str] = MappingProxyType({}),
    head: Mapping[str, object] = MappingProxyType({}),
) -> Iterator[str]:
    """Yield the page of a batch: totals, failed samples, tables, picture of exons, provenance.

    `many` are the alleles that many samples carry, with the figures of their carriers in words,
    `hints` one more warning for a sample by its place (0-based), `head` the start of `run.json`.
    """
    view = batch_view(summaries, totals, hints)
    said = {
        "statuses": words.STATUS_ORDER,
        "labels": dict(words.STATUS_LABEL),
        "guards": guard_patterns(),
    }
    page = _template("index.html.j2").stream(
        view=view, many=list(many.items()), head=head, data=data_block(said, view.tables)
    )
    page.enable_buffering(_TOGETHER)
    return map(visible, page)


def viewer_script() -> Iterator[str]:
    """Yield the text of the viewer of reads, which stands beside the pages: licence, then code."""
    licence, code = map(_script, alignments.VIEWER_SOURCES)
    yield f"/*\n{licence}*/\n"
    yield code


@cache
def _script(name: str) -> str:
    """Return the text of a script that ships with the page."""
    return (Path(__file__).parent / "scripts" / name).read_text(encoding="utf-8")
