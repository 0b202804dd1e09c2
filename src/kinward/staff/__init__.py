"""Staff: who works for the programme, where, and how to reach them."""
