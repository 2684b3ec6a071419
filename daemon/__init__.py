"""All I/O, time, storage, logs and the command line."""
