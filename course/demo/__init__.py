"""A small invented class for lesson 09_dropout, to show grading from end to end."""
