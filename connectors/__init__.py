"""The outside world, as events and messages. Knows nothing of shifts or limits."""
