"""Every page: nothing from elsewhere, answer on printed page one, narrow screens, no barriers."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pypdf import PdfReader

from .conftest import LONG, sample_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}}
GRAVE = ("serious", "critical")


def plain(text: str) -> str:
    """Return a text without blanks, bullets and ligatures, which a PDF has in ways of its own."""
    return re.sub(r"[\s\u2022]+", "", unicodedata.normalize("NFKC", text))


def grave_faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:200]}"
        for each in found
        if each["impact"] in GRAVE
        for node in each["nodes"]
    ]


def test_pages_say_no_error_and_ask_for_nothing(visit: Visit, example: Path, odd: Path) -> None:
    pages = [example / "index.html", odd / "index.html", *sample_pages(example)]
    for path in pages:
        visit(path)  # what a page asks for or complains about fails at the end

    assert len(pages) == 25


def test_the_answer_stands_on_the_first_printed_page(visit: Visit, example: Path) -> None:
    for path in sample_pages(example):
        page = visit(path)
        answer = page.locator(".answer").locator("p, li").all_inner_texts()
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        first = plain(printed[0].extract_text())
        assert len(answer) > 2, path.name
        assert [text for text in answer if plain(text) not in first] == [], path.name
        page.context.close()


def test_a_phone_shows_pages_without_sideways_scrolling(
    visit: Visit, example: Path, odd: Path
) -> None:
    indexes = [example / "index.html", odd / "index.html"]
    for path in [*indexes, *sample_pages(example), *sample_pages(odd)]:
        page = visit(path, **PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path.name
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desktop", "phone"])
def test_pages_have_no_grave_barrier(
    visit: Visit, example: Path, odd: Path, scheme: str, screen: dict[str, object]
) -> None:
    long = next(path for path in sample_pages(odd) if path.name.startswith(LONG[:20]))
    pages = [example / "index.html", odd / "index.html", example / "demo/EX01.html", long]
    for path in pages:
        page = visit(path, color_scheme=scheme, **screen)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert grave_faults(page) == [], path.name
        page.context.close()
