"""An index on OpenSearch, for what outgrows one machine: written, verified, published."""
