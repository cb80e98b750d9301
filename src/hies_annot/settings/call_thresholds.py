"""Thresholds of a genotype call; every figure has a source."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(ge=0, le=1)]


class CallThresholds(BaseModel):
    """When a call counts as reliable. Fractions are alternate reads / all reads, 0..1."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    min_qual: Annotated[float, Field(ge=0)] | None = Field(
        default=None,
        description="Least QUAL; off by default, because callers do not share one scale",
    )
    min_gq: Annotated[float, Field(ge=0)] = Field(
        default=20, description="Least genotype quality (slivar, Exomiser, seqr: 20)"
    )
    min_dp: Annotated[int, Field(ge=0)] = Field(
        default=10, description="Least read depth (Exomiser and Talos: 10)"
    )
    min_alt_depth: Annotated[int, Field(ge=0)] = Field(
        default=5, description="Least number of reads with the allele (Talos: 5)"
    )
    het_balance: tuple[Share, Share] = Field(
        default=(0.20, 0.80), description="Band of a heterozygous call (slivar: 0.20-0.80)"
    )
    hom_balance: Share = Field(
        default=0.95, description="Least fraction of a homozygous call (slivar: 0.98 at its best)"
    )
    low_fraction: tuple[Share, Share] = Field(
        default=(0.05, 0.25),
        description="Band of a possible mosaic or clone; below it, an artefact is likelier",
    )
    mosaic_p: Share = Field(
        default=1e-4, description="Binomial p (against 0.5) of a mosaic (Wright 2019, PMC6611863)"
    )
    de_novo_parent_reads: Annotated[int, Field(ge=0)] = Field(
        default=1, description="Most alternate reads in both parents together (slivar: below 2)"
    )
    accepted_filters: tuple[str, ...] = Field(
        default=("PASS",), description="FILTER and FT words that do not fail a call"
    )
    trust_phase_without_ps: bool = Field(
        default=False,
        description="Take `|` without PS for proof: such phase is often statistical, and "
        "statistical phase of rare alleles is no better than chance",
    )

    @model_validator(mode="after")
    def _ordered(self) -> CallThresholds:
        for name in ("het_balance", "low_fraction"):
            low, high = getattr(self, name)
            if low > high:
                raise ValueError(f"{name}: {low} lies above {high}")
        return self
