"""Is everything secret compared in a time that tells nothing, and are words put into fixed texts alone?"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.support.source_tree import ROOMS, Finding, Source, listing, planted, sources

# What a value is called that opens something, or proves something, for whoever has it.
SECRET = re.compile(
    r"(^|_)(macs?|tokens?|secrets?|proof|nonce|form_key|pass_hash|phrase|bearer|fingerprint|committed|commitment)$"
)
# The comparisons of values so called that are of nothing secret, or of two that the hub itself holds, each with why.
OF_NOTHING_SECRET = {
    ("hub/adapters/identity_index.py", "token not in self._read"): "a place in a table, by a key that has no secret",
    ("hub/application/search_budget.py", "search.token in tokens[most:]"): "numbers of one's own searches, in memory",
    ("hub/application/search_budget.py", "token not in found"): "as above",
    ("hub/adapters/kafka_messages.py", "token != key"): "the random key of a message, which the broker reads in clear",
    ("hub/domain/registry.py", "here.enrolled.pass_hash == fact.pass_hash"): "two facts that the hub keeps",
    ("hub/domain/family_answer.py", "asker.proof == 'not_checked'"): "how a parent was recognised, by a code",
}


def compared(source: Source) -> Iterator[Finding]:
    """Comparisons by `==`, `!=` or `in` of something that is called as secrets are; against a constant, none."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Compare):
            continue
        if not any(isinstance(how, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for how in node.ops):
            continue
        sides = (node.left, *node.comparators)
        if any(_is_code(side) for side in sides) or not any(SECRET.search(_called(side)) for side in sides):
            continue
        text = ast.unparse(node)
        if (source.path, text) not in OF_NOTHING_SECRET:
            yield source.finding(node, f"compared in a time that tells: {text}")


def _called(node: ast.expr) -> str:
    match node:
        case ast.Attribute(value=ast.Name(id="answered" | "trip"), attr="state"):
            return "nonce"  # by which an issuer's answer is known (RFC 6749 s10.12); other states are codes
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=str(name)), *_]):
            return name
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
        case ast.Call(func=func):
            return _called(func)
        case _:
            return ""


def _is_code(node: ast.expr) -> bool:
    """A constant, or a set of them that the module or another names in capitals: states and kinds, by their codes."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.isupper()
        case ast.Tuple(elts=parts):
            return all(_is_code(one) for one in parts)
        case _:
            return False


def filled(source: Source) -> Iterator[Finding]:
    """Words put into a text that is not written down: `.format` and `%` on anything but a text of the tree."""
    fixed = _loops(source.tree)
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=text, attr="format" | "format_map")) if not _is_fixed(text, fixed):
                yield source.finding(node, f"words put into {ast.unparse(text)}")
            case (
                ast.BinOp(op=ast.Mod(), left=ast.JoinedStr()) | ast.BinOp(op=ast.Mod(), right=ast.Tuple() | ast.Dict())
            ):
                yield source.finding(node, "words put in by %")
            case ast.BinOp(op=ast.Mod(), left=ast.Constant(value=str() | bytes())):
                yield source.finding(node, "words put in by %")
            case _:
                pass


def _loops(tree: ast.Module) -> frozenset[str]:
    """The names that go over texts of the tree, one after another."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.For(target=ast.Name(id=name), iter=over) | ast.comprehension(target=ast.Name(id=name), iter=over):
                if _is_fixed(over, frozenset()):
                    found.add(name)
            case _:
                pass
    return frozenset(found)


def _is_fixed(node: ast.expr, fixed: frozenset[str]) -> bool:
    """Whether the text stands in the tree: a literal, or (part of) what is named in capitals."""
    match node:
        case ast.Constant(value=str()):
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.isupper() or name in fixed
        case ast.Subscript(value=value) | ast.Call(func=ast.Attribute(value=value, attr="get")):
            return _is_fixed(value, frozenset())
        case ast.Call(func=ast.Name(id="SQL"), args=[text]):
            return _is_fixed(text, frozenset())
        case _:
            return False


def test_nothing_secret_is_compared_in_a_time_that_tells() -> None:
    found = [one for source in sources(*ROOMS) for one in compared(source)]
    assert not found, listing(found)


def test_what_is_let_through_is_there() -> None:
    texts = {
        (source.path, ast.unparse(node))
        for source in sources(*ROOMS)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Compare)
    }
    assert set(OF_NOTHING_SECRET) <= texts


def test_words_are_put_into_texts_of_the_tree_alone() -> None:
    found = [one for source in sources(*ROOMS) for one in filled(source)]
    assert not found, listing(found)


@pytest.mark.parametrize(
    "text",
    [
        "found = token == given",
        "found = self._mac(said) != mac",
        "found = given in self._tokens",
        "found = claims.get('nonce') != nonce",
        "found = permit.proof == self._proof(permit)",
        "found = held['pass_hash'] == made",
        "found = answered.state != trip.state",
    ],
)
def test_a_comparison_that_tells_would_be_found(text: str) -> None:
    assert len(list(compared(planted(text)))) == 1


@pytest.mark.parametrize(
    "text",
    ["found = hmac.compare_digest(token, given)", "found = case.state in WITHHELD", "found = one.proof == 'seen'"],
)
def test_a_comparison_that_tells_nothing_is_let_through(text: str) -> None:
    assert not list(compared(planted(text)))


@pytest.mark.parametrize(
    "text", ["words.format(name=1)", "f'{a} {{b}}'.format(b=1)", "'%s' % name", "f'{a} %s' % name", "words % (a, b)"]
)
def test_words_put_into_words_of_others_would_be_found(text: str) -> None:
    assert len(list(filled(planted(text)))) == 1


@pytest.mark.parametrize("text", ["'{a}'.format(a=1)", "SAID['x'].format(a=1)", "[one.format(a=1) for one in _HEADS]"])
def test_words_put_into_fixed_texts_are_let_through(text: str) -> None:
    assert not list(filled(planted(text)))
