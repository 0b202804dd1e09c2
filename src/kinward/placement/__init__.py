"""Placement: carers, household assessments, guardianship, follow-up."""
