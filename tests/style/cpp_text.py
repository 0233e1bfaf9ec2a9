"""C++ source as the file rules need it: without comments, literals, directives; its functions.

How a function's length is counted: from the first line of its signature to the line of its closing
brace, both included, blank lines and comments too; lines that lie wholly inside a raw string
literal (the text tables of the rule tests) are not counted. A function is an outermost pair of
braces inside namespaces and classes whose head holds a parameter list; a lambda counts as part of
its function, and TEST(Suite, Case) {...} is one. Braces are matched, not parsed: a macro that
hides a brace fools it.
"""

import re

import tree

TOKEN = re.compile(
    r'''(?P<directive>^[ \t]*\#(?:[^\n\\]|\\.|\\\n)*)'''
    r'''|(?P<comment>//[^\n]*|/\*.*?\*/)'''
    r'''|(?P<raw>R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)")'''
    r'''|(?P<number>\b\d[\w.']*)'''
    r'''|(?P<literal>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')''',
    re.MULTILINE | re.DOTALL)
TYPE_HEAD = re.compile(r'(template\s*<.*>\s*)?(class|struct|union|enum)\b', re.DOTALL)
SCOPE_HEAD = re.compile(r'(inline\s+)?namespace\b|extern\s*""?')
BEFORE_HEAD = re.compile(r'(\s|(public|private|protected)\s*:(?!:))*')
AFTER_PARAMETERS = re.compile(r'\)\s*(const|noexcept|override|final|&|\s)*$')
INITIALIZERS = re.compile(r'\)\s*(noexcept\s*)?:(?!:)')
TYPE_NAME = re.compile(
    r'\b(?:class|struct|union|enum)\s+(?:class\s+)?(?:[A-Z][A-Z0-9_]+(?:\([^)]*\))?\s+)?(\w+)')


def blanked(text):
    """The text with comments, literals and directives as spaces; lines stay in place."""
    def blank(match):
        if match.lastgroup == 'number':
            return match.group()
        kept = '""' if match.lastgroup in ('raw', 'mark', 'literal') else ''
        return kept + re.sub(r'[^\n]', ' ', match.group())[len(kept):]
    return TOKEN.sub(blank, text)


def comments(text):
    """(offset, text) of each comment."""
    return [(match.start(), match.group()) for match in TOKEN.finditer(text)
            if match.lastgroup == 'comment']


def raw_string_lines(text):
    """The line numbers that lie wholly inside a raw string literal."""
    lines = set()
    for match in TOKEN.finditer(text):
        if match.group('raw'):
            first = tree.line_of(text, match.start())
            lines.update(range(first + 1, first + match.group().count('\n')))
    return lines


def brace_kind(head):
    """What `{` opens after this head, outside of functions: scope, function or initializer."""
    if SCOPE_HEAD.match(head):
        return 'scope'
    if TYPE_HEAD.match(head) and not AFTER_PARAMETERS.search(head):
        return 'scope'
    if '(' not in head:
        return 'initializer'
    if INITIALIZERS.search(head) and re.search(r'[\w>]$', head):
        return 'initializer'  # of a member in a constructor's list
    outside, replaced = head, 1
    while replaced:
        outside, replaced = re.subn(r'\([^()]*\)', '', outside)
    return 'initializer' if '=' in outside and 'operator' not in head else 'function'


def functions(text):
    """(name of the function or its head, first line, counted lines) of each function body."""
    plain = blanked(text)
    uncounted = raw_string_lines(text)
    found, open_kinds, head_start = [], [], 0
    for match in re.finditer(r'[{};]', plain):
        offset, inside = match.start(), 'function' in open_kinds or 'initializer' in open_kinds
        if match.group() == '{':
            start = BEFORE_HEAD.match(plain, head_start).end()
            kind = 'inner' if inside else brace_kind(plain[start:offset].rstrip())
            if kind == 'function':
                function_start, body_start = start, offset
            elif kind == 'scope':
                head_start = offset + 1
            open_kinds.append(kind)
        elif match.group() == '}' and open_kinds:
            kind = open_kinds.pop()
            if kind == 'function':
                first, last = tree.line_of(text, function_start), tree.line_of(text, offset)
                counted = sum(line not in uncounted for line in range(first, last + 1))
                found.append((name_of(plain[function_start:body_start]), first, counted))
            if kind in ('function', 'scope'):
                head_start = offset + 1
        elif match.group() == ';' and not inside:
            head_start = offset + 1
    return found


def name_of(head):
    """What stands before the first parameter list, or the test's full name."""
    test = re.match(r'\s*(\w*TEST\w*|RC_\w+)\(([^)]*)\)', head)
    if test:
        return ' '.join(f'{test.group(1)}({test.group(2)})'.split())
    named = re.search(r'([\w:~]+|operator[^(]*)\s*\(', head)
    return named.group(1) if named else ' '.join(head.split())[:40]


def type_names(text):
    """(offset, name) of each class, struct, union and enum that is named after its keyword."""
    return [(match.start(1), match.group(1)) for match in TYPE_NAME.finditer(blanked(text))]
