"""Serves a fresh shop of django-oscar: python oscar_serve.py FOLDER_OF_THE_APP, with the shelf and the orders as a line of JSON on standard
input, and PEER_FOLDER and PEER_KEY in the environment. Prints its port."""

import json
import os
import sys
from pathlib import Path

sys.path[:0] = [sys.argv[1], str(Path(__file__).parent)]
os.environ["DJANGO_SETTINGS_MODULE"] = "oscar_shop.settings"


def main():
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", run_syncdb=True, verbosity=0)
    from oscar_shop.opening import open_shop
    from oscar_shop.staff import keep

    open_shop(**json.loads(sys.stdin.readline()))
    keep()

    class Silent(WSGIRequestHandler):
        def log_message(self, *_):
            """Says nothing."""

    server = ThreadedWSGIServer(("127.0.0.1", 0), Silent)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
