"""Pictures as plain shapes, written as SVG for screens and PDF or as PNG for Word; pure, no web and no database.

Own shapes and not pygal or matplotlib: what these pages need is a few bars with words that stay readable on a phone, in
black and white and for the ear, in the page's own colours by light and dark, and the same picture in Word.
"""
