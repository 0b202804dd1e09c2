"""What is read out of texts, held against how people coded them."""
