"""Bring the translations of `checkers` in step with its sentences (`make catalogs`).

    python scripts/catalogs.py            update every .po, then compile every .mo
    python scripts/catalogs.py --check    fail if one is stale, incomplete or malformed
    python scripts/catalogs.py --extract  print the template of all sentences
    python scripts/catalogs.py --add de   begin a translation into another language

Sentences of the keys have a catalog beside the keys: a copy of the course without keys
must not carry the solutions in another language.
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

sys.path.insert(0, str(Path(__file__).parent))
from translation_rules import find_faults

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "checkers"
DOMAIN = "checkers"
MARK = "N_"
WIDTH = 88
HEADER = (
    "# Translation of Layerwise's checkers. Next: fill every msgstr, `make catalogs`."
)


class CatalogError(RuntimeError):
    """The catalogs cannot be made; the message says what to do."""


class PlainCatalog(Catalog):
    """A catalog whose header holds no date and no version: equal input, equal bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header's lines."""
        return [
            ("Project-Id-Version", "layerwise"),
            ("Language", str(self.locale_identifier or "")),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


@dataclass(frozen=True)
class Domain:
    """Some source files, and the folder of their catalogs.

    Attributes:
        sources: Folder of the source files.
        left_out: Folders in it that have catalogs of their own.
        root: Names of files are given from here.
    """

    sources: Path
    left_out: tuple[str, ...] = ()
    root: Path = ROOT

    @property
    def folder(self) -> Path:
        """Where the catalogs are."""
        return self.sources / "locale"

    def files(self) -> list[Path]:
        """Return the source files, sorted."""
        names = sorted(self.sources.rglob("*.py"))
        return [
            path
            for path in names
            if path.relative_to(self.sources).parts[0] not in self.left_out
        ]

    def template(self) -> Catalog:
        """Return all marked sentences, in the order of the source files.

        Raises:
            CatalogError: If something else than a text is marked.
        """
        template = PlainCatalog(fuzzy=False)
        for path in self.files():
            where = path.relative_to(self.root).as_posix()
            check_marks(path)
            with path.open("rb") as file:
                for line, text, comments, _ in extract(
                    "python", file, {MARK: None}, ("Translators:",)
                ):
                    template.add(text, None, [(where, line)], auto_comments=comments)
        return template

    def catalogs(self) -> list[Path]:
        """Return the .po files, one per language."""
        return sorted(self.folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))

    def path(self, language: str) -> Path:
        """Return the .po file of a language."""
        return self.folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"


DOMAINS = (Domain(PACKAGE, ("keys",)), Domain(PACKAGE / "keys"))


def main(arguments: list[str]) -> int:
    """Update, check or print the catalogs; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python scripts/catalogs.py",
        description="Bring the translations of checkers in step with its sentences.",
        epilog="Without an option: update every .po file and compile every .mo file.",
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--check",
        action="store_true",
        help="change nothing; fail if a catalog is stale, incomplete or malformed",
    )
    choice.add_argument(
        "--extract", action="store_true", help="print the template of all sentences"
    )
    choice.add_argument(
        "--add",
        metavar="LANGUAGE",
        help="begin the translation into a language such as de",
    )
    asked = parser.parse_args(arguments)
    try:
        if asked.check:
            problems = [text for domain in DOMAINS for text in find_problems(domain)]
            print("\n".join(problems), file=sys.stderr, end="\n" if problems else "")
            return 1 if problems else 0
        if asked.extract:
            for domain in DOMAINS:
                sys.stdout.write(po_bytes(domain.template()).decode())
            return 0
        if asked.add:
            add(asked.add, DOMAINS)
        for domain in DOMAINS:
            for path in domain.catalogs():
                print(update(path, domain))
    except (CatalogError, PoFileError) as error:
        print(f"Catalogs stopped. {error}", file=sys.stderr)
        return 1
    return 0


def check_marks(path: Path) -> None:
    """Refuse a mark around anything but one text: extraction would pass it by."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != MARK:
            continue
        texts = [
            argument
            for argument in node.args
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if len(texts) != 1 or len(node.args) != 1 or node.keywords:
            raise CatalogError(
                f"{path}:{node.lineno}: expected one text in {MARK}(...), received "
                f"{ast.unparse(node)}. Next: mark a plain text with {{placeholders}}."
            )


def add(language: str, domains: Iterable[Domain]) -> None:
    """Begin a catalog of a language in each domain.

    Raises:
        CatalogError: If there is no such language.
    """
    try:
        Locale.parse(language)
    except (ValueError, UnknownLocaleError) as error:
        raise CatalogError(
            f"Expected a language such as de or pt_BR, received {language!r}. "
            "Next: take its code from the list of Unicode locales."
        ) from error
    for domain in domains:
        path = domain.path(language)
        if not path.exists():
            path.parent.mkdir(parents=True)
            path.write_text(f'{HEADER}\nmsgid ""\nmsgstr ""\n', "utf-8")


def update(path: Path, domain: Domain) -> str:
    """Rewrite one .po and its .mo; return one line on what is left to translate."""
    catalog = updated(path, domain.template())
    path.write_bytes(po_bytes(catalog))
    path.with_suffix(".mo").write_bytes(mo_bytes(catalog))
    left = sum(not message.string or message.fuzzy for message in _entries(catalog))
    name = path.relative_to(domain.root)
    todo = f"{left} to translate" if left else "complete"
    return f"{name}: {len(catalog)} sentences, {todo}."


def updated(path: Path, template: Catalog) -> Catalog:
    """Return the catalog of a .po file with the sentences of a template.

    A translation of a sentence that was changed a little is kept as fuzzy: its
    translator looks at it and deletes the mark.
    """
    language = path.parts[-3]
    with path.open("rb") as file:
        found = read_po(file, locale=language, ignore_obsolete=True)
    comment = found.header_comment
    catalog = PlainCatalog(locale=language, header_comment=comment, fuzzy=False)
    for message in _entries(found):
        kept = catalog.add(
            message.id, message.string, user_comments=message.user_comments
        )
        kept.flags = {"fuzzy"} & set(message.flags)
    catalog.update(template, update_creation_date=False, no_fuzzy_matching=True)
    # Only a sentence that is gone can have become a new one: Babel compares each new
    # one with all, which takes minutes for a new lesson.
    gone = {old.id: old for old in _entries(found) if old.string}
    gone = {text: old for text, old in gone.items() if text not in template}
    for message in _entries(catalog):
        # "60 % of" looks like a format to Babel.
        message.flags = {"fuzzy"} & set(message.flags)
        near = [] if message.string else get_close_matches(message.id, gone, 1)
        if near:
            message.string, message.flags = gone[near[0]].string, {"fuzzy"}
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """Return a catalog as the text of a .po file; lines of the source stay out."""
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalog,
        width=WIDTH,
        include_lineno=False,
        include_previous=True,
        ignore_obsolete=True,
    )
    return buffer.getvalue().rstrip() + b"\n"


def mo_bytes(catalog: Catalog) -> bytes:
    """Return a catalog compiled; what is not translated stays English."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def find_problems(domain: Domain) -> Iterator[str]:
    """Yield what is stale, incomplete or malformed, one sentence each."""
    template = domain.template()
    for path in domain.catalogs():
        name = path.relative_to(domain.root).as_posix()
        catalog = updated(path, template)
        if po_bytes(catalog) != path.read_bytes():
            yield f"{name} is not in step with the source. Next: run `make catalogs`."
        compiled = path.with_suffix(".mo")
        if not compiled.is_file() or compiled.read_bytes() != mo_bytes(catalog):
            yield f"{name[:-2]}mo was not made from it. Next: run `make catalogs`."
        for message in _entries(catalog):
            for fault in faults_of(message, path.parts[-3]):
                yield f"{name}: {fault}: {message.id!r}. Next: correct its msgstr."


def faults_of(message: object, language: str) -> Iterator[str]:
    """Yield what is wrong with one entry."""
    if not message.string:
        yield "not translated"
    elif message.fuzzy:
        yield "marked as fuzzy"
    else:
        yield from find_faults(message.id, message.string, language)


def _entries(catalog: Catalog) -> list:
    """Return the entries of a catalog without its header."""
    return [message for message in catalog if message.id]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
