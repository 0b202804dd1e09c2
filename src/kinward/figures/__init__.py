"""Figures: sources, claims, reconciliation, releases."""
