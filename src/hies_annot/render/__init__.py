"""Pages, tables and texts of results; nothing is decided here."""
