"""The screens of health, for medics."""
