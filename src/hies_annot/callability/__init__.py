"""Which of the required bases were looked at, and whether "nothing found" may be said."""
