"""Made-up sources of all kinds on a server of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_up_sources import make_all
from range_server import Server, servers_file, serving

from hies_annot.cli.resources import resources
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference

GENES = default_genes()
REFERENCES = {build: embedded_reference(build, GENES) for build in Build}


@pytest.fixture(scope="session")
def large_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All sources on both builds; most of it is ballast."""
    folder = tmp_path_factory.mktemp("large")
    make_all(folder, GENES, REFERENCES, step=6, count=16_000)
    return folder


@pytest.fixture(scope="session")
def small_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    make_all(folder, GENES, REFERENCES, step=61, count=1500)
    return folder


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server(small_files: Path) -> Iterator[Server]:
    with serving(small_files) as found:
        yield found


@pytest.fixture
def fetch(server: Server, tmp_path: Path) -> Callable[..., Result]:
    """Run `resources fetch` against the server of small files."""

    def run(*words: str, folder: str = "out", **settings: object) -> Result:
        servers = servers_file(tmp_path / "servers.yaml", server, **settings)
        places = ("-o", str(tmp_path / folder), "--cache", str(tmp_path / "cache"))
        given = ["fetch", *words, *places, "--servers", str(servers)]
        return CliRunner().invoke(resources, given)

    return run
