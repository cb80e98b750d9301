"""Commands: from the words of a command line to one call of `run`, and back to words."""
