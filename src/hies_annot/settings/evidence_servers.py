"""Where `resources fetch` gets evidence from: addresses, versions and fields, as data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, field
from msgspec.structs import replace

from hies_annot.genome import Build
from hies_annot.model.closed import Closed
from hies_annot.settings.evidence_sources import SourceKind
from hies_annot.settings.user_yaml import checked, read_yaml
from hies_annot.shipped import resource_path

SHIPPED = "fetch/servers.yaml"
_FILE = "file of servers"
Address = Annotated[str, Meta(pattern=r"^https?://[^\s]+$(?!\s)")]


class ServedFile(Closed, frozen=True, kw_only=True):
    """A file (or one for each chromosome) on a server, which makes one slice."""

    name: Annotated[str, Meta(min_length=1)]
    """As it is printed in the report."""
    kind: SourceKind
    """What the source says, see the kinds."""
    url: Address
    """Address; `{chrom}` stands for the chromosome where there is a file for each."""
    read: Literal["index", "gzip", "zip"] = "index"
    """index: by region, with a tabix index; gzip, zip: read through, only the loci are kept."""
    index: str = ".tbi"
    """What follows the address of the file in that of its index."""
    tool: str | None = None
    """Score sources: the tool as the gene file calls it."""
    fields: dict[str, str] = field(default_factory=dict)
    """Our field -> field or column of the file, where the usual names do not fit."""
    version: str | None = None
    """Only where the file does not state it."""
    date: str | None = None
    """Only where the file does not state it; without one that of Last-Modified is taken."""
    complete: bool | None = None
    """Population sources: whether "not listed" means "not seen"."""
    terms: str = ""
    """Licence, as its owner states it."""
    read_in: str = ""
    """Where the address was read."""


class Servers(Closed, frozen=True, kw_only=True):
    """The addresses of all sources, and how they are asked."""

    timeout: Annotated[float, Meta(gt=0)] = 60.0
    """Seconds to wait for an answer."""
    tries: Annotated[int, Meta(ge=1)] = 4
    """How often an answer is asked for."""
    pause: Annotated[float, Meta(ge=0)] = 3.0
    """Seconds between two tries."""
    proxy: str | None = None
    """Address of a proxy, or `none`; empty: as the environment says (HTTPS_PROXY, NO_PROXY)."""
    mirrors: dict[str, Address] = field(default_factory=dict)
    """Start of an address -> what stands there instead: a mirror for all files below it."""
    sources: dict[str, dict[Build, tuple[ServedFile, ...]]] = field(default_factory=dict)
    """Word of the command line -> build -> files."""

    def address(self, url: str) -> str:
        """Return an address with the longest start that has a mirror exchanged."""
        for start in sorted(self.mirrors, key=len, reverse=True):
            if url.startswith(start):
                return self.mirrors[start] + url[len(start) :]
        return url


def load_servers(path: Path | None) -> Servers:
    """Return the shipped addresses, with what a lab's file says instead.

    A build of a source is exchanged whole; everything else key by key.

    Raises:
        InputError: the file is missing or no YAML.
        FaultsError: every key that is unknown or has a wrong value.
    """
    shipped = checked(Servers, read_yaml(resource_path(SHIPPED), _FILE), source=SHIPPED)
    if path is None:
        return shipped
    stated = read_yaml(path, _FILE)
    own = checked(Servers, stated, source=str(path))
    assert isinstance(stated, Mapping)
    sources = dict(shipped.sources)
    for word, builds in own.sources.items():
        sources[word] = {**sources.get(word, {}), **builds}
    changed = {name: getattr(own, name) for name in stated} | {"sources": sources}
    return replace(shipped, **changed)
