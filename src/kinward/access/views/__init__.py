"""Signing in, one's own sign-in, accounts; what two offices, or two people, settle between them."""
