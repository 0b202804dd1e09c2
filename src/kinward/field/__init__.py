"""Field: offline capture; devices, packages out, submissions in, conflicts."""
