"""What the records give: the form's places compiled to few grouped statements, and the records behind each figure."""
