"""The scenes; every public function paints one onto an empty canvas.

Figures such as 660 or 0.3 are places and sizes in the picture (logical units, see `canvas`), found by eye.
"""
