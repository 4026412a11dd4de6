"""Personal codes: the same student, the same code; nobody else's."""

import csv
import io
import os
import stat

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from course.cli.codes import command
from course.codes import (
    CodeError,
    RosterError,
    SecretError,
    code_roster,
    load_secret,
    make_secret,
    personal_code,
    student_of,
    verify,
)

SECRET = "a secret of the tests, long enough"
ids = st.text(
    st.characters(categories=["L", "N"], include_characters="-_.@"), min_size=1
)


@given(ids, ids)
def test_a_code_verifies_for_its_student_and_for_no_other(student, other):
    """Does a code belong to exactly one student?"""
    code = personal_code(student, SECRET)
    assert verify(code, student, SECRET)
    assert verify(code, other, SECRET) == (
        personal_code(other, SECRET) == personal_code(student, SECRET)
    )


@given(ids)
def test_a_code_tells_whose_it_claims_to_be(student):
    """Is the id read back, even one with dashes?"""
    code = personal_code(student, SECRET)
    assert code == f"{student_of(code)}-{code[-10:]}"


def test_another_secret_gives_another_code():
    """Does the code depend on the secret?"""
    assert personal_code("ada", SECRET) != personal_code("ada", SECRET + "!")
    assert not verify(personal_code("ada", SECRET), "ada", SECRET + "!")


def test_blanks_and_the_way_accents_are_written_do_not_matter():
    """Does a code survive copying from a mail?"""
    code = personal_code("josé", SECRET)
    assert verify(f"  {code}\n", "jose\u0301", SECRET)


@pytest.mark.parametrize("code", ["", "ada", "ada-", "ada-0000000000", "-", "bob-é"])
def test_a_made_up_code_is_not_verified(code):
    """Is anything but the code refused, without an exception?"""
    assert not verify(code, "ada", SECRET)


@pytest.mark.parametrize("student_id", ["", "  ", "two words", "tab\there", "a\u202eb"])
def test_an_unusable_id_is_refused(student_id):
    """Is an id that no one can type twice refused?"""
    with pytest.raises(CodeError, match="Next:"):
        personal_code(student_id, SECRET)
    assert not verify("x-0123456789", student_id, SECRET)


def test_a_text_that_is_no_code_names_no_student():
    """Does a typing error give a sentence?"""
    with pytest.raises(CodeError, match="Received: 'ada'"):
        student_of("ada")


def test_the_roster_keeps_its_columns_and_gets_a_code():
    """Do other columns, quoting and a byte order mark survive?"""
    text = '\ufeffname,ID\n"Lovelace, Ada",ada\nBob,bob\n'
    rows = list(csv.DictReader(io.StringIO(code_roster(text, SECRET))))
    assert rows[0] == {
        "name": "Lovelace, Ada",
        "ID": "ada",
        "code": personal_code("ada", SECRET),
    }
    assert len(rows) == 2


def test_coding_a_coded_roster_changes_nothing():
    """Can the output be used as the next input?"""
    once = code_roster("id\nada\n", SECRET)
    assert code_roster(once, SECRET) == once


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "an empty file"),
        ("name\nAda\n", "a column called one of"),
        ("id,name\n", "at least one student"),
        ("id,name\n,Ada\n", "Line 2 of the class list has no id"),
        ("id\nada\nbob\nada\n", "in line 2 and in line 4"),
    ],
)
def test_a_faulty_roster_is_refused_with_its_line(text, says):
    """Does the teacher learn where the class list is wrong?"""
    with pytest.raises(RosterError, match=says):
        code_roster(text, SECRET)


def test_a_secret_is_private_and_never_replaced(tmp_path):
    """Is a new secret readable by its owner only, and kept?"""
    path = tmp_path / "new" / "secret"
    secret = make_secret(path)
    assert len(secret) == 64
    assert load_secret(path) == secret
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(SecretError, match="one that exists"):
        make_secret(path)


@pytest.mark.skipif(os.name != "posix", reason="rights of groups are a POSIX matter")
def test_an_open_secret_is_closed_to_others(tmp_path):
    """Are the rights of an existing file corrected?"""
    path = tmp_path / "secret"
    path.write_text(SECRET)
    path.chmod(0o644)
    assert load_secret(path) == SECRET
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("content", "says"), [(None, "no such file"), ("short\n", "at least 16"), ("", "0")]
)
def test_an_unusable_secret_is_refused(tmp_path, content, says):
    """Does a missing or guessable secret give a sentence?"""
    path = tmp_path / "secret"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SecretError, match=says):
        load_secret(path)


def test_the_command_makes_a_secret_once_and_uses_it_again(tmp_path):
    """Do two runs give the same codes?"""
    roster, secret = tmp_path / "class.csv", tmp_path / "secret"
    roster.write_text("id\nada\n")
    arguments = [str(roster), "--secret-file", str(secret)]
    first = CliRunner().invoke(command, arguments)
    second = CliRunner().invoke(command, arguments)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "Made a new secret" in first.stderr
    assert first.stdout == second.stdout
    assert second.stdout.splitlines()[1] == "ada," + personal_code(
        "ada", load_secret(secret)
    )


def test_the_command_explains_a_faulty_roster(tmp_path):
    """Does an error end in a sentence, not in a traceback?"""
    roster = tmp_path / "class.csv"
    roster.write_bytes("id\njos\xe9\n".encode("latin-1"))
    result = CliRunner().invoke(command, [str(roster), "--secret-file", "unused"])
    assert result.exit_code == 1
    assert "save it as 'CSV UTF-8'" in result.stderr
