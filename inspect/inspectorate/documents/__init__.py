"""Enforcement papers (文书): what stands on them, their numbers, PDF and DOCX, service.

`layouts/*.toml` say what each kind prints; `compose` turns a layout and a snapshot of data into blocks; `html` with
`pdf`, and `docx`, print the blocks. Nothing here is written for one kind of document: a new kind is a new layout file
(see docs/documents.md).
"""
