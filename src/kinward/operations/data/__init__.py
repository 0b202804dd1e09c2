"""How many children one escort looks after, as data."""
