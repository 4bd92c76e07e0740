"""Importers: recognise and read what an ERP wrote."""
