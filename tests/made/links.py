"""A link between a browser and a server that can be cut, whatever the browser believes of it."""

from __future__ import annotations

import selectors
import socket
import threading
from contextlib import suppress
from typing import Final

AT_ONCE: Final = 64 * 1024  # bytes


class Link:
    """Listens on this machine and hands everything on; cut, it takes nobody and drops who is there.

    A browser told to be offline still asks for a newer worker, and asks while a page starts.
    """

    def __init__(self, port: int) -> None:
        self.to = port
        self.open: set[socket.socket] = set()
        self.is_cut = False
        self.refused = 0  # connections that met the cut
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self.listening.getsockname()[1]}"
        threading.Thread(target=self.take, daemon=True).start()

    def take(self) -> None:
        """Take one connection after the other, until closed."""
        with suppress(OSError):
            while True:
                here, _from = self.listening.accept()
                if self.is_cut:
                    self.refused += 1
                    here.close()
                else:
                    threading.Thread(target=self.carry, args=(here,), daemon=True).start()

    def carry(self, here: socket.socket) -> None:
        """Hand on what comes from either side until one of them ends."""
        with suppress(OSError), here, socket.create_connection(("127.0.0.1", self.to)) as there:
            ends = {here: there, there: here}
            self.open |= ends.keys()
            with selectors.DefaultSelector() as ready:
                for end in ends:
                    ready.register(end, selectors.EVENT_READ)
                while all(self.hand_on(key.fileobj, ends) for key, _what in ready.select()):
                    pass
            self.open -= ends.keys()

    def hand_on(self, end: object, ends: dict[socket.socket, socket.socket]) -> bool:
        """Hand one piece on; return whether there was any."""
        assert isinstance(end, socket.socket)
        piece = end.recv(AT_ONCE)
        ends[end].sendall(piece)
        return bool(piece)

    def cut(self) -> None:
        """Drop every connection, and take no other."""
        self.is_cut = True
        for end in list(self.open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Take connections again."""
        self.is_cut = False

    def close(self) -> None:
        """End for good."""
        self.cut()
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
