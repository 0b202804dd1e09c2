"""Casework: the eight tracks, gates, holds, tasks, decisions."""
