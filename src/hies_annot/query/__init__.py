"""Variants that a person typed: from a text to an allele, and what the stages say of it."""
