"""What the nationality laws of countries ask for, a file each."""
