"""What a message means: one `Frame` a question, read from data, and what a conversation makes of it.

`reader` makes a Frame of what the pipeline found, without context; `resolve` completes it with the `Memory` of the
conversation. Patterns, roles and rules stand in `data/understanding`. Nothing here knows Rasa or SQL.
"""
