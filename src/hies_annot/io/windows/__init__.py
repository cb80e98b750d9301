"""The records in and around some windows of a VCF, by its index or by reading all of it."""
