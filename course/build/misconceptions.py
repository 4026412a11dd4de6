"""The catalog of misconceptions, docs/misconceptions.md: one entry per message code."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkers.messages import Message, all_messages
from course.build.codes import codes_by_exercise
from course.build.pipeline import Derivative
from course.catalog import Lesson

if TYPE_CHECKING:
    from checkers.exercise import Exercise

__all__ = ["PAGE", "misconceptions_page", "readable"]

PAGE = Path("docs", "misconceptions.md")
_FIX = "edit checkers/messages or the keys, and run `course build`"
_MANY = 6  # exercises; more than that are counted

# Topic to its title and to what it is about, in the order of the page.
_TOPICS = {
    "MODEL": ("Models", "What was handed in where a model is asked for."),
    "INPUT": ("Inputs", "What goes into a model."),
    "LAYER": ("Layers", "One layer that is not as asked, whatever the exercise."),
    "ACTIVATION": ("Activations", "Where an activation stands."),
    "WRITING": ("Ways of writing", "What works and was asked for in another form."),
    "WEIGHTS": ("Weights", "What the weights start from."),
    "BEHAVIOR": ("Behavior", "What a model does although its settings are right."),
    "COMPILE": ("Compile settings", "Loss, optimizer and metrics."),
    "TRAINED": ("Trained models", "Saved models and their scores."),
    "NUMBER": ("Numbers", ""),
    "CHOICE": ("Choices", ""),
    "VALUES": ("Arrays and dictionaries", ""),
    "FUNCTION": ("Functions", "The checker calls them with inputs of its own."),
    "GRADIENT": ("Gradients", "Functions that return a derivative."),
    "CALLBACK": ("Callbacks", ""),
    "SCHEDULE": ("Schedules", "Learning rates that change with the step."),
    "ANSWER": ("Any answer", ""),
    "LINT": (
        "Lint",
        "Known mistakes in any model, outside the exercises: `checkers.lint(model)` "
        "and `course lint` find them.",
    ),
}
_HEAD = """\
<!-- Generated from checkers/messages by `course build`. Do not edit. -->

# Misconceptions

A wrong answer gets a code. The learner reads its sentence, the reason why it matters
and the next step; the class report counts how many share it. This page lists all
{count} codes. Words in ⟨brackets⟩ are filled in from the answer.
"""
# How a placeholder reads without an answer.
_SAMPLES = {"part": "⟨answer⟩", "position": "after layer 2 (Dense)", "kind": "⟨layer⟩"}
_KINDS = {"DROPOUT": "Dropout", "BATCHNORM": "BatchNormalization"}


class _Sample(str):
    """A placeholder that reads the same with and without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)

    def __format__(self, spec: str) -> str:
        return str(self)


class _Samples(dict[str, Any]):
    """Gives every placeholder a readable name."""

    def __missing__(self, name: str) -> _Sample:
        return _Sample("⟨" + name.replace("_", " ") + "⟩")


def readable(message: Message) -> tuple[str, str, str]:
    """Return sentence, why and next step of a message without an answer."""
    topic = message.code.split(".")[0]
    place = f"Layer 3 ({_KINDS.get(topic, 'Dense')})"
    samples = {**_SAMPLES, "where": place, "field": ""}
    values = _Samples({name: _Sample(text) for name, text in samples.items()})
    return (
        message.sentence.format_map(values),
        message.why.format_map(values),
        message.next.format_map(values),
    )


def misconceptions_page(
    lessons: Sequence[Lesson], exercises: Mapping[str, "Exercise"]
) -> Derivative:
    """Return the page as a generated file.

    Args:
        lessons: All lessons of `course.toml`.
        exercises: All declared exercises by id.

    Raises:
        KeyError: If a code's topic has no title here, and no lesson.
    """
    messages = all_messages()
    givers = _givers(codes_by_exercise())
    parts = [_HEAD.format(count=len(messages))]
    topics = _topics(messages.values(), lessons)
    parts.append("\n".join(f"- [{t}](#{_anchor(t)})" for t, _ in topics.values()))
    for topic, (title, about) in topics.items():
        parts.append(f"## {title}")
        if about:
            parts.append(about)
        parts += [
            _entry(message, givers.get(code, []), lessons, exercises)
            for code, message in messages.items()
            if code.split(".")[0] == topic
        ]
    text = "\n\n".join(part.strip() for part in parts) + "\n"
    return Derivative(PAGE, Path("checkers", "messages"), text, _FIX)


def _topics(
    messages: Iterable[Message], lessons: Sequence[Lesson]
) -> dict[str, tuple[str, str]]:
    """Return the topics of all codes, general ones first, then lesson by lesson."""
    slugs = {message.code.split(".")[0]: message.lesson for message in messages}
    found = {topic: about for topic, about in _TOPICS.items() if topic in slugs}
    order = {lesson.slug: lesson for lesson in lessons}
    own = [topic for topic in slugs if topic not in found]
    for topic in sorted(own, key=lambda topic: list(order).index(slugs[topic])):
        lesson = order[slugs[topic]]
        found[topic] = (f"Lesson {lesson.number}, {lesson.title}", "")
    return found


def _givers(codes: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """Return the exercises that can give each code."""
    found: dict[str, list[str]] = {}
    for name, own in codes.items():
        for code in own:
            found.setdefault(code, []).append(name)
    return found


def _entry(
    message: Message,
    givers: Sequence[str],
    lessons: Sequence[Lesson],
    exercises: Mapping[str, "Exercise"],
) -> str:
    """Return one code with its sentences and where it belongs."""
    sentence, why, after = readable(message)
    lesson = next((one for one in lessons if one.slug == message.lesson), None)
    lines = [f"### {message.code}", "", f"> {sentence}", ""]
    lines += [f"- Why: {why}", f"- Next: {after}"]
    if lesson is not None:
        lines.append(f"- Lesson: {_link(lesson, lesson.title, 'lesson')}")
    if givers:
        lines.append(f"- Exercises: {_exercises(givers, lessons, exercises)}")
    return "\n".join(lines)


def _exercises(
    givers: Sequence[str],
    lessons: Sequence[Lesson],
    exercises: Mapping[str, "Exercise"],
) -> str:
    """Return the exercises as links; many of them as a number."""
    if len(givers) > _MANY:
        return f"{len(givers)} of {len(exercises)}"
    links = []
    for lesson in lessons:
        for notebook, ids in lesson.notebook_ids().items():
            links += [
                _link(lesson, exercises[name].title, notebook)
                for name in ids
                if name in givers
            ]
    return ", ".join(links)


def _link(lesson: Lesson, title: str, notebook: str) -> str:
    return f"[{title}](../notebooks/{lesson.folder}/{notebook}.ipynb)"


def _anchor(title: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    kept = (c for c in title.lower() if c.isalnum() or c in " -")
    return "".join(kept).replace(" ", "-")
