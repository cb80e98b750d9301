"""From the records of a file to the calls of a sample; nothing is guessed."""
