"""Files: what a sample and a run leave on disk, whole or not at all."""
