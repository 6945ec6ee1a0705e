"""Archives at scale: the extraction as a plain function over WARC records, and the job that maps it over many files."""
