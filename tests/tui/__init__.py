"""Tests of the app: what it shows, what keys do, and what never reaches the terminal."""
