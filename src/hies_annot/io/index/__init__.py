"""Indexes (.tbi, .csi): what they hold, and how htslib gets them at little cost."""
