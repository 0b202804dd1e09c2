"""What the benchmarks of families and of linkage share: data, peers, measures, tables."""
