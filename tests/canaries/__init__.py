"""Where a secret could surface: every road out of the program, searched for every form of the one fake secret."""
