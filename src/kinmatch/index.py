"""Live look-up: one record in, best candidates out, while the registrar types."""
