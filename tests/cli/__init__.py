"""The commands, as typed."""
