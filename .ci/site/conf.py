"""Settings of Sphinx for the manual; `make site` puts its pages together."""

project = "hies-annot"
extensions = ["myst_parser"]
myst_heading_anchors = 4
html_theme = "furo"
html_title = "hies-annot"
html_copy_source = False
html_show_sphinx = False
exclude_patterns: list[str] = []
# Examples of a console are shown as they are; Pygments knows none of the formats of genetics.
highlight_language = "none"
