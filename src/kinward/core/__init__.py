"""Core: base record, errors, middleware, template tags; no word of the domain."""
