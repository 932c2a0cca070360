"""The finder: a few questions, each of which can be skipped or corrected, then up to three products with reasons."""
