"""The mail on a week that the shop's owner gets on Monday morning."""
