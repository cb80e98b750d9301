"""The manual as a site: it can be built, loads nothing from elsewhere, and its examples run."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
MADE: dict[str, Any] = runpy.run_path(str(ROOT / ".ci/make-site"))
LOADED = re.compile(r"<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)=\"([^\"]+)\"")
BLOCK = re.compile(r"```bash\n(.*?)```", re.DOTALL)
pytestmark = pytest.mark.checkout


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, str(ROOT / ".ci/make-site"), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out


def test_every_document_is_a_page(site: Path) -> None:
    pages = {Path(page).with_suffix(".html").name for page in MADE["documents"]()}
    assert {path.name for path in site.glob("*.html")} >= pages


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    found = [link for path in site.glob("*.html") for link in LOADED.findall(path.read_text())]
    assert len(found) > 100
    assert [link for link in found if "//" in link] == []


def test_pages_refer_to_pages_that_are_there(site: Path) -> None:
    for path in site.glob("*.html"):
        for link in re.findall(
            r"(?:href|src)=\"([^\"#?:]+)[\"#?]", path.read_text(encoding="utf-8")
        ):
            assert (site / link).exists(), f"{path.name} refers to {link}"


def test_the_first_two_questions() -> None:
    asked = re.findall(r"^## (.*)$", (ROOT / "docs/faq.md").read_text(), re.MULTILINE)
    assert asked[:2] == ["Why is my variant not reported?", "Why is the answer `inconclusive`?"]


def test_every_status_of_the_screenshots_has_its_picture() -> None:
    statuses = runpy.run_path(str(ROOT / ".ci/make-screenshots"), run_name="names")["STATUSES"]
    assert len(statuses) == 5
    pictures = {path.name for path in (ROOT / "docs/images").iterdir()}
    assert pictures == {f"{name}.jpg" for name in ("index", *statuses)}


@pytest.mark.slow
def test_the_commands_of_the_tutorial_can_be_pasted(tmp_path: Path) -> None:
    """All but the installation; the reader's files are those of the example batch."""
    _, *blocks = BLOCK.findall((ROOT / "docs/tutorial.md").read_text(encoding="utf-8"))
    assert len(blocks) == 6
    shutil.copy(ROOT / "resources/example/vcf/007.vcf.gz", tmp_path / "my.vcf.gz")
    (tmp_path / "callable.bed").write_text("chr17\t42311324\t42393495\n", encoding="utf-8")
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for block in blocks:
        text = block.replace('"SAMPLE"', '"007"')
        if "snakemake" in text:  # it is started in the clone, as the manual says of the workflow
            continue
        done = subprocess.run(
            ["bash", "-e", "-c", text],
            cwd=tmp_path,
            env={**os.environ, "PATH": programs},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{text}\n{done.stderr}"
    assert (tmp_path / "results/index.html").is_file()
    assert "complete" in (tmp_path / "hies-annot.bash").read_text()
