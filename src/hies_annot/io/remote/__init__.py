"""Files on servers: addresses, pieces that are fetched, and what stands for them on disk."""
