"""Renderings of the result contract."""
