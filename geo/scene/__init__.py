"""One view's numbers: attribution, measures, class breaks, ranks, the remainder, the sources."""

from geo.scene.attribution import attribute_dollars, cents, to_cents
from geo.scene.class_check import ClassCheck, Fit, check_classes
from geo.scene.classes import Classes, classify
from geo.scene.comparison import Difference, compare, difference, pool
from geo.scene.measures import NO_DATA, NOT_APPLICABLE, SCALE, VALUE, ZERO, unit_of
from geo.scene.palette import (
    ACCENT,
    DOT,
    HALO,
    INK,
    LINK,
    NO_DATA_FILL,
    NOT_APPLICABLE_FILL,
    OUTLINE,
    PATTERNED,
    REACHED,
    SELECTED,
    SOFT,
    UNPAINTED,
    ZERO_FILL,
    ink_on,
    pattern_of,
    ramp,
)
from geo.scene.placing import place
from geo.scene.scene import (
    Scene,
    StateScene,
    build_scene,
    counted_in,
    municipalities_reached,
    parts_of,
    reaching,
    reaching_each,
)
