"""Evidence: what proves that two people belong together; shown to who verifies, to nobody else."""
