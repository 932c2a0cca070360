"""Other systems, asked the same as ours. Each takes a `Dataset` and gives `Answers`."""
