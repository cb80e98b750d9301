"""Who is in a run: sheet and pedigree as samples, families and batches, with all faults."""
