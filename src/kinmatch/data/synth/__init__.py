"""Parts of names, places and writing habits of made-up families, each line with its reason."""
