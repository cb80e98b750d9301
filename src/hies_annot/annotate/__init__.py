"""What follows from an allele alone: names, consequences, predictions."""
