"""Read by the emulator's Python at its start: what it does otherwise than AWS, and than a stack can work with."""
import socketserver

from ministack.services import cognito

# Without TCP_NODELAY each function call waits 40 ms for a delayed ACK.
socketserver.StreamRequestHandler.disable_nagle_algorithm = True


class _Forgetful(dict):
    """Where the emulator keeps the hosted page's refresh tokens. Those that it finds there lose an agent's groups as they
    are used, so that an admin is none from the first renewal on; those that it does not it takes as Cognito does."""

    def __setitem__(self, token, grant):
        pass


cognito._refresh_tokens = _Forgetful()
