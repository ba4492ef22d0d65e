"""Convert records to and from other formats, and list all losses.

losses = ae.formats.write(ae.iter_records("feed.jsonl"), "map.geojson")
records = list(ae.formats.read("map.geojson"))
"""

from airspace_events.formats.arrow.tables import arrow_tables as arrow_tables
from airspace_events.formats.digests import digest as digest
from airspace_events.formats.files import Conversion as Conversion
from airspace_events.formats.files import convert as convert
from airspace_events.formats.files import read as read
from airspace_events.formats.files import write as write
from airspace_events.formats.format import Format as Format
from airspace_events.formats.format import Loss as Loss
from airspace_events.formats.format import Losses as Losses
from airspace_events.formats.format import Option as Option
from airspace_events.formats.registry import FORMATS as FORMATS
from airspace_events.formats.spreadsheets.first_mapping import map_columns as map_columns
from airspace_events.formats.spreadsheets.keys import SheetColumn as SheetColumn
from airspace_events.formats.spreadsheets.mapping import SheetMapping as SheetMapping
from airspace_events.formats.spreadsheets.reading import SheetRecords as SheetRecords
from airspace_events.formats.spreadsheets.reading import read_sheet as read_sheet
from airspace_events.formats.spreadsheets.summary import SheetSummary as SheetSummary
from airspace_events.formats.tables.frames import frame as frame
