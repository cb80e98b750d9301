"""Outside facts about alleles, ACMG criteria and verdicts."""
