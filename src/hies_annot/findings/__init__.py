"""From judged alleles to the answer: which genotypes they make, and the status of a sample."""
