"""What may be opened, and how large and how deep a text that people write may be."""
