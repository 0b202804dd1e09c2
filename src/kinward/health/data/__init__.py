"""Vaccines and what is looked for, as data: each with its source, in three languages."""
