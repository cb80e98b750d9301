"""People to analyse, as sheet and PED describe them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from msgspec import Struct, field


class Sex(StrEnum):
    """Sex as the sheet or the PED states it."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class Affected(StrEnum):
    """Disease state as the sheet or the PED states it."""

    YES = "affected"
    NO = "unaffected"
    UNKNOWN = "unknown"


class SampleSpec(Struct, frozen=True):
    """One person to analyse: where the data is and how the family is built.

    `sample` is an opaque string. `vcf_sample` is the column of the VCF (None: the only one,
    or the one named like `sample`). Parents are names of other samples of the sheet or,
    failing that, columns of the same VCF; `parentage` is confirmed where the lab has tested it.
    `more_vcfs` are further files of the same person, each with other regions or other kinds of
    variants than `vcf`; `more_sv_vcfs` are those of further callers. `notes` are remarks
    on how the sheet was understood, for the warnings of the result.
    """

    sample: str
    vcf: str
    vcf_sample: str | None = None
    batch: str | None = None
    sex: Sex = Sex.UNKNOWN
    affected: Affected = Affected.UNKNOWN
    family: str | None = None
    father: str | None = None
    mother: str | None = None
    bam: str | None = None
    callable: str | None = None
    sv_vcf: str | None = None
    parentage: Literal["assumed", "confirmed"] = "assumed"
    hpo: tuple[str, ...] = ()
    nih_items: Mapping[str, str] = field(default_factory=dict)
    more_vcfs: tuple[str, ...] = ()
    more_sv_vcfs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def vcfs(self) -> tuple[str, ...]:
        """All files with the small variants of this person, in the order of the sheet."""
        return (self.vcf, *self.more_vcfs)

    @property
    def sv_vcfs(self) -> tuple[str, ...]:
        """All files with structural variants of this person, in the order of the sheet."""
        return () if self.sv_vcf is None else (self.sv_vcf, *self.more_sv_vcfs)
