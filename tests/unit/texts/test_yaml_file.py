"""YAML of users: read as it is, or refused before it can fill a memory or end a process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hies_annot.cli.main import main
from hies_annot.errors import GeneFileError
from hies_annot.genes.gene_file import default_genes, load_gene
from hies_annot.settings.evidence_servers import load_servers
from hies_annot.texts import yaml_file
from hies_annot.texts.whole_file import LAB_TEXT, YAML_TEXT, whole_bytes
from hies_annot.texts.yaml_file import DEPTH, VALUES, yaml_of

LAUGHS = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 45))
CHAIN = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 5000))
REFUSED = {
    "lists": ("[" * 300_000, "nested more than"),
    "closed lists": ("[" * 50_000 + "]" * 50_000, "nested more than"),
    "mappings": ("{a: " * 50_000, "nested more than"),
    "dashes": ("- " * 200_000 + "a", "nested more than"),
    "indents": ("\n".join(" " * n + "a:" for n in range(500)), "nested more than"),
    "aliases": (LAUGHS, "more than 200,000 values"),
    "a chain of aliases": (CHAIN, "nested more than"),
    "a long text again and again": (
        f"a: &a {'x' * 1_000_000}\nb: [{', '.join(['*a'] * 100)}]", "more than 200,000 values"),
    "many values": ("[" + "1," * (VALUES + 1) + "]", "more than 200,000 values"),
    "a value in itself": ("a: &a [*a]", "*a stands for nothing that ends before it"),
    "a merge of itself": ("a: &a\n  <<: *a", "*a stands for nothing that ends before it"),
    "too large": ("#" * (YAML_TEXT + 1), "more than 4 MB"),
    "100 MB": ("a: 1\n" * 20_000_000, "more than 4 MB"),
    "a long number": ("batch_size: " + "1" * 5000, "a value in it cannot be"),
    "a key twice": ("vcfs: [a.vcf]\nvcfs: [b.vcf]", "vcfs stands twice, in lines 1 and 2"),
    "a key twice within": ("calls: {gq: 1, 'gq': 2}", "gq stands twice, in lines 1 and 1"),
    "octal": ("callability: {min_depth: 010}", "010 in line 1: write the number without 0 or :"),
    "by sixties": ("threads: 1:30", "1:30 in line 1"),
    "half": ("a: [", "this is not YAML"),
    "an object": ("a: !!python/object/apply:os.system [id]", "this is not YAML"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_each_reader_refuses_it_in_one_sentence(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text, told = REFUSED[name]
    path = tmp_path / "file.yaml"
    path.write_text(text)
    with pytest.raises(SystemExit) as end:
        main(["check", "--config", str(path)])
    said = capsys.readouterr().err
    assert end.value.code == 1
    assert said.count("\n") == 1
    assert f"{path}: " in said
    assert told in said
    for read in (load_gene, load_servers):
        with pytest.raises(Exception, match=str(path)) as fault:
            read(path)
        assert told in str(fault.value)
    with pytest.raises(GeneFileError):
        load_gene(path)


def test_aliases_and_merges_may_be_used(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("a: &a {x: 1}\nb: [*a, *a]\nc: {<<: *a, y: 2}\n")
    assert yaml_of(path) == {"a": {"x": 1}, "b": [{"x": 1}, {"x": 1}], "c": {"x": 1, "y": 2}}


def test_what_is_shipped_is_far_below() -> None:
    for path in [gene.path for gene in default_genes()]:
        assert levels(yaml_of(path)) < DEPTH / 4
        assert values(yaml_of(path)) < VALUES / 50


def values(data: Any) -> int:
    """Count the values that something stands for, by going through all of them."""
    return 1 + sum(map(values, _parts(data)))


def levels(data: Any) -> int:
    return 1 + max(map(levels, _parts(data)), default=0) if isinstance(data, list | dict) else 0


def _parts(data: Any) -> list[Any]:
    return (
        [*data, *data.values()]
        if isinstance(data, dict)
        else data
        if isinstance(data, list)
        else []
    )


@st.composite
def shared_lists(draw: st.DrawFn) -> Any:
    """Lists that hold earlier ones, which YAML writes with aliases."""
    parts: list[Any] = [1]
    for _ in range(draw(st.integers(1, 7))):
        parts.append(draw(st.lists(st.sampled_from(parts), max_size=4)))
    return parts[-1]


@given(data=shared_lists(), most=st.integers(1, 60), deep=st.integers(1, 7))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_count_is_of_all_that_would_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: Any, most: int, deep: int
) -> None:
    monkeypatch.setattr(yaml_file, "VALUES", most)
    monkeypatch.setattr(yaml_file, "DEPTH", deep)
    path = tmp_path / "file.yaml"
    path.write_text(yaml.safe_dump(data))
    if values(data) > most or levels(data) > deep:
        with pytest.raises(ValueError, match="more than"):
            yaml_of(path)
    else:
        assert yaml_of(path) == data


@given(st.binary(max_size=30), st.integers(0, 30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_is_whole_or_refused(tmp_path: Path, data: bytes, most: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    if len(data) > most:
        with pytest.raises(ValueError, match="more than"):
            whole_bytes(path, most)
    else:
        assert whole_bytes(path, most) == data


@pytest.mark.parametrize("option", ["--samples", "--ped"])
def test_a_sheet_or_pedigree_that_is_too_large_is_refused(
    tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "large.tsv"
    with path.open("wb") as stream:
        stream.write(b"sample\tvcf\n")
        stream.truncate(LAB_TEXT + 1)
    (tmp_path / "a.vcf").write_text("##fileformat=VCFv4.2\n")
    vcf = [] if option == "--samples" else [str(tmp_path / "a.vcf")]
    with pytest.raises(SystemExit) as end:
        main(["run", *vcf, option, str(path), "-q", "-o", str(tmp_path / "out")])
    said = capsys.readouterr().err
    assert end.value.code == 1
    assert "more than 64 MB" in said
    assert said.count("\n") == 1


def test_decisions_that_are_nested_too_deep_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/review.json").write_text("[" * 100_000)
    with pytest.raises(SystemExit) as end:
        main(["run", "embedded", "-q", "-o", str(tmp_path / "out")])
    assert end.value.code == 1
    assert "nested too deep" in capsys.readouterr().err


def test_a_merge_may_be_set_anew_and_a_date_is_its_text(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(
        "top:\n  x:\n    a: &a {<<: &z {k: 0, l: 0}, k: 1}\n  b: {<<: *a, k: 2}\n"
        "day: 2026-11-29\nnumbers: [0, 7, -3, 1_000, 0.5]\n"
    )
    assert yaml_of(path) == {
        "top": {"x": {"a": {"k": 1, "l": 0}}, "b": {"k": 2, "l": 0}},
        "day": "2026-11-29",
        "numbers": [0, 7, -3, 1000, 0.5],
    }


def test_a_configuration_with_sheet_and_patterns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("samples: embedded:example\nvcfs: [nobody.vcf]\n")
    for command in (["check"], ["run", "-o", str(tmp_path / "results"), "-q"]):
        with pytest.raises(SystemExit) as end:
            main([*command, "--config", str(path)])
        assert end.value.code in (1, 2)
