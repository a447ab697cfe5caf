"""HTTP: what stands before and beside Streamlit, and the processes."""

from geo.server.address import base_setting, frame_setting
from geo.server.affinity import SessionAffinity
from geo.server.drawing_desk import DrawingDesk
from geo.server.front_door import FrontDoor
from geo.server.frontend_files import FrontendFiles
from geo.server.kept import Cards, Shelves
from geo.server.operating import ahead_setting, drain_setting, keep_setting, probes_setting
from geo.server.packed import Packed, pack_all, packable
from geo.server.process import give_memory_back, stand_back
from geo.server.program import identity_of
from geo.server.serve import main
from geo.server.sockets import send_at_once
from geo.server.streamlit import (
    load_early,
    look_at_seams,
    name_installation,
    own_fonts,
    session_begun,
)
from geo.server.tally import Tally
