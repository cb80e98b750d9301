"""Two alleles of dominant diseases in one person are remarked on."""

import pytest
from msgspec.structs import replace

from hies_annot.findings.resolve import resolve
from hies_annot.model import Support

HIES, GOF = "STAT3-AD-HIES", "STAT3-ADMIO1"
DN = {HIES: Support.PATHOGENIC, GOF: Support.OTHER_MECHANISM}
GAIN = {HIES: Support.OTHER_MECHANISM, GOF: Support.PATHOGENIC}
VUS = {HIES: Support.UNCERTAIN}


def remarks(build, *supports, flags=()):
    def own_class(entry):
        """A VUS by nobody's table."""
        made = {
            name: replace(v, basis="none" if v.support is Support.UNCERTAIN else v.basis)
            for name, v in entry.verdicts.items()
        }
        return replace(entry, verdicts=made)

    judged = tuple(
        own_class(
            build.judge(
                build.make_call("0/1", gene="STAT3", chrom="17", pos=100 + number, number=number),
                support=support,
                flags=flags,
            )
        )
        for number, support in enumerate(supports)
    )
    found = resolve(build.STAT3, judged, (), build.SPEC, build.THRESHOLDS)
    return [[r for r in finding.reasons if r.startswith("remark:")] for finding in found]


@pytest.mark.parametrize(
    ("supports", "words"),
    [
        ((DN, GAIN), "alleles of opposite mechanisms in one person"),
        ((DN, DN), "two alleles of one mechanism in one person"),
        ((GAIN, GAIN), "two alleles of one mechanism in one person"),
    ],
)
def test_two_such_alleles_get_a_remark_in_both_findings(build, supports, words):
    found = remarks(build, *supports)
    assert len(found) == 2
    assert all(words in lines[0] for lines in found)


@pytest.mark.parametrize("supports", [(DN,), (DN, VUS), (GAIN,), (VUS, VUS)])
def test_one_such_allele_gets_none(build, supports):
    assert not any(remarks(build, *supports))


def test_a_combined_allele_and_its_part_are_one_event(build):
    assert not any(remarks(build, DN, DN, flags=("in_cis_with:x",)))
