"""What customers ask, for the shop's owner: every turn, what asks the same, and counts by week."""
