"""One line of a VCF taken apart: columns, counts of reads, likelihoods, how far it reaches."""
