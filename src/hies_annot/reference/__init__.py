"""Reference sequences and transcripts of the loci."""
