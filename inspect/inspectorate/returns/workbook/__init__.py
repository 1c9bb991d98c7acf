"""A return as an Excel workbook: the blank with the form's layout, its reader, and the copy marked for correction."""
