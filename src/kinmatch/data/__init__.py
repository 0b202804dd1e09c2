"""Knowledge as tables, each line with its source."""
