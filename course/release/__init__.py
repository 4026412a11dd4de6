"""Release: the bundle that a teacher hands to students."""
