"""Names, ages and places in templates."""
