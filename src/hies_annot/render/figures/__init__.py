"""Figures of a report as SVG within the page; each says in words what it shows."""
