"""What an owner mends of products: what kind one is, what its label lists. Kept in the owner's folder, laid over what the shop's files say."""
