"""A run: settings and rows in, each sample taken through all stages in order."""
