"""The two faces of a verdict: text and HTML, from the same data."""
