"""Whole families matched at once, with soft evidence from the other members."""
