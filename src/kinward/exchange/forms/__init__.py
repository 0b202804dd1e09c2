"""What came in, made clean."""
