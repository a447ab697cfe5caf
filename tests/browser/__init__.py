"""Stories a reader lives through, told in a real browser."""
