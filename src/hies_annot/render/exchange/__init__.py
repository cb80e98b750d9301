"""Results in the forms that other systems take: GA4GH Phenopacket, HL7 FHIR.

No code of a foreign vocabulary is made up: each stands in a table with the place where it was read.
"""
