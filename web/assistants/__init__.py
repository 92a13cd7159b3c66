"""What programs that speak for people are given: tools to search, read and check quotes."""
