"""What the stages say of a variant that a person typed."""
