"""ACMG/AMP criteria, one module a family; every criterion is a pure function."""
