"""The strategy map as a picture: SVG and Mermaid."""
