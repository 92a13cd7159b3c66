"""From a page, whatever its format, to its blocks: fetched, confined, read."""
