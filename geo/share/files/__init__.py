"""Each kind of file that a view can be taken away as."""

from geo.share.files.bundle import bundle_zip
from geo.share.files.card import card_png
from geo.share.files.geopackage import GEOPACKAGE_TYPE, package_zip, view_geopackage
from geo.share.files.one_file import one_file_html
from geo.share.files.sheet import map_pdf, map_png, map_svg
from geo.share.files.values import as_json, values_csv, values_geojson, values_json
from geo.share.files.workbook import values_xlsx
