"""Gene files: all that is known about a gene, as data."""
