"""Pages of samples and batches."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from typing import Any

import pytest
from msgspec import convert
from msgspec.structs import replace

from hies_annot.model.closed import as_json
from hies_annot.render import html
from hies_annot.render.html import render_index, render_sample
from hies_annot.render.sample_summary import SampleSummary, summaries
from hies_annot.render.totals import totals_of
from hies_annot.render.words import ASSUMED, DEMO_MARK, DISCLAIMER
from hies_annot.results.callability_contract import GapResult
from hies_annot.results.contract import SampleResult

Build = Callable[[str], Callable[..., Any]]
HOSTILE = "<script>alert('x')</script>\"&"
VOID = {"meta", "br", "input", "col"}


class Page(HTMLParser):
    """Checks that tags are balanced; gathers text, headings and table headers."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.headings: list[str] = []
        self.starts: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.starts.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("style", "script"):
            return
        self.text.append(data)
        if self.open and self.open[-1] in ("h1", "h2"):
            self.headings.append(data.strip())

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


def index_of(rows: Iterable[SampleSummary]) -> str:
    listed = list(rows)
    return "".join(render_index(listed, totals_of(listed)))


def scripts_of(page: str) -> int:
    return len([tag for tag, _ in Page(page).starts if tag == "script"])


def data_of(page: str) -> dict[str, Any]:
    block = page.partition('id="data">')[2].partition("</script>")[0]
    content: dict[str, Any] = json.loads(block)
    return content


@pytest.fixture
def read(built: Build) -> Callable[..., str]:
    """Render a result of the named builder and return its words."""
    return lambda name, **changes: Page(render_sample(built(name)(**changes))).words


def test_every_page_is_well_formed(results: list[SampleResult]) -> None:
    for result in results:
        page = Page(render_sample(result))
        assert page.headings[0] == "Sample"
        assert result.sample in page.words
        assert result.status_reason in page.words
        assert page.words.count(DISCLAIMER) == 2


def test_what_is_kept_of_one_page_does_not_change_another(results: list[SampleResult]) -> None:
    after_others = [render_sample(result) for result in (*results, *results)][len(results) :]
    alone = []
    for result in results:
        html._kept_as.cache_clear()
        alone.append(render_sample(result))

    assert after_others == alone


def test_the_fields_of_a_result_cannot_be_set(results: list[SampleResult]) -> None:
    with pytest.raises(AttributeError, match="immutable"):
        results[0].callability.known_sites[0].state = "not_covered"


def test_pages_need_nothing_from_elsewhere(results: list[SampleResult]) -> None:
    pages = [render_sample(result) for result in results]
    pages.append(index_of(summaries(results)))

    for page in pages:
        starts = Page(page).starts
        assert not re.search(r"src=|url\((?!#)", page.partition("<script")[0])
        assert not [attrs for tag, attrs in starts if tag == "script" and "src" in attrs]
        assert not [tag for tag, attrs in starts if "href" in attrs and tag != "a"]
        assert "@import" not in page
        assert not [tag for tag, _ in Page(page).starts if tag in ("link", "img", "iframe")]


def test_every_table_header_has_a_scope(results: list[SampleResult]) -> None:
    for result in results:
        headers = [attrs for tag, attrs in Page(render_sample(result)).starts if tag == "th"]
        assert headers
        assert all(attrs.get("scope") in ("row", "col") for attrs in headers)


def test_the_answer_comes_first(read: Callable[..., str]) -> None:
    words = read("result")

    answer = words.index("A genotype in STAT3 that explains hyper-IgE syndrome was found.")
    assert answer < words.index("Reported variants") < words.index("What could not be assessed")
    assert words.index("NM_139276.3:c.1144C>T p.(Arg382Trp)") < words.index("Reported variants")
    assert "autosomal dominant" in words
    assert "(MIM 147060)" in words
    assert "heterozygous; allele fraction 48.2 %" in words
    assert "counts as pathogenic or likely pathogenic (curated table of known variants)" in words


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("possible", "may explain hyper-IgE syndrome; this is not settled"),
        ("carrier", "Carrier: one copy of STAT3 carries a pathogenic allele"),
        ("differential", "a STAT3 variant points to another disease"),
    ],
)
def test_the_answer_says_the_status(
    read: Callable[..., str], built: Build, status: str, sentence: str
) -> None:
    words = read("result", status=status, conditions=[built("condition")(status=status)])

    assert sentence in words


def test_an_open_mechanism_is_no_negative_for_hyper_ige(
    read: Callable[..., str], built: Build
) -> None:
    condition = built("condition")(
        status="differential", open_between=["STAT3-AD-HIES", "STAT3-ADMIO1"]
    )
    words = read("result", status="differential", conditions=[condition])

    assert "No genotype for hyper-IgE syndrome was found" not in words
    assert "hyper-IgE syndrome is neither shown nor excluded by it" in words


def test_a_negative_names_what_was_read_and_that_it_was_callable(read: Callable[..., str]) -> None:
    words = read("negative")

    assert "No genotype in STAT3 or ZNF341 that explains hyper-IgE syndrome was found" in words
    assert re.search(r"All [\d,]+ required bases were callable\.", words)


@pytest.mark.parametrize(
    ("missing", "said"), [(1, "1 required base of"), (3, "3 required bases of")]
)
def test_a_negative_names_the_bases_that_were_not_callable(
    built: Build, read: Callable[..., str], missing: int, said: str
) -> None:
    whole = built("negative")().callability
    first, *others = whole.genes
    gap = GapResult(chrom="17", start=1, end=missing, hgvs_c="c.1", exon="exon 13", reason="depth")
    short = {"callable_bases": first.required_bases - missing, "gaps": [gap]}
    genes = [replace(first, **short), *others]
    words = read("negative", callability=replace(whole, genes=genes))

    assert said in words
    assert (
        f"nothing is said about {'it' if missing == 1 else 'them'}: {first.gene} exon 13." in words
    )
    assert not re.search(r"All [\d,]+ required bases", words)


def test_an_inconclusive_sample_is_no_negative(read: Callable[..., str]) -> None:
    words = read("exclusion")

    assert "the data cannot exclude one in STAT3 or ZNF341" in words
    assert "the required bases were callable" not in words
    assert words.index("c.1110-3C>G") < words.index("Exons of STAT3")
    assert "Gaps of STAT3" in words
    assert "c.1110_1139" in words


def test_a_failed_sample_says_why_and_nothing_else(read: Callable[..., str]) -> None:
    words = read("failed")

    assert "This sample could not be analysed. Nothing can be said about it." in words
    assert "copy it again" in words
    assert "No variant is reported" not in words
    assert "there are no secondary findings" not in words


def test_genes_that_were_read_come_from_the_data(read: Callable[..., str], built: Build) -> None:
    assert "Only STAT3 and ZNF341 were read." in read("result")
    one = built("callability")(genes=[built("gene")(gene="STAT3")])
    reference = replace(built("reference")(), loci=built("reference")().loci[:1])
    assert "Only STAT3 was read." in read("result", callability=one, reference=reference)


def test_what_rests_on_made_up_bases_is_marked_and_nothing_else(
    read: Callable[..., str], built: Build
) -> None:
    words = read("compound")

    assert f"p.(Arg302Ter) (ZNF341) {DEMO_MARK}" in words
    assert f"ZNF341 {DEMO_MARK}: 98.5 % callable" not in words  # coordinates are real
    real = [built("znf341")(made_up=False), built("znf341")(id="20-33761989-C-T", made_up=False)]
    unmarked = read("compound", variants=real)
    assert unmarked.count(DEMO_MARK) == 1  # the reference itself, where its source is named
    assert DEMO_MARK not in read(
        "compound", variants=real, reference=built("reference")(demo=False)
    )


def test_a_gene_that_is_real_is_not_marked(read: Callable[..., str]) -> None:
    assert f"STAT3 {DEMO_MARK}" not in read("result")


def test_assumed_reference_is_on_top(read: Callable[..., str], built: Build) -> None:
    words = read("negative", callability=built("callability")(assumed_reference=True))

    assert words.index(ASSUMED) < words.index("Answer")
    assert "An absent record is never taken" not in words
    assert ASSUMED not in read("negative")


def test_reference_blocks_are_counted_not_listed(read: Callable[..., str]) -> None:
    words = read("negative")

    assert "1 row without an alternate allele (reference blocks)" in words
    assert "42320000" not in words
    assert "List of 2 variants" in words
    assert "more frequent in the population than the disease allows" in words


def test_a_long_list_of_unreported_variants_is_cut_and_says_so(built: Build) -> None:
    variants = [built("dropped")(pos=42326000 + number) for number in range(450)]
    page = render_sample(built("negative")(variants=variants))

    assert "50 further variants" in Page(page).words
    assert len(page) < 150_000


def test_every_part_of_a_variant_is_shown(read: Callable[..., str]) -> None:
    words = read("compound")

    for part in (
        "p.Arg379* (847-residue numbering)",
        "ENST00000342427",
        "conflict: P(1);VUS(3)",
        "gnomAD genomes v4.1: AF 3.2e-05 (5 of 152184 alleles, homozygotes: 0)",
        "1 of 4 stars",
        "CADD 38.0 (PHRED) [CADD 1.7]",
        "stop 1200 nt upstream",
        "donor of exon 7",
        "c.(?_1)_(2_?)del",
        "possible mosaic",
        "Looking for the second allele (ZNF341)",
        "Test both parents.",
        "PS1",
        "The parents were not given.",
        "two heterozygous alleles, phase unknown",
    ):
        assert part in words


def test_missing_figures_are_named_as_missing(read: Callable[..., str], built: Build) -> None:
    bare = built("variant")(
        depth=None,
        alt_depth=None,
        allele_fraction=None,
        allele_fraction_interval=None,
        genotype_quality=None,
        quality=None,
        filters=[],
        clinvar=None,
        population=None,
        acmg=None,
    )
    words = read("result", variants=[bare])

    assert "allele fraction not given; depth not given; genotype quality not given" in words
    assert "no failed FILTER" in words
    assert "no entry in the evidence sources" in words
    assert "not classified" in words


def test_a_reason_is_said_once(read: Callable[..., str], built: Build) -> None:
    reason = built("condition")().reasons[0]

    assert read("result", status_reason=f"STAT3: {reason}").count(reason) == 1
    assert "Another reason." in read("result", status_reason="Another reason.")


def test_a_long_reason_is_a_list(built: Build) -> None:
    long = "; ".join(f"STAT3: exon {number} is below 95 % of its bases" for number in range(5))
    page = render_sample(built("exclusion")(status_reason=long))

    assert "<li>STAT3: exon 4 is below" in page
    assert "<li>Exon 12" not in render_sample(built("exclusion")())


def test_empty_worksheets_are_left_out(read: Callable[..., str], built: Build) -> None:
    panels = {"de_novo": ["father: absent"], "parental_mosaicism": []}
    words = read("result", conditions=[built("condition")(panels=panels)])

    assert "De novo status (STAT3)" in words
    assert "Parental mosaicism" not in words


def test_a_variant_of_uncertain_significance_stands_apart(
    read: Callable[..., str], built: Build
) -> None:
    verdict = built("verdict")(support="uncertain")
    condition = built("condition")(status="possible")
    words = read(
        "result",
        status="possible",
        variants=[built("variant")(verdicts=[verdict])],
        conditions=[condition],
    )

    assert "Variants of uncertain significance (VUS)" in words
    assert "Variants of uncertain significance (VUS)" not in read("result")


def test_a_finding_whose_variant_is_missing_shows_its_id(read: Callable[..., str]) -> None:
    assert "17-42329643-G-A" in read("result", variants=[])


def _hostile(value: Any) -> Any:
    if isinstance(value, str):
        return HOSTILE
    if isinstance(value, list):
        return [_hostile(item) for item in value]
    if isinstance(value, dict):
        return {key: _hostile(item) for key, item in value.items()}
    return value


def test_no_text_of_the_input_becomes_markup(built: Build) -> None:
    data = as_json(built("compound")())
    plain = render_sample(built("compound")())
    for key in ("sample", "status", "status_reason", "conditions", "warnings", "qc", "software"):
        data[key] = _hostile(data[key])
    for variant in data["variants"]:
        kept = {"id": variant["id"]}
        variant.update({key: _hostile(value) for key, value in variant.items()} | kept)
    data["callability"] = _hostile(data["callability"])
    result = convert(data, SampleResult)
    batch = index_of(summaries([result]))
    page = render_sample(result)

    assert page.count("<script>") == plain.count("<script>") == 0
    ordinary = index_of(summaries([built("compound")()]))
    assert scripts_of(batch) == scripts_of(ordinary) == 3
    assert data_of(batch)["words"].count(HOSTILE) == 1
    assert "<script>alert" not in batch
    assert "alert(&#39;x&#39;)" in page
    Page(page)
    Page(batch)


def test_index_shows_failed_samples_before_the_table(results: list[SampleResult]) -> None:
    page = Page(index_of(summaries(results)))

    headings = page.headings
    assert headings.index("Failed samples: nothing can be said about these") < headings.index(
        "Samples"
    )
    assert "batch of 5 samples" in page.words
    assert DEMO_MARK in page.words


def test_index_links_to_the_pages(built: Build) -> None:
    odd = built("result")(sample="a/b 50%", batch="B 1")
    page = Page(index_of(summaries([odd])))

    links = [str(attrs["href"]) for tag, attrs in page.starts if tag == "a"]
    own = [link for link in links if "/" in link]
    assert own[:4] == [
        f"B%25201/a%252Fb%252050%2525{end}" for end in (".html", ".json", ".tsv", ".vcf.gz")
    ]
    assert set(links) - set(own) == {"summary.tsv", "findings.tsv", "run.json", "status.json"}


def test_index_of_nothing(results: list[SampleResult]) -> None:
    assert "batch of 0 samples" in Page(index_of([])).words


def test_index_of_a_large_batch_stays_below_its_size(built: Build) -> None:
    one = built("result")()
    gap = built("exclusion")()
    many = [replace(gap if number % 3 else one, sample=f"S{number:05}") for number in range(5000)]

    assert len(index_of(summaries(many))) < 5_000_000


def test_the_same_result_gives_the_same_page(built: Build) -> None:
    assert render_sample(built("compound")()) == render_sample(built("compound")())
