"""An HPO id that counts for nothing is told, one that counts is not."""

from __future__ import annotations

import one_person
import pytest

KNOWN = ["HP:0000964", "HP:0001047", "HP:0000281"]
UNKNOWN = ["HP:9999999", "HP:0002665"]


@pytest.mark.parametrize("before", ["", *KNOWN])
@pytest.mark.parametrize("term", [*KNOWN, *UNKNOWN])
def test_what_is_no_sign_of_the_diseases_is_named(term, before):
    files = {"P.vcf": one_person.vcf([])}
    result = one_person.result_of(vcf=files, hpo=f"{before};{term}".strip(";"))
    told = [text for text in result.warnings if text.startswith(f"HPO {term}: ")]
    assert len(told) == (term in UNKNOWN)
    assert not any("HPO" in text for text in result.warnings if text not in told)
