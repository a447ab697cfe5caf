"""What `make data` runs: everything in `data/` that is made and not kept by hand."""
