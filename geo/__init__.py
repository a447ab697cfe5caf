"""Mérida Atlas: what is documented about where U.S. Mérida Initiative aid to Mexico went.

Usable from a notebook without the dashboard:

    from geo.atlas.atlas import load_atlas
    from geo.scene.scene import build_scene
    from geo.view.view import View
    scene = build_scene(load_atlas(), View(measure="activities", pillar=(4,)))
    print(scene.border.share, [(s.code, s.value) for s in scene.ranked[:3]])
"""

__version__ = "0.1.0"
