"""Mérida Atlas: what is documented about where U.S. Mérida Initiative aid to Mexico went.

Usable from a notebook without the dashboard:

    from geo import View, build_scene, load_atlas
    scene = build_scene(load_atlas(), View(measure="activities", pillar=(4,)))
    print(scene.border.share, [(s.code, s.value) for s in scene.ranked[:3]])
"""

from geo.atlas import load_atlas
from geo.scene import build_scene
from geo.view import View

__all__ = ["View", "__version__", "build_scene", "load_atlas"]
__version__ = "0.1.0"
