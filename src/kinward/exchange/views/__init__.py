"""Screens of files in and out."""
