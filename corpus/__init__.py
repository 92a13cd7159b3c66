"""What was said: records, write-ups, and reading any page into a record."""
