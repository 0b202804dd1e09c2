"""Backups: copied while people work, sealed to keys kept elsewhere, proved by restoring them."""
