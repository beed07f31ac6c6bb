"""How it is shown: command line, pages, workbooks. Computes nothing."""
