"""From a page, whatever its format, to what was said on it: readers, blocks, extraction."""
