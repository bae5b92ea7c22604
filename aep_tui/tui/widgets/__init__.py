"""One look for every field, choice and line. Nothing is told by colour alone: `( ) (•) [ ] [x] >` and words."""
