"""What could be assessed in a sample."""
