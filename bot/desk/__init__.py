"""The desk of the shop's staff at `/desk/`: pages made on the server, in the same process as the assistant."""
