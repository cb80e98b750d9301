"""Names and consequences of alleles."""
