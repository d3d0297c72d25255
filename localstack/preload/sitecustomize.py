"""Read by the emulator's Python at its start. Without TCP_NODELAY each function call waits 40 ms for a delayed ACK."""
import socketserver

socketserver.StreamRequestHandler.disable_nagle_algorithm = True
