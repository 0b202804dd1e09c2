"""People: assertions, persons, kinship; what anyone said about someone."""
