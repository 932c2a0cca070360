"""What an owner has said otherwise, or not at all, of the skincare statements of the project: the shop's own layer over the knowledge."""
