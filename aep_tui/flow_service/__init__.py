"""Everything that speaks HTTP to the platform; the only room that imports httpx."""
