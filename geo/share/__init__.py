"""What leaves the house: link previews, the share panel, embeds, fingerprints, files."""

from geo.share.dialog import dialog_html
from geo.share.downloads import downloads_part_html
from geo.share.editions import (
    CHANGES_AT,
    PAGES_POLICY,
    SERVED_AT,
    editions_folder,
    editions_setting,
    kept_package,
    since_html,
)
from geo.share.embed import embed_foot_html
from geo.share.kinds import KINDS, exported
from geo.share.preview import Preview, preview_of, tags_html
from geo.share.unconnected import unconnected_html, unreached_html
