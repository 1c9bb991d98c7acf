"""The laid-out form as XLSX, DOCX, HTML, CSV and JSON. Each renderer only draws the layout."""
