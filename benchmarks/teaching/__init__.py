"""How well an owner can teach the assistant what it does not know."""
