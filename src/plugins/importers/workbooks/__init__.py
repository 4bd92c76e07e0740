"""What the importer of workbooks is made of."""
