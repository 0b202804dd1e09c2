"""The screens of tracing, one module a noun."""
