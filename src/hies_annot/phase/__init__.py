"""Which alleles lie on one copy, and where they come from: records, relatives, reads."""
