"""Names compared, measured: the sets, the measures, the peers, and how fast each is."""
