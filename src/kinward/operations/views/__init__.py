"""Pages about operations."""
