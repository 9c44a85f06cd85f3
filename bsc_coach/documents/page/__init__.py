"""The strategy on a page: HTML for the browser, PDF for paper, with charts."""
