"""What a VCF says before its first record: header, samples, program, regions left out."""
