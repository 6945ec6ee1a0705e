"""Feed storages: how a run's output reaches its file."""
