"""Knowledge of casework, as data."""
