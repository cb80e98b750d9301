import shutil
from pathlib import Path

import pytest

from hies_annot import __version__, shipped
from hies_annot.shipped import resource_root


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
