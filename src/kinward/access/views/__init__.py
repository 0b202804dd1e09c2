"""Screens of signing in, of one's own sign-in, and of accounts."""
