import re

# Where the results go is known of a rule only: a module may put a prefix before it.
RESULTS = Path(rules.summarise.output.index).parent
BATCHES, COHORTS, ADDRESSES = plan(RESULTS)


wildcard_constraints:
    batch="|".join(map(re.escape, BATCHES)),
