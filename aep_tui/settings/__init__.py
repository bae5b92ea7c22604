"""Where every value comes from, and everything that the program keeps on disk."""
