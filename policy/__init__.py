"""The vocabulary and the rules. Pure: no I/O beyond reading a TOML file."""
