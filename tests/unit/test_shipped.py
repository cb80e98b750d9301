import importlib.metadata
import json
import shutil
import sysconfig
from pathlib import Path

import pytest

import hies_annot
from hies_annot import __version__, shipped
from hies_annot.shipped import resource_root

ROOT = Path(__file__).resolve().parents[2]


def package_that_pip_put_here() -> Path:
    """Return `site-packages/hies_annot`, or `src/hies_annot` where pip only made a link to it."""
    installed = importlib.metadata.distribution("hies-annot")
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        return ROOT / "src/hies_annot"
    return Path(sysconfig.get_path("purelib")) / "hies_annot"


def test_what_is_tested_is_what_is_installed() -> None:
    package = package_that_pip_put_here().resolve()
    assert Path(hies_annot.__file__).resolve().parent == package
    shipped_in = package if package.parent.name == "site-packages" else ROOT
    assert resource_root() == shipped_in / "resources"


def fingerprint_with(resources: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    shipped.fingerprint.cache_clear()
    monkeypatch.setattr(shipped, "resource_root", lambda: resources)
    return shipped.fingerprint()


@pytest.mark.parametrize(
    ("changed", "differs"),
    [("genes/STAT3.yaml", True), ("evidence/new.tsv", True), ("example/x.vcf", False)],
)
def test_only_what_results_depend_on_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, differs: bool
) -> None:
    resources = tmp_path / "resources"
    shutil.copytree(resource_root(), resources)
    before = fingerprint_with(resources, monkeypatch)
    assert before == fingerprint_with(resources, monkeypatch)
    assert before.startswith(f"{__version__}+")
    (resources / changed).parent.mkdir(exist_ok=True)
    with (resources / changed).open("a") as file:
        file.write("# one line more\n")
    assert (fingerprint_with(resources, monkeypatch) != before) is differs
    shipped.fingerprint.cache_clear()
