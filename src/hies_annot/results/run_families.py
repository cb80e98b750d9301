"""Which samples of a run belong together: a parent or a family ties them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from hies_annot.results.contract import SampleResult

_SAMPLE = "sample "


def family_of(result: SampleResult) -> str:
    """Return the family as sheet or pedigree name it; empty where neither does."""
    return str(result.specification.get("family") or "")


def kin_of(result: SampleResult) -> tuple[str, ...]:
    """Return the names that tie a sample to its relatives: its parents and its family.

    A parent that is no sample of the run is told apart by the family or, where none is named, by
    the files of the child: `F` and `M` are the parents of many (as in `sheet.kin`).
    """
    told, family = result.specification, family_of(result)
    files = [told.get("vcf"), *_listed(told.get("more_vcfs"))]
    where = f"family {family}" if family else f"file {', '.join(map(str, files))}"
    parents = [told[key] for key in ("father", "mother") if told.get(key)]
    kin = [f"{_SAMPLE}{name}" for name in parents]
    kin += [f"parent {name} of {where}" for name in parents]
    return (*kin, where) if family else tuple(kin)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


class Families:
    """Disjoint sets of names, joined one by one."""

    def __init__(self, samples: Iterable[str]) -> None:
        """Start with the samples of the run, each alone."""
        self._heads = {f"{_SAMPLE}{name}": f"{_SAMPLE}{name}" for name in samples}

    def add(self, sample: str, kin: Iterable[str]) -> None:
        """Join a sample to the names that `kin_of` has for it."""
        for other in kin:
            if other in self._heads or not other.startswith(_SAMPLE):
                self._heads[self._head(other)] = self.of(sample)

    def of(self, sample: str) -> str:
        """Return the name that all relatives of a sample share, its own where it has none."""
        return self._head(f"{_SAMPLE}{sample}")

    def _head(self, name: str) -> str:
        head = name
        while (above := self._heads.get(head, head)) != head:
            head = above
        while name != head:
            self._heads[name], name = head, self._heads.get(name, head)
        return head
