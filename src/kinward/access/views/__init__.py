"""Screens of signing in, of accounts, and of what two offices or two people settle."""
