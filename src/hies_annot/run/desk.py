"""What the samples of a batch share while they are gone through."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from hies_annot.genome import Build
from hies_annot.judge.alleles import AlleleBook
from hies_annot.phase.read_backed import ReadPhase
from hies_annot.run.engine import Engine
from hies_annot.run.readings import Readings


class Desk(Struct, frozen=True):
    """Settings and tools, records, known alleles, and by sample what was read of phase before."""

    engine: Engine
    readings: Readings
    books: dict[Build, AlleleBook]
    phases: Mapping[str, ReadPhase] = MappingProxyType({})

    def book(self, build: Build) -> AlleleBook:
        """Return what is known about alleles of a build so far."""
        if build not in self.books:
            tools = self.engine.tools(build)
            self.books[build] = AlleleBook(tools.annotator, tools.evidence, self.engine.genes)
        return self.books[build]
