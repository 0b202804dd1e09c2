"""Places: a gazetteer with names in every script."""
