"""A person instead of the assistant: asked for, offered, passed on, and a message left where nobody is there."""
