"""The owner's pages on what the assistant knows of skincare: every statement with its sources, switched off or reworded for this shop."""
