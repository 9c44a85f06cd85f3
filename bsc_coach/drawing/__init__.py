"""Layered graph layout (Sugiyama) of the strategy map: from a strategy to boxes, bands and routes of links.

The steps are the known ones. Layers: ``rows`` (the bands of the method, and in a band longest paths from
causes to effects, circles cut by depth-first search) and ``lanes`` (a dummy node, called a lane, in every row
that a link passes). Crossing minimisation: ``ordering`` (of lanes alone; boxes stand as they are listed).
Coordinates: ``columns`` and ``spread`` from left to right, ``placing`` from top to bottom. Edge routing:
``ports`` on the boxes, ``tracks`` between the rows. ``labels`` breaks titles into lines, ``clear_space``
finds room for words, ``fitting`` the geometry for a paper. Pure: no clock, no disk, no colours; the same
strategy gives the same drawing.
"""
