"""The well-known asyncore forwarder: two dispatchers with a buffer each, predicates asked of every channel each turn."""
import asyncore
import socket
import sys
import warnings

warnings.simplefilter("ignore")


class Half(asyncore.dispatcher):
    def __init__(self, sock=None):
        self.peer = None
        self.waiting = b""
        asyncore.dispatcher.__init__(self, sock)

    def handle_connect(self):
        pass

    def readable(self):
        return self.peer is not None and len(self.peer.waiting) < 262144

    def handle_read(self):
        self.peer.waiting += self.recv(65536)

    def writable(self):
        return not self.connected or len(self.waiting) > 0

    def handle_write(self):
        self.waiting = self.waiting[self.send(self.waiting[:65536]) :]

    def handle_close(self):
        self.close()
        if self.peer is not None:
            self.peer.close()


class Forwarder(asyncore.dispatcher):
    def __init__(self, port, remote):
        asyncore.dispatcher.__init__(self)
        self.remote = remote
        self.create_socket(socket.AF_INET, socket.SOCK_STREAM)
        self.set_reuse_addr()
        self.bind(("127.0.0.1", port))
        self.listen(4096)

    def handle_accepted(self, sock, address):
        client = Half(sock)
        remote = Half()
        client.peer, remote.peer = remote, client
        remote.create_socket(socket.AF_INET, socket.SOCK_STREAM)
        remote.connect(("127.0.0.1", self.remote))


Forwarder(int(sys.argv[1]), int(sys.argv[2]))
asyncore.loop(use_poll=True)
