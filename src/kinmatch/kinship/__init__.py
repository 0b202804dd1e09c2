"""Relations, their inverses and composition; ages and generations that cannot be."""
