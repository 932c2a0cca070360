"""Several processes at one database: nothing is lost, doubled or out of order, whichever of them dies."""
