"""A run: settings and rows in, each sample taken through all stages; or one typed variant."""
