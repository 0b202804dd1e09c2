"""What survives when processes are killed and the power is cut: counted, cycle by cycle."""
