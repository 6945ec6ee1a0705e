"""Articles as one partitioned data set of Parquet files, which query engines open as a folder."""
