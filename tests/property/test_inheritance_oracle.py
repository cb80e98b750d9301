"""Every combination of genotype, phase evidence and parents against an oracle of its own.

The oracle knows nothing of the code: it builds the parents' genomes, lets them have children,
and keeps the children that look like the sample.
"""

from functools import cache
from itertools import product

import pytest

from hies_annot.findings.resolve import resolve
from hies_annot.model import Status, Support

# --- oracle: parents -------------------------------------------------------

COPIES = {
    "0/0": {0},
    "0/1": {1},
    "1/1": {2},
    "./1": {1, 2},
    "./.": {0, 1, 2},
    "bare 0/0": {0, 1, 2},
    None: {0, 1, 2},
}
CLEAR = {"0/0", "0/1", "1/1", "./1"}
CARRIES = CLEAR - {"0/0"}


@cache
def gametes(first, second):
    haplotypes = list(product((0, 1), repeat=2))
    return {
        given
        for pair in product(haplotypes, repeat=2)
        if pair[0][0] + pair[1][0] in COPIES[first] and pair[0][1] + pair[1][1] in COPIES[second]
        for given in pair
    }


def phase_of_children(father, mother):
    return {
        "cis" if sum(egg) in (0, 2) else "trans"
        for sperm, egg in product(gametes(*father), gametes(*mother))
        if (sperm[0] + egg[0], sperm[1] + egg[1]) == (1, 1)
    }


def parental(father, mother):
    """Phase as far as the parents tell, and whether nothing weaker can shake it."""
    found = phase_of_children(father, mother)
    most = max(sum(state in CARRIES for state in parent) for parent in (father, mother))
    if len(found) == 1:
        (phase,) = found
        trio = all(set(parent) & CLEAR for parent in (father, mother))
        enough = most >= {"trans": 1, "cis": 2}[phase]
        return (phase, trio) if enough else ("unknown", False)
    for one, other in ((father, mother), (mother, father)):
        tested, untested = set(one) <= CLEAR, not set(other) <= CLEAR
        held = [state in CARRIES for state in one]
        shared = [state in CARRIES for state in other]
        if found and tested and untested and held.count(True) == 1:
            return ("unknown" if shared[held.index(True)] else "trans", False)
    return ("unknown", False)


# --- the rows --------------------------------------------------------------

MARKS = {
    "none": ("0/1", {}, "0/1", {}, "unknown"),
    "one set, opposite": ("0|1", {"ps": "1"}, "1|0", {"ps": "1"}, "trans"),
    "one set, same side": ("1|0", {"ps": "1"}, "1|0", {"ps": "1"}, "cis"),
    "two sets": ("0|1", {"ps": "1"}, "1|0", {"ps": "2"}, "unknown"),
    "set on one only": ("0|1", {"ps": "1"}, "1|0", {}, "unknown"),
    "bars without set": ("0|1", {}, "0|1", {}, "unknown"),
    "set of an unphased call": ("0/1", {"ps": "1"}, "1|0", {"ps": "1"}, "unknown"),
    "PID, opposite": (
        "0/1",
        {"pid": "9", "pgt": "0|1"},
        "0/1",
        {"pid": "9", "pgt": "1|0"},
        "trans",
    ),
    "PID, same side": ("0/1", {"pid": "9", "pgt": "0|1"}, "0/1", {"pid": "9", "pgt": "0|1"}, "cis"),
    "two PIDs": ("0/1", {"pid": "8", "pgt": "0|1"}, "0/1", {"pid": "9", "pgt": "0|1"}, "unknown"),
}
STATUS = {"trans": Status.RELEVANT, "cis": Status.CARRIER, "unknown": Status.POSSIBLE}


def parent_call(build, state, pos):
    bare = {"ad": None, "dp": None, "gq": None} if state == "bare 0/0" else {}
    return build.make_call(state.removeprefix("bare "), pos=pos, **bare)


def parent_states(build, role):
    """All parents: state of the first and of the second allele, as a relative or nobody."""
    table = {}
    for states in product(COPIES, repeat=2):
        calls = [
            parent_call(build, state, pos)
            for state, pos in zip(states, (100, 150), strict=True)
            if state is not None
        ]
        table[states] = build.make_relative(role, calls)
    return table


@pytest.mark.slow
def test_two_alleles_in_every_family_with_every_phase_evidence(build):
    fathers, mothers = parent_states(build, "father"), parent_states(build, "mother")
    wrong, rows = [], 0
    for name, (first, one, second, two, stated) in MARKS.items():
        calls = (build.make_call(first, pos=100, **one), build.make_call(second, pos=150, **two))
        judged = tuple(build.judge(call) for call in calls)
        for father, mother in product(fathers, mothers):
            family = (fathers[father], mothers[mother])
            findings = resolve(build.ZNF341, judged, family, build.SPEC, build.THRESHOLDS)
            phase, firm = parental(father, mother)
            if phase == "unknown":
                phase = stated
            elif stated not in ("unknown", phase) and not firm:
                phase = "unknown"
            seen = (len(findings), findings[0].status, findings[0].phase.value)
            if seen != (1, STATUS[phase], phase):
                wrong.append((name, father, mother, seen, phase))
            rows += 1
    assert rows == len(MARKS) * len(COPIES) ** 4
    assert wrong == []


# --- one and two alleles in every genotype, support and quality ------------

LONE = {
    "0/0": None,
    "./.": None,
    "0/.": None,
    "0/1": "one",
    "1|0": "one",
    "1/1": "two",
    "1": "maybe",
    "./1": "maybe",
    "1|.": "maybe",
    "0/1/1": "maybe",
}
SUPPORTS = (Support.PATHOGENIC, Support.UNCERTAIN, Support.CONTRADICTED, Support.BENIGN)
RANK = (Status.RELEVANT, Status.POSSIBLE, Status.CARRIER, None)


def lone(gt, support, clean):
    held = LONE[gt]
    if held is None or support is Support.BENIGN:
        return None
    if held == "one":
        return None if support is Support.UNCERTAIN else Status.CARRIER
    certain = held == "two" and clean and support is Support.PATHOGENIC
    return Status.RELEVANT if certain else Status.POSSIBLE


def together(first, second):
    counts = [gt_support for gt_support in (first, second) if gt_support[1] is not Support.BENIGN]
    held = [LONE[gt] for gt, _, _ in counts]
    alone = [lone(*one) for one in (first, second)]
    if len(held) == 2 and None not in held and "two" not in held:
        alone.append(Status.POSSIBLE)
    return min(alone, key=RANK.index)


def test_two_alleles_without_phase_in_every_genotype_support_and_quality(build):
    options = list(product(LONE, SUPPORTS, (True, False)))
    made = {
        (pos, option): build.judge(
            build.make_call(option[0], pos=pos, **({} if option[2] else {"gq": 3.0})),
            support=option[1],
        )
        for pos in (100, 150)
        for option in options
    }
    wrong, rows = [], 0
    for first, second in product(options, repeat=2):
        judged = (made[100, first], made[150, second])
        findings = resolve(build.ZNF341, judged, (), build.SPEC, build.THRESHOLDS)
        best = findings[0].status if findings else None
        if best is not together(first, second):
            wrong.append((first, second, best, together(first, second)))
        rows += 1
    assert rows == (len(LONE) * len(SUPPORTS) * 2) ** 2
    assert wrong == []


DOMINANT = {"0/1", "1|0", "1/1", "1", "./1", "1|.", "0/1/1"}


@pytest.mark.parametrize("gt", LONE)
def test_one_allele_of_a_dominant_condition(build, gt):
    for support, clean in product(SUPPORTS, (True, False)):
        call = build.make_call(gt, gene="STAT3", chrom="17", **({} if clean else {"gq": 3.0}))
        judged = build.judge(call, support=support, condition="STAT3-AD-HIES")
        findings = resolve(build.STAT3, (judged,), (), build.SPEC, build.THRESHOLDS)
        expected = []
        if gt in DOMINANT and support is not Support.BENIGN:
            sure = clean and support is Support.PATHOGENIC
            expected = [Status.RELEVANT if sure else Status.POSSIBLE]
        assert [finding.status for finding in findings] == expected
