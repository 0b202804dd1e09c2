"""What templates ask of casework."""
