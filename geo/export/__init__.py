"""What a reader takes away as a file: pictures, tables, packages, one-file pages."""
