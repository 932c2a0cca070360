"""`glasskin serve --workers N`: several processes behind one port of one machine.

`supervisor` starts them, starts again what dies, and stops or renews them; `worker` is one of them. The port's socket is opened once
and handed to all: whoever is free takes the next connection, and none is refused while another is started.
"""
