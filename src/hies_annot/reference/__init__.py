"""Sequences and transcripts of the loci, and each allele in its normal form."""
