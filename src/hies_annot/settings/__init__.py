"""What a lab may set, each with its default and its source."""
