"""Pages of casework: the tracks of a child; tasks; assigning, referring, emergencies."""
