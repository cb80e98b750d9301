"""`hies-annot resources fetch`: the loci of ClinVar, gnomAD and scores from their servers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import yaml

from hies_annot.cli.saying import say
from hies_annot.errors import UsageError
from hies_annot.genome import Build, parse_build
from hies_annot.results.file_names import FolderNames

if TYPE_CHECKING:
    from hies_annot.evidence.fetched import Fetcher
    from hies_annot.settings.evidence_servers import ServedFile
    from hies_annot.settings.run_config import RunConfig


@click.command()
@click.argument("words", nargs=-1, metavar="[clinvar|gnomad|cadd|alphamissense|revel]...")
@click.option(
    "--config", "config_file", type=click.Path(path_type=Path), help="Configuration (YAML)."
)
@click.option(
    "--build", default="GRCh38", show_default=True, help="Build of the files on the server."
)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder.")
@click.option(
    "--servers", type=click.Path(path_type=Path), help="Other addresses, a mirror, a proxy (YAML)."
)
@click.option("--cache", help="Cache folder; else HIES_ANNOT_CACHE or the user's cache.")
@click.option("--dry-run", is_flag=True, help="Say what would travel, and write nothing.")
def fetch(
    words: tuple[str, ...],
    config_file: Path | None,
    build: str,
    output: Path,
    servers: Path | None,
    cache: str | None,
    *,
    dry_run: bool,
) -> int:
    """Fetch the loci of the genes from the servers of ClinVar, gnomAD, CADD, AlphaMissense, REVEL.

    Of files with an index only index and blocks of the loci travel; AlphaMissense and REVEL are
    read through and not stored. The slices are those of `resources build`, on GRCh38; where they
    are from stands in fetched.tsv, and the `sources` to write into the configuration are printed.
    What the server has not changed is not fetched again.

    \b
    Example:
      hies-annot resources fetch clinvar gnomad -o resources/slices --dry-run
      hies-annot resources fetch clinvar gnomad -o resources/slices
    """
    from hies_annot.cli.configuration import configuration  # noqa: PLC0415

    wanted = parse_build(build)
    if wanted is None:
        raise UsageError(f"build {build!r} is neither GRCh37 nor GRCh38")
    config = configuration(config_file)
    fetcher = fetcher_of(config, wanted, servers, cache)
    listed = _listed(fetcher, words)
    with telling_bytes(fetcher):
        if dry_run:
            _tell_travel(fetcher, listed)
        else:
            names = FolderNames()
            named = [(served, f"{names.stem(served.name)}.tsv") for served in listed]
            fetch_all(fetcher, named, output)
            block = {"evidence": {"sources": _block(named, output)}}
            click.echo(yaml.safe_dump(block, sort_keys=False), nl=False)
    return 0


@contextmanager
def telling_bytes(fetcher: Fetcher) -> Iterator[None]:
    """Say at the end how much has travelled."""
    try:
        yield
    finally:
        transport = fetcher.pieces.transport
        say(f"{transport.moved:,} bytes moved in {transport.requests} requests", err=True)


def fetcher_of(config: RunConfig, build: Build, servers: Path | None, cache: str | None) -> Fetcher:
    """Return what fetches the loci of a configuration's genes from files on a build.

    Raises:
        HiesError: genes, reference or the file of servers cannot be used.
    """
    # the network is loaded where it is asked for, and nowhere else
    from hies_annot.evidence.fetched import Fetcher  # noqa: PLC0415
    from hies_annot.evidence.loci import Place  # noqa: PLC0415
    from hies_annot.io.remote.kept_pieces import Pieces  # noqa: PLC0415
    from hies_annot.io.remote.transport import Patience, Transport  # noqa: PLC0415
    from hies_annot.reference.cache import cache_folder  # noqa: PLC0415
    from hies_annot.run.engine import Engine  # noqa: PLC0415
    from hies_annot.settings.evidence_servers import load_servers  # noqa: PLC0415

    known = load_servers(servers)
    engine = Engine(config)
    patience = Patience(known.timeout, known.tries, known.pause)
    transport = Transport(patience, known.proxy, lambda text: say(text, err=True))
    pieces = Pieces(transport, cache_folder(cache) / "fetched-pieces")
    return Fetcher(known, pieces, Place(engine.genes, engine.references[build]), build)


def _listed(fetcher: Fetcher, words: tuple[str, ...]) -> list[ServedFile]:
    known = fetcher.servers
    listed: list[ServedFile] = []
    for word in words or tuple(known.sources):
        files = known.sources.get(word, {}).get(fetcher.build)
        if files is None:
            raise UsageError(f"{word!r} on {fetcher.build} is none of {', '.join(known.sources)}")
        listed += files
    return listed


def _tell_travel(fetcher: Fetcher, listed: list[ServedFile]) -> None:
    say("source\tbytes of the file\tbytes that travel\taddress")
    total = 0
    for served in listed:
        for travel in fetcher.travel(served):
            total += travel.moved
            row = (served.name, f"{travel.remote.size:,}", f"{travel.moved:,}", travel.remote.url)
            say("\t".join(row))
    say(f"all\t\t{total:,}\t")


def fetch_all(fetcher: Fetcher, named: Sequence[tuple[ServedFile, str]], output: Path) -> None:
    """Write the slice of each file under its name; what the server has not changed is kept.

    Raises:
        FetchError: the server's fault, or a check of what came fails.
    """
    from hies_annot.evidence.fetch_table import (  # noqa: PLC0415
        made_with,
        read_fetched,
        unchanged,
        write_fetched,
    )

    lines = read_fetched(output)
    for served, name in named:
        made = made_with(fetcher, served)
        if unchanged(lines, output, name, made, fetcher.looked_at(served)):
            say(f"{served.name}: unchanged on the server, kept", err=True)
        else:
            lines = write_fetched(fetcher.fetch(served), output, name, made, lines)
    fetcher.pieces.clear()


def _block(named: Sequence[tuple[ServedFile, str]], output: Path) -> list[dict[str, str]]:
    """Return what to write into the configuration."""
    block = []
    for served, name in named:
        entry = {"name": served.name, "kind": served.kind.value, "path": str(output / name)}
        block.append(entry | ({"tool": served.tool} if served.tool else {}))
    return block
