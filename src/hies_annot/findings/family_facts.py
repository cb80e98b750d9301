"""What a finding says of the family: origin of each allele, and what each relative carries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from hies_annot.findings.candidates import Candidate
from hies_annot.model.finding import RelativeAlleles
from hies_annot.phase.denovo import origin_words
from hies_annot.phase.relatives import NOT_LOOKED_AT, Relative
from hies_annot.settings.call_thresholds import CallThresholds


class FamilyFacts(TypedDict):
    """Fields of a finding, by name."""

    origins: dict[str, str]
    relatives: tuple[RelativeAlleles, ...]


def family_facts(
    found: Sequence[Candidate], relatives: Sequence[Relative], thresholds: CallThresholds
) -> FamilyFacts:
    """Return where each allele of a finding comes from, and its state in each relative."""
    return {
        "origins": {each.id: origin_words(each.call, relatives, thresholds) for each in found},
        "relatives": tuple(
            _alleles(person, found)
            for person in sorted(relatives, key=lambda person: (person.role, person.sample))
        ),
    }


def _alleles(person: Relative, found: Sequence[Candidate]) -> RelativeAlleles:
    return RelativeAlleles(
        role=person.role,
        sample=person.sample,
        affected=person.affected.value,
        alleles={each.id: str(person.recorded(each.id) or NOT_LOOKED_AT) for each in found},
    )
