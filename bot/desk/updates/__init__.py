"""Where an update of the project changed what the owner had changed, and what they choose there."""
