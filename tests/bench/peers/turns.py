"""A line to a server that counts how often the server is asked and answers."""

import selectors
import socket
import threading

PIECE = 64 * 1024


class Line:
    """Takes connections and passes on what goes to and fro. A round trip begins with what is sent after an answer."""

    def __init__(self, server):
        self.server = server
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.round_trips = 0
        threading.Thread(target=self.take, daemon=True).start()

    def take(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.server))
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.pass_on, args=(near, far), daemon=True).start()

    def pass_on(self, near, far):
        answered = True
        with near, far, selectors.DefaultSelector() as either:
            either.register(near, selectors.EVENT_READ, far)
            either.register(far, selectors.EVENT_READ, near)
            while True:
                for key, _ in either.select():
                    try:
                        piece = key.fileobj.recv(PIECE)
                        key.data.sendall(piece)
                    except OSError:
                        return
                    if not piece:
                        return
                    if key.fileobj is near:
                        self.round_trips += answered
                    answered = key.fileobj is far

    def end(self):
        self.listener.close()
