"""Texts that people write, taken in whole: how large and how deep they may be."""
