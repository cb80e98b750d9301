"""What an allele counts for under each condition, alone and on its copy, and why."""
