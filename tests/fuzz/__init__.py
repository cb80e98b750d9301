"""Coverage-guided fuzzing of all that reads what other people wrote; see `__main__`."""
