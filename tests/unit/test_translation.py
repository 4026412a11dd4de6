"""Every sentence that a learner reads, in every language that there is."""

import functools
import os
import random
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from checkers import all_exercises, find_exercise, i18n
from checkers.exercise import Choice, Number
from checkers.judge import find_key, judge
from checkers.keys import dropout as dropout_keys
from checkers.messages import all_messages
from checkers.messages.sentences import SENTENCES, say, say_list
from checkers.rules.slips import LooksLike
from checkers.snapshot import MissingFacts, Snapshot, ValueFacts
from checkers.spec import LayerSpec, any_of, between, show_value
from course.grading import judging
from course.paths import share_path
from tests.unit.models import chain, dense, dropout, snapshot

SCRIPTS = str(share_path("scripts"))
sys.path.insert(0, SCRIPTS)
import catalogs  # noqa: E402 - a script, importable from its folder
import translation_rules  # noqa: E402

sys.path.remove(SCRIPTS)

GOLDENS = Path(__file__).parent / "zh_CN"
PACKAGE, KEYS = catalogs.DOMAINS
BOTH = pytest.mark.parametrize("domain", catalogs.DOMAINS, ids=["checkers", "keys"])


@pytest.fixture
def chinese(monkeypatch):
    monkeypatch.setenv("COURSE_LANG", "zh_CN")


@pytest.fixture
def toy(tmp_path):
    """A package of one module with a complete Chinese catalog."""
    folder = tmp_path / "toy"
    folder.mkdir()
    (folder / "words.py").write_text('A = N_("missing")\n', "utf-8")
    domain = catalogs.Domain(folder, root=tmp_path)
    catalogs.add("zh_CN", [domain])
    path = domain.path("zh_CN")
    path.write_text('msgid ""\nmsgstr ""\n\nmsgid "missing"\nmsgstr "缺少"\n', "utf-8")
    catalogs.update(path, domain)
    return domain


@functools.cache
def sentences_of(domain):
    return {message.id for message in domain.template() if message.id}


# -- The catalogs ----------------------------------------------------------------------


@BOTH
def test_is_every_entry_translated_well_formed_and_in_step(domain):
    assert [path.parts[-3] for path in domain.catalogs()] == ["zh_CN"]
    assert list(catalogs.find_problems(domain)) == []


@BOTH
def test_is_the_compiled_catalog_that_of_the_readable_one(domain):
    with domain.path("zh_CN").open("rb") as file:
        readable = {m.id: m.string for m in read_po(file) if m.id}
    with domain.path("zh_CN").with_suffix(".mo").open("rb") as file:
        compiled = i18n.gettext.GNUTranslations(file)
    assert {text: compiled.gettext(text) for text in readable} == readable
    assert set(readable) == sentences_of(domain)


def test_has_the_catalog_that_everyone_gets_no_solution():
    bytes_of_all = PACKAGE.path("zh_CN").with_suffix(".mo").read_bytes()
    for name in all_exercises():
        solution = find_key(name).solution
        assert solution in sentences_of(KEYS)
        assert solution.encode() not in bytes_of_all


def test_is_a_complete_catalog_without_a_problem(toy):
    assert list(catalogs.find_problems(toy)) == []
    assert "1 sentences, complete" in catalogs.update(toy.path("zh_CN"), toy)


def test_is_a_new_sentence_reported_until_it_is_translated(toy):
    (toy.sources / "more.py").write_text(
        'B = N_("not yet"\n       " there")\n', "utf-8"
    )
    problems = "\n".join(catalogs.find_problems(toy))
    assert "not in step" in problems
    assert "not translated: 'not yet there'" in problems
    assert "1 to translate" in catalogs.update(toy.path("zh_CN"), toy)
    (problem,) = catalogs.find_problems(toy)
    assert "not translated: 'not yet there'" in problem


def test_is_a_sentence_that_went_reported_and_then_dropped(toy):
    (toy.sources / "words.py").write_text('A = N_("wholly different")\n', "utf-8")
    assert "not in step" in next(catalogs.find_problems(toy))
    catalogs.update(toy.path("zh_CN"), toy)
    assert "missing" not in toy.path("zh_CN").read_text("utf-8")


def test_is_a_changed_sentence_kept_as_fuzzy_and_reported(toy):
    (toy.sources / "words.py").write_text('A = N_("missing.")\n', "utf-8")
    catalogs.update(toy.path("zh_CN"), toy)
    assert "缺少" in toy.path("zh_CN").read_text("utf-8")
    assert any("marked as fuzzy" in text for text in catalogs.find_problems(toy))


@pytest.mark.parametrize("change", ["stale", "gone"])
def test_is_a_compiled_catalog_of_another_text_reported(toy, change):
    compiled = toy.path("zh_CN").with_suffix(".mo")
    if change == "gone":
        compiled.unlink()
    else:
        compiled.write_bytes(compiled.read_bytes()[:-1] + b"!")
    (problem,) = catalogs.find_problems(toy)
    assert "checkers.mo was not made from it" in problem


@pytest.mark.parametrize(
    "call", ["N_(text)", 'N_(f"{a}")', 'N_("a", "b")', "N_()", 'N_(text="a")']
)
def test_is_a_mark_that_extraction_would_pass_by_refused(toy, call):
    (toy.sources / "more.py").write_text(f"B = {call}\n", "utf-8")
    with pytest.raises(catalogs.CatalogError, match=r"more\.py:1: expected one text"):
        toy.template()


@BOTH
def test_does_extraction_find_every_marked_sentence(domain):
    marked = set()
    for path in domain.files():
        for node in catalogs.ast.walk(catalogs.ast.parse(path.read_text("utf-8"))):
            is_call = isinstance(node, catalogs.ast.Call)
            if is_call and getattr(node.func, "id", "") == "N_":
                marked.add(catalogs.ast.literal_eval(node.args[0]))
    assert sentences_of(domain) == marked


def test_are_equal_sources_compiled_to_equal_bytes(toy):
    first = [path.read_bytes() for path in toy.folder.rglob("checkers.*")]
    catalogs.update(toy.path("zh_CN"), toy)
    assert first == [path.read_bytes() for path in toy.folder.rglob("checkers.*")]
    assert not any(b"Date" in each or b"Babel" in each for each in first)


def test_says_the_command_what_it_does(capsys, monkeypatch, toy):
    monkeypatch.setattr(catalogs, "DOMAINS", (toy,))
    assert catalogs.main([]) == 0
    assert "complete" in capsys.readouterr().out
    assert catalogs.main(["--check"]) == 0
    assert catalogs.main(["--extract"]) == 0
    assert 'msgid "missing"' in capsys.readouterr().out
    assert catalogs.main(["--add", "de"]) == 0
    assert "toy/locale/de" in capsys.readouterr().out.replace(os.sep, "/")
    assert catalogs.main(["--check"]) == 1
    assert "not translated" in capsys.readouterr().err
    assert catalogs.main(["--add", "no such language"]) == 1
    assert "Expected a language" in capsys.readouterr().err


# -- The rules about one entry ---------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "translation", "fault"),
    [
        ("{part}: {received} is 0.", "{part}：它是 0。", "{received} is missing"),
        ("{a:>3} units", "{a} 个单元", "{a:>3} is missing"),
        ("one unit", "{count} 个单元", "{count} is not in the sentence"),
        ("{run!r} units", "{run} 个单元", "{run!r} is missing"),
        ("the rate (stated)", "丢弃率（已给出", "（ and ） do not match"),
        ("“this” unit", "“这个单元", "“ and ” do not match"),
        ("the letter", '字母 "B', 'a " is left open'),
        ("`rate` here", "`rate 在这里", "` is left open"),
        ("the rate", " 丢弃率", "blanks at the beginning or the end differ"),
        ("the rate\n", "丢弃率", "blanks at the beginning or the end differ"),
        ("Call keras.Input(shape=(4,)).", "请调用输入。", "keras.Input( is missing"),
        ("Leave noise_shape out.", "不要写噪声形状。", "noise_shape is missing"),
        ("Set rate=0.3 here.", "在这里设为 0.3。", "rate= is missing"),
        ("the MAE of it", "它的误差", "MAE is missing"),
        ("one MaxPooling2D", "一个池化层", "MaxPooling2D is missing"),
        ("a Dense layer", "一个全连接层", "Dense is missing"),
        ("a .keras file", "一个文件", ".keras is missing"),
        ("at 1,024 units", "单元很多", "the number 1,024 is missing"),
        ("two units", "12 个单元", "12 is not in the sentence"),
        ("the rate", "丢弃率rate", "one space between '率r'"),
        ("the rate, here", "丢弃率,这里", "a full-width mark in '率,'"),
        ("The rate.", "丢弃率.", "the full stop 。 in '率.'"),
        ("the rate (here)", "丢弃率(这里)", "full-width brackets"),
        ("f(x) here", "f(x)这里", "a space after code"),
        ("the rate: here", "丢弃率： 这里", "no space beside the mark"),
        ("the rate", "丢 弃率", "no space inside Chinese"),
        ("The rate.", "丢弃率", "expected 。 at the end"),
        ("Which rate?", "哪个丢弃率。", "expected ？ at the end"),
        ("the rate", "丢弃率。", "expected no mark at the end"),
    ],
)
def test_is_a_malformed_entry_named(sentence, translation, fault):
    faults = list(translation_rules.find_faults(sentence, translation, "zh_CN"))
    assert any(fault in each for each in faults), faults


@pytest.mark.parametrize(
    ("sentence", "translation"),
    [
        ("{where}: expected {expected}.", "{where}：应为 {expected}。"),
        ("Add layers.ReLU() there.", "在那里加上 layers.ReLU()。"),
        ("Cut at 60 % of it, twice.", "在 60% 处切开两次。"),
        ("f(x)\n\nIt is right.", "f(x)\n\n它是对的。"),
        ("`x = f(),`.", "`x = f(),`。"),
    ],
)
def test_is_a_good_entry_without_a_fault(sentence, translation):
    assert list(translation_rules.find_faults(sentence, translation, "zh_CN")) == []


def test_are_the_rules_of_chinese_for_chinese_only():
    assert list(translation_rules.find_faults("The rate.", "Die Rate.", "de")) == []


# -- Everything that is shown is marked ------------------------------------------------


def tasks():
    yield from all_exercises().values()
    yield find_exercise("welcome-try-me")


def texts_of(value, seen):
    """Yield the texts of wrong networks and reasons anywhere in a rule."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, LooksLike):
        yield from (text for text in (value.expected, value.received) if text != "—")
    if isinstance(value, LayerSpec):
        if value.why:
            yield value.why
        return
    if isinstance(value, tuple | list):
        children = value
    elif isinstance(value, dict):
        children = value.values()
    else:
        children = getattr(value, "__dict__", {}).values()
    for child in children:
        yield from texts_of(child, seen)


def test_is_every_text_of_a_task_marked():
    marked = sentences_of(PACKAGE)
    for task in tasks():
        shown = [task.title, task.strict, task.free, *task.hints]
        shown += [check.title for check in task.checks]
        for part in task.parts:
            if isinstance(part, Number):
                shown.append(part.unit)
            if isinstance(part, Choice):
                shown += [option.text for option in part.options]
        assert [text for text in shown if text and text not in marked] == []


def test_is_every_text_of_a_key_marked():
    marked = sentences_of(KEYS)
    for task in tasks():
        key = find_key(task.id)
        shown = [key.solution, *texts_of(key.rules, set())]
        # "10 x 10" is the same in every language.
        shown = [text for text in shown if not re.fullmatch(r"[\d x]+", text)]
        assert [text for text in shown if text not in marked] == []


def test_are_reasons_and_wrong_networks_among_the_texts_that_are_looked_at():
    found = set(texts_of(dropout_keys.spotify_net.rules, set()))
    assert "Every update trains another thinned network." in found
    found = set(texts_of(find_key("welcome-one-layer").rules, set()))
    assert found == {"4 in, 3 out", "3 in, 4 out"}


def test_is_every_message_and_sentence_marked():
    marked = sentences_of(PACKAGE)
    shown = list(SENTENCES.values())
    for message in all_messages().values():
        shown += [message.sentence, message.why, message.next]
    assert [text for text in shown if text not in marked] == []


def words_of(text):
    """Return the words of a text that are no names of code."""
    plain = re.sub(r"[A-Za-z_]*[_A-Z()0-9][A-Za-z_()0-9]*", "", text)
    return set(re.findall("[a-z]{3,}", plain)) - CODE


def test_is_every_label_of_a_case_translated(chinese):
    for task in tasks():
        for part in task.parts:
            if hasattr(part, "cases"):
                for case in part.cases(random.Random(1), task.parameters()):
                    is_code = not words_of(case.label)
                    assert is_code or re.search("[\u4e00-\u9fff]", case.label), case


# -- Which language --------------------------------------------------------------------


@pytest.fixture
def no_language(monkeypatch):
    for name in i18n.LANGUAGE_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    "asked",
    [
        *("zh_CN", "zh", "zh-Hans", "zh_CN.UTF-8", "zh-CN", "ZH_cn", "zh-Hans-CN"),
        *("zh_SG", "zh_CN.GB18030", "zh_CN@pinyin", "zh_Hans_HK", "de:zh_CN", " zh "),
    ],
)
def test_is_simplified_chinese_understood(no_language, asked):
    no_language.setenv("COURSE_LANG", asked)
    assert (i18n.language(), i18n.translate("missing")) == ("zh_CN", "缺少")
    assert i18n.language_tag() == "zh-CN"


@pytest.mark.parametrize(
    "asked",
    [
        *("", "C", "POSIX", "C.UTF-8", "en", "en_US.UTF-8", "xx", "zh_TW", "zh-Hant"),
        *("zh_HK.UTF-8", "en_GB:zh_CN", "../zh_CN", ":", "C:zh_CN", "zhuang"),
    ],
)
def test_does_everything_else_give_english(no_language, asked):
    no_language.setenv("COURSE_LANG", asked)
    assert (i18n.language(), i18n.translate("missing")) == ("en", "missing")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_CN", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh_CN"),
        ({"LANGUAGE": "de:fr", "LANG": "zh_CN"}, "en"),
        ({"LANGUAGE": "zh_CN", "COURSE_LANG": "en"}, "en"),
        ({"LANG": "en_US.UTF-8", "COURSE_LANG": "zh"}, "zh_CN"),
        ({"COURSE_LANG": "", "LANG": "zh_CN"}, "zh_CN"),
    ],
)
def test_do_the_variables_count_in_the_order_of_gettext(
    no_language, variables, expected
):
    for name, value in variables.items():
        no_language.setenv(name, value)
    assert i18n.language() == expected


def test_is_the_language_of_the_desktop_taken_on_windows(no_language):
    import ctypes
    import types

    kernel = types.SimpleNamespace(GetUserDefaultUILanguage=lambda: 0x804)
    windows = types.SimpleNamespace(kernel32=kernel)
    no_language.setattr(i18n.sys, "platform", "win32")
    no_language.setattr(ctypes, "windll", windows, raising=False)
    assert i18n.language() == "zh_CN"
    no_language.setenv("LANG", "en_US")
    assert i18n.language() == "en"


def test_is_the_language_asked_for_each_time(no_language):
    texts = []
    for language in ("en", "zh", "en"):
        no_language.setenv("COURSE_LANG", language)
        texts.append(say("LABEL.why"))
    assert texts == ["Why", "原因", "Why"]


def test_works_a_copy_without_keys_in_chinese(chinese, monkeypatch):
    assert i18n.translate("4 in, 3 out") == "4 个输入、3 个输出"
    monkeypatch.setattr(i18n, "_FOLDERS", (i18n._FOLDERS[0], Path("nowhere")))
    i18n._catalog.cache_clear()
    try:
        assert i18n.translate("missing") == "缺少"
        assert i18n.translate("4 in, 3 out") == "4 in, 3 out"
    finally:
        i18n._catalog.cache_clear()


def test_speaks_the_judge_of_a_class_the_language_of_its_teacher(no_language):
    no_language.setenv("COURSE_LANG", "zh_CN")
    no_language.setenv("LC_ALL", "C.UTF-8")
    environment = judging._clean_environment()
    assert (environment["COURSE_LANG"], environment["LC_ALL"]) == ("zh_CN", "C.UTF-8")


def test_is_an_empty_text_empty_in_every_language(chinese):
    assert i18n.translate("") == ""


def test_loads_a_chinese_verdict_the_standard_library_only():
    code = (
        "import sys, checkers\n"
        "from checkers.snapshot import Snapshot, ValueFacts\n"
        "facts = {'first_number': ValueFacts(784, 'int')}\n"
        "text = checkers.judge(Snapshot('welcome-first-number', facts)).to_text()\n"
        "assert '还不正确' in text, text\n"
        "assert not {'babel', 'keras', 'numpy'} & set(sys.modules)\n"
    )
    env = {**os.environ, "COURSE_LANG": "zh_CN", "PYTHONUTF8": "1"}
    subprocess.run([sys.executable, "-c", code], env=env, check=True)


# -- What it looks like ----------------------------------------------------------------


def golden(name, text, update):
    path = GOLDENS / name
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text + "\n"


@pytest.fixture
def verdict(chinese):
    """The verdict on a network with a wrong rate and a missing layer."""
    net = chain(dense(128, "relu"), dropout(0.7), dense(64, "relu"), dense(1))
    return judge(snapshot("dropout-spotify-net", spotify_net=net))


def test_is_a_whole_verdict_in_chinese_as_it_should_be(verdict, update_goldens):
    golden("verdict.txt", verdict.to_text(), update_goldens)


class Words(HTMLParser):
    """What a page says and the language of its first element, whatever its tags."""

    def __init__(self, page):
        super().__init__()
        self.language, self.lines = None, []
        self.feed(re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))
        self.close()

    def handle_starttag(self, tag, attributes):
        if self.language is None:
            self.language = dict(attributes).get("lang", "")

    def handle_data(self, data):
        self.lines += [data.strip()] if data.strip() else []


def test_is_the_page_of_a_verdict_in_chinese(verdict, update_goldens):
    page = Words(verdict.to_html())
    assert page.language == "zh-CN"
    golden("page.txt", "\n".join(page.lines), update_goldens)


def test_is_the_page_of_an_english_verdict_marked_as_english(verdict, monkeypatch):
    monkeypatch.setenv("COURSE_LANG", "en")
    assert Words(verdict.to_html()).language == "en"


def test_are_codes_and_values_of_a_verdict_the_same_in_every_language(
    verdict, monkeypatch
):
    net = chain(dense(128, "relu"), dropout(0.7), dense(64, "relu"), dense(1))
    monkeypatch.setenv("COURSE_LANG", "en")
    english = judge(snapshot("dropout-spotify-net", spotify_net=net))
    kept = ("status", "points", "max_points", "exercise")
    assert [getattr(verdict, name) for name in kept] == [
        getattr(english, name) for name in kept
    ]
    for chinese, other in zip(verdict.findings, english.findings, strict=True):
        assert (chinese.code, chinese.check, chinese.layer) == (
            other.code,
            other.check,
            other.layer,
        )
        assert chinese.message != other.message


CODE = {"trainable", "momentum", "epsilon", "popularity", "nan", "rate", "keras"}
CODE |= {
    "sum",
    "softmax",
    "padding",
    "same",
    "max",
    "average",
    "keep",
    "training",
    "base",
}  # of formulas, arguments
CODE |= {"dropout"}  # a term that Chinese textbooks keep


def test_is_no_english_word_left_in_a_chinese_verdict(chinese):
    """But for names of code: what a learner typed."""
    for task in tasks():
        missing = {part.name: MissingFacts() for part in task.parts}
        text = judge(Snapshot(task.id, missing)).to_text()
        assert not words_of(text), text


def test_is_a_table_aligned_where_characters_take_two_columns(verdict):
    from checkers.render.columns import display_width

    lines = verdict.to_text().splitlines()
    head = next(line for line in lines if "你的  " in line)
    row = next(line for line in lines if "rate=0.7" in line)
    place = display_width(head[: head.index("你的")])
    assert display_width(row[: row.index("Dropout(rate=0.7)")]) == place


def test_are_hints_and_solutions_in_chinese(chinese, update_goldens):
    task = find_exercise("dropout-spotify-net")
    golden("hint.txt", repr(task.hint(3)), update_goldens)
    golden("solution.txt", repr(task.solution()), update_goldens)
    golden("choices.txt", repr(find_exercise("dropout-gain").choices()), update_goldens)


def test_are_values_in_words_translated(chinese):
    assert show_value(between(0.2, 0.5)) == "0.2 到 0.5"
    assert show_value(any_of("auto", "min", None)) == "'auto' 或 'min' 或 None"
    assert say_list(["3", "7"]) == "3、7"


@pytest.mark.parametrize(
    ("template", "value", "expected"),
    [
        ("应为 {x}，", "三个列表", "应为三个列表，"),
        ("应为{x}，", "'relu'", "应为 'relu'，"),
        ("应为{x}，", "(18,)", "应为 (18,)，"),
        ("应为{x}中", "(18,)", "应为 (18,) 中"),
        ("应为{x}，", "同一部分", "应为同一部分，"),
        ("{x} 有两个", "第 2 层（Dense）", "第 2 层（Dense）有两个"),
        ("{x}有两个", "model", "model 有两个"),
        ("{x} 在“{x}”上", "f", "f 在“f”上"),
        ("{x!r:>5} 层", "a", "  'a' 层"),
        ("层{x}", "", "层"),
        ("层{x}", "…", "层…"),
        ("有 {x:,} 个", 12345, "有 12,345 个"),
        ("{x}：{x}", "你 好", "你 好：你 好"),
        ("expected {x}", "三个", "expected 三个"),
        ("值 {{x}} 为 {x}", "a  b", "值 {x} 为 a  b"),
    ],
)
def test_is_there_one_blank_between_chinese_and_latin(template, value, expected):
    assert i18n.fill(template, {"x": value}) == expected


def test_is_a_range_with_its_unit_translated(chinese):
    facts = {
        "guessed_change": ValueFacts(500, "int"),
        "measured": MissingFacts(),
        "explanation": MissingFacts(),
    }
    verdict = judge(Snapshot("dropout-small-net", facts))
    assert verdict.findings[0].expected == "从 -90 到 10（百分点）"
