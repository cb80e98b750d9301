"""Phase, families and findings."""
