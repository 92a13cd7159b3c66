"""A write-up worked on beside its page: what stands where, what may change, what is kept."""
