"""Signing in and out; what two offices, or two people, settle between them."""
