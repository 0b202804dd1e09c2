"""Tracing: requests, candidates, reviews, judgements; the one door to kinmatch."""
