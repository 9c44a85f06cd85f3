"""The rules M01 to M43, on a whole strategy map, by theme."""
