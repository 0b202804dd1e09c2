"""Operations: legs, manifests, checkpoints, head counts, handovers, travel documents."""
