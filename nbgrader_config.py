"""Settings for plain nbgrader; `course grade` needs no settings.

Where students' work goes. The folders submitted/, autograded/, feedback/ and the file
gradebook.db lie in the *course directory*, outside this clone:

1. `COURSE_DIRECTORY=/path/to/class nbgrader autograde 09_dropout`, in this clone; or
2. `course grade --init --course-directory /path/to/class` once, then run nbgrader (or
   formgrader) in that folder: it holds a small nbgrader_config.py of its own; or
3. nothing: the user's data folder (`~/.local/share/layerwise/course` on Linux).

A term, from the teacher's side:

    nbgrader generate_assignment 09_dropout     # tells the gradebook the points
    nbgrader release_assignment 09_dropout      # hands notebooks/09_dropout to students
    nbgrader collect 09_dropout                 # or copy files to submitted/<student>/
    nbgrader autograde 09_dropout               # or `course grade --lesson 09`
    nbgrader generate_feedback 09_dropout
    nbgrader export --to grades.csv

Settings of your own go below the last line; they win.
"""

from course.grading.nbgrader_seam import configure

configure(get_config())  # type: ignore[name-defined]  # noqa: F821 - from nbgrader
