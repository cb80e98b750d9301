"""The contract: reports as results that others read, and what is said of many results."""
