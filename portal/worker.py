"""The first and the last moment of a granian worker: it ends with the portal, and with no request half taken.

What granian leaves open: told to stop, it closes every connection that it has accepted and not yet read from, at once;
a reader whose request was on its way sees the connection reset. So the order to stop first takes the worker away from
the socket that all workers share, gives what it has accepted time to be read, and only then reaches granian.
"""
import ctypes
import os
import signal
import socket
import threading
import time

READING_SECONDS = 0.5  # that an accepted connection has to say what it wants when its worker is told to stop


def begin(parent: int) -> None:
    """Called in a worker just forked from the process `parent`, before granian sets anything up."""
    # Until granian has its handlers, the worker would swallow an interrupt with those of its parent.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Blocked in the threads to come as well, so that sigwait() below is the only one who gets it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    threading.Thread(target=_end_when_told, name="end", daemon=True).start()
    end_with(parent)


def end_with(parent: int, number: int = signal.SIGTERM) -> None:
    """Has the kernel send this process a signal when `parent` is killed: an orphan would keep the port and the lock."""
    set_parent_death_signal = 1  # PR_SET_PDEATHSIG, see prctl(2)
    ctypes.CDLL(None).prctl(set_parent_death_signal, number)
    if os.getppid() != parent:  # it was killed before the kernel was asked
        os._exit(1)


def _end_when_told() -> None:
    signal.sigwait({signal.SIGTERM})
    stop_accepting()
    time.sleep(READING_SECONDS)
    os.kill(os.getpid(), signal.SIGINT)  # granian's other word for the same


def stop_accepting() -> None:
    """Puts a socket that nobody can reach in the place of each one that this process listens on.

    Closing it would not do: granian holds the number, and the event queue goes on reporting what the other processes'
    copies of the socket receive.
    """
    for number in map(int, os.listdir("/proc/self/fd")):
        try:
            with socket.socket(fileno=os.dup(number)) as copy:
                listens = copy.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        except OSError:  # no socket, or closed since it was listed
            continue
        if listens:
            with socket.socket(socket.AF_UNIX) as unreachable:
                unreachable.setblocking(False)
                unreachable.bind("")  # a name of the kernel's choosing, see "Autobind feature" in unix(7)
                unreachable.listen()  # accept() is to find nobody there rather than fail
                os.dup2(unreachable.fileno(), number)
