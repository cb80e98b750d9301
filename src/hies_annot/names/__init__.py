"""Variants as people write them: from a text to an allele, and texts held against one."""
