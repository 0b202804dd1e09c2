"""What laws and treaties say, as data."""
