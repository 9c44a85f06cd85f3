"""The strategy map, drawn: where everything stands, as SVG and as Mermaid. Pure and the same each time."""
