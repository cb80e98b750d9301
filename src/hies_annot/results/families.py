"""Who is related to whom in a run: names that parents and families tie together. Pure."""

from __future__ import annotations

from collections.abc import Iterable


class Families:
    """Disjoint sets of names, joined one by one."""

    def __init__(self) -> None:
        """Start with everybody alone."""
        self._heads: dict[str, str] = {}

    def add(self, name: str, kin: Iterable[str]) -> None:
        """Tie a name to those of its kin."""
        for other in kin:
            self._heads[self.of(other)] = self.of(name)

    def of(self, name: str) -> str:
        """Return the name that stands for the family of a name."""
        head = name
        while (above := self._heads.get(head, head)) != head:
            head = above
        while name != head:
            self._heads[name], name = head, self._heads.get(name, head)
        return head
