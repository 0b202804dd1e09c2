"""Pages of casework: the tracks of a child; assigning, referring, emergencies."""
