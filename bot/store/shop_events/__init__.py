"""What a shop tells by itself: an order, how far one is, a parcel, stock; each taken once, and never over what is newer."""
