"""The strategy map drawn: as SVG, as Mermaid, in words, and how it looks wherever it is drawn."""
