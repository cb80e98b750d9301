"""What other records say of a sample does not depend on how many others its file holds."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from one_person import result_of, vcf
from vcf_text import bases

SVTYPE = '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="kind">\n'
PLACES = (33744000, 33748000, 33752000, 33757000, 33762000)
DELETION = "chr20\t33743000\t.\tN\t<DEL>\t60\tPASS\tSVTYPE=DEL;END=33760000\tGT:CN\t"


def text(others, *records):
    columns = "\t".join(["P", *(f"Q{number}" for number in range(others))])
    return vcf(records, columns=columns, header=SVTYPE)


def of_p(deletion, calls, others, *, apart):
    small = []
    for place, call in zip(PLACES, calls, strict=True):
        ref = bases("20", place, place)
        alt = "A" if ref != "A" else "C"
        columns = "\t".join([call, *["0/1:15,15:30:90"] * others])
        small.append(f"chr20\t{place}\t.\t{ref}\t{alt}\t60\tPASS\t.\tGT:AD:DP:GQ\t{columns}")
    event = DELETION + "\t".join([deletion, *["0/0:2"] * others])
    files = {"vcf": {"a.vcf": text(others, *(small if apart else [event, *small]))}}
    if apart:
        files["sv_vcf"] = {"b.vcf": text(others, event)}
    result = result_of(**files)
    shown = [(one.id, one.zygosity, *one.flags) for one in result.variants]
    return result.status, result.status_reason, shown


@example(deletion="1/1:0", calls=("0/0:30,0:30:90",) * 5, apart=True)
@example(deletion="1/1:0", calls=("0/0:30,0:30:90",) * 5, apart=False)
@given(
    deletion=st.sampled_from(["1/1:0", "0/1:1", "./.:0", "0/0:0", "0/0:2", "./.:.", "1/1:2"]),
    calls=st.tuples(
        *[
            st.sampled_from(
                ["0/0:30,0:30:90", "0/0:4,0:4:12", "0/1:15,15:30:90", "./.:0,0:0:.", "0/0:.:.:."]
            )
        ]
        * len(PLACES)
    ),
    apart=st.booleans(),
)
@settings(max_examples=25)
def test_calls_within_a_deletion_count_in_a_cohort_as_they_do_alone(deletion, calls, apart):
    alone = of_p(deletion, calls, 0, apart=apart)
    beside = of_p(deletion, calls, 12, apart=apart)
    assert (alone[0], alone[1]) == (beside[0], beside[1])
    assert set(beside[2]) <= set(alone[2])
    assert {one[:2] for one in alone[2] if _contradicts(one)} <= {one[:2] for one in beside[2]}


def _contradicts(shown):
    return any(flag.endswith("_within_deletion") for flag in shown[2:])
