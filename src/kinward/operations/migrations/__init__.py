"""Migrations of operations."""
