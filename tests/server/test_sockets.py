"""The server's sockets: answers leave at once."""

from __future__ import annotations

import socket
import sys

import pytest

from geo.server import send_at_once


def opened_as_streamlit_does() -> socket.socket:
    """A listening socket whose protocol is not named, for which asyncio changes nothing."""
    listening = socket.socket(socket.AF_INET)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    return listening


def delays(connection: socket.socket) -> bool:
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not list open files")
def test_a_connection_accepted_afterwards_sends_at_once() -> None:
    with opened_as_streamlit_does() as listening:
        assert delays(listening)
        assert send_at_once() >= 1
        with socket.create_connection(listening.getsockname()) as client:
            accepted, _ = listening.accept()
            with accepted:
                assert not delays(accepted)
            assert delays(client), "only what the process listens on is changed"


def test_sockets_that_do_not_listen_are_let_be() -> None:
    with socket.socket(socket.AF_INET) as idle:
        send_at_once()
        assert delays(idle)
