"""Which samples of a run belong together: a parent or a family ties them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from hies_annot.results.contract import SampleResult


def family_of(result: SampleResult) -> str:
    """Return the family as sheet or pedigree name it; empty where neither does."""
    return str(result.specification.get("family") or "")


def kin_of(result: SampleResult) -> tuple[str, ...]:
    """Return the names that tie a sample to its relatives: its parents and its family."""
    parents = (result.specification.get(key) for key in ("father", "mother"))
    kin = tuple(f"sample {name}" for name in parents if name)
    family = family_of(result)
    return (*kin, f"family {family}") if family else kin


class Families:
    """Disjoint sets of names, joined one by one."""

    def __init__(self) -> None:
        """Start with nobody."""
        self._heads: dict[str, str] = {}

    def add(self, sample: str, kin: Iterable[str]) -> None:
        """Join a sample to the names that `kin_of` has for it."""
        for other in kin:
            self._heads[self._head(other)] = self.of(sample)

    def of(self, sample: str) -> str:
        """Return the name that all relatives of a sample share, its own where it has none."""
        return self._head(f"sample {sample}")

    def _head(self, name: str) -> str:
        head = name
        while (above := self._heads.get(head, head)) != head:
            head = above
        while name != head:
            self._heads[name], name = head, self._heads.get(name, head)
        return head
