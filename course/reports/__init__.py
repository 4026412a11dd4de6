"""Reports of a graded class: a table, files for machines, a page for people."""
