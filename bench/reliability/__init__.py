"""What must not happen, tried: writes lost, records leaked, logs edited, inputs that break."""
