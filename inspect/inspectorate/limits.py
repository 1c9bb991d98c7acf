"""How much is taken, all in one place; whatever is beyond is refused in words that name the limit and the way out.

Sizes are octets. The reverse proxy must let through what ``REQUEST`` does (``client_max_body_size``), so that the
answer is ours: it names the file that is too large and keeps what was typed.
"""

MB = 1_000_000

REQUEST = 256 * MB
"""A whole request. Beyond it nothing is read, and the page that was sent cannot be shown again."""

FORM = 4 * MB
"""The text of a form, all fields together."""

FIELDS = 2_000
"""Fields and files of a form."""

FIELD_NAME = 200
"""Characters of a field's name: no form has a longer one."""

QUERY = 8_000
"""Characters of an address after the question mark; gunicorn ends every line of a request at 8,190."""

FILE = 20 * MB
"""A file of evidence."""

FILES_TOGETHER = 64 * MB
"""The files of one form, kept in memory while they are looked at."""

FILES = 12
"""Files of one form."""

PIXELS = 50 * MB
"""A picture that must be unpacked whole (PNG, WebP): four octets a pixel."""

JPEG_PIXELS = 250 * MB
"""A photograph, which is unpacked at an eighth of its width and height. Telephones take up to 200 million."""

ROWS = 300
"""Rows of a part of a form that repeats (``rows.Rows``); most take fewer, and then tell and keep what is beyond."""

EXPORT_ROWS = 200_000
"""Rows of a list as a file: what a worker writes before its time is out, and a spreadsheet still opens."""

IMPORT_LINE = 1 * MB
"""A line of JSON in an interchange file."""

IMPORT_REFUSALS = 1_000
"""Refusals of an import that are listed; the others are counted."""

REFUSAL_WORDS = 300
"""Characters of what was sent that a refusal repeats."""

DEFINITION = 200_000
"""Characters of a form's definition (TOML)."""

STANDARD = 2 * MB
"""A local discretion standard (TOML): a province's, on all violations of a sector, has some 400,000."""

NODES = 500
"""Columns or rows of a form, those that templates repeat included."""

PROBLEMS = 50
"""Mistakes in one definition until which the word that was probably meant is looked for."""

TOKENS = 400
"""Words and signs of one rule or rate of a form."""

BRACKETS = 50
"""Brackets among them."""

SEAL = 100 * MB
"""An exported seal: a line for each seal before it."""

WORKBOOK = 100 * MB
"""An XLSX file as it lies on the disk."""

WORKBOOK_UNPACKED = 400 * MB
"""Everything in an XLSX file unpacked; sheets are read as a stream."""

WORKBOOK_TEXTS = 50 * MB
"""The texts of an XLSX file, which are held in memory."""

WORKBOOK_PART = 10 * MB
"""Any other part of an XLSX file that is no sheet."""

WORKBOOK_PARTS = 2_000
"""Files inside an XLSX file."""

SHEET_ROW = 4 * MB
"""One row of a sheet, as it is written in the file."""

SHEET_ROWS = 1_048_576
"""Rows of a sheet: as many as Excel knows."""

RETURN_COUNT = 999_999_999_999
"""The largest count or quantity of a return."""

RETURN_WORDS = 2_000
"""Characters of a cell of words, of a reason or a name in a return."""

RETURN_NAME = 300
"""Characters of the name under which a reason or a signer stands."""

RETURN_FILE = 5 * MB
"""A return as a file (JSON or XLSX)."""

RETURN_UNPACKED = 40 * MB
"""A return's XLSX unpacked, all parts together."""

RETURN_SPARE_CELLS = 20_000
"""Cells of a return's workbook beyond twice those of its form."""

RETURN_FIGURE = 10**15
"""A figure of a return as it is kept: fen, whole numbers, millionths of a quantity."""
