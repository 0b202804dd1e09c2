"""Audit: the append-only log of who did or read what; no foreign keys."""
