"""What must never happen, tried many times over with a seed."""
