"""A whole installation under load: a made-up caseload, a server of its own, paced visitors."""
