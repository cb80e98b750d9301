"""Bytes in and out: the only place that imports pysam; no rule about a person lives here."""
