"""Help in describing a publisher: a page fetched or read, each field's rule, and the first draft of a description."""
