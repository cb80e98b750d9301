"""Addresses are made of identifiers only, and texts around them stay texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.render.web_links import cited, variant_links

Build = Callable[[str], Callable[..., Any]]


def test_an_allele_has_its_pages(built: Build) -> None:
    assert dict(variant_links(built("variant")(), "GRCh38")) == {
        "ClinVar": "https://www.ncbi.nlm.nih.gov/clinvar/variation/18302/",
        "gnomAD": "https://gnomad.broadinstitute.org/variant/17-42329643-G-A?dataset=gnomad_r4",
        "DECIPHER": "https://www.deciphergenomics.org/sequence-variant/17-42329643-G-A",
    }


def test_another_build_has_other_pages(built: Build) -> None:
    old = dict(variant_links(built("variant")(), "GRCh37"))

    assert old["gnomAD"].endswith("?dataset=gnomad_r2_1")
    assert "DECIPHER" not in old
    assert set(dict(variant_links(built("variant")(), None))) == {"ClinVar"}


@pytest.mark.parametrize("alt", ["<DEL>", "*", "A" * 60, '"><script>'])
def test_what_is_no_plain_allele_has_no_address(built: Build, alt: str) -> None:
    odd = built("clinvar")(variation_id='1/"><b>')

    assert variant_links(built("variant")(alt=alt, clinvar=odd), "GRCh38") == ()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Abou Tayoun 2018 (PMID 30192042)", "https://pubmed.ncbi.nlm.nih.gov/30192042/"),
        ("Beziat 2023 (PMC10620851)", "https://pmc.ncbi.nlm.nih.gov/articles/PMC10620851/"),
        ("Asano 2021 (10.1084/jem.20202592)", "https://doi.org/10.1084/jem.20202592"),
        ("a disease (MIM 147060)", "https://omim.org/entry/147060"),
        ("ClinVar 18302: P", "https://www.ncbi.nlm.nih.gov/clinvar/variation/18302/"),
        ("ClinVar 2025-11-03", None),
        ("AF 6.57e-06 = 1 of 152200", None),
    ],
)
def test_citations_become_links(text: str, address: str | None) -> None:
    assert re.findall('href="([^"]*)"', cited(text)) == ([address] if address else [])


@given(st.text() | st.from_regex(r"<.*PMID [0-9]{1,9}.*10\.1[0-9]{3}/[a-z(\"<]*"))
def test_links_leave_the_text_as_it_was(text: str) -> None:
    made = str(cited(text))
    plain = re.sub(r'<a href="[^"<>]*" rel="noreferrer">|</a>', "", made)

    assert "<" not in plain
    assert unescape(plain) == text
