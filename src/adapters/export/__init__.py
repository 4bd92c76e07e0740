"""Spreadsheets: CSV and Excel files whose cells are only ever values."""
