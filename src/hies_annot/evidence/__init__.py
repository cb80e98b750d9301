"""Facts about alleles from outside, as their sources state them; nothing is weighed here."""
