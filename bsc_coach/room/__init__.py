"""Phones and the wall on the network of a room: a small HTTP server, its seats and pages; off until opened.

It knows neither Textual nor the talk: it asks a ``RoomHost``. Nothing here runs, listens or imports a library
of its own before somebody opens the room.
"""
