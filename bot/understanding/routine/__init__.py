"""What a message says of a routine: its steps, how they change, and which question about routines it is."""
