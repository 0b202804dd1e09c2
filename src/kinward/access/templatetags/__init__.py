"""Roles in templates."""
