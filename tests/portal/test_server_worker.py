"""What a worker does when it is told to stop, before granian hears of it."""
import os
import socket
import subprocess
import sys

LISTENS = """
import socket, sys
from portal import worker
listener = socket.socket(fileno=int(sys.argv[1]))
listener.setblocking(False)
worker.stop_accepting()
try:
    listener.accept()
except BlockingIOError:
    print("nobody there")
"""


def test_it_stops_accepting_what_other_workers_go_on_accepting():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.fileno()
        with socket.create_connection(listener.getsockname()):
            done = subprocess.run([sys.executable, "-c", LISTENS, str(number)], pass_fds=[number], capture_output=True,
                                  text=True, env=os.environ)  # fmt: skip
            assert (done.stdout, done.stderr) == ("nobody there\n", "")
            listener.settimeout(5)
            listener.accept()[0].close()
