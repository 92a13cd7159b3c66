"""Questions to an index on OpenSearch: the same answers as the engine of the process."""
