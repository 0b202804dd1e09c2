"""Kinward: bring children home from conflict zones and reunite them with their kin."""
