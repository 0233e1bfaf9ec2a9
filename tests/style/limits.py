"""docs/LIMITS.md and the code say the same bounds.

 - Each row's bound is the value of the constant in a header that its section names.
 - Each constant integer of those headers named kMax..., kMin..., kDefault... or kKeysPer... has a
   row in the section.
 - The verifier states each bound of a fact a second time, with the same value.
"""

import ast
import re

import tree

TABLE = 'docs/LIMITS.md'
OF_FACTS = 'ledger/domain/limits.h'
OF_VERIFIER = 'tools/bansos-verify/replay/limits.h'

CONSTANT = re.compile(r'^(?:inline )?constexpr (?:size_t|u?int\d*(?:_t)?|int) (k\w+) =\s*([^;]+);',
                      re.MULTILINE)
LISTED = re.compile(r'k(?:Max|Min|Default|KeysPer)')
HEADER = re.compile(r'`([\w/.-]+\.h)`')
ROW = re.compile(r'^\|[^|]*\| *([\d,]+) *\| *`(\w+)` *\|', re.MULTILINE)


def value_of(text, known):
    """The value of an integer expression of C++ over known constants; None when it is none."""
    text = re.sub(r'(?:size_t|u?int\d+_t)\{([^}]*)\}', r'(\1)', text).replace("'", '')

    def walk(node):
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return node.value
        if isinstance(node, ast.Name):
            return known[node.id]
        if isinstance(node, ast.BinOp):
            left, right = walk(node.left), walk(node.right)
            return {ast.Mult: left * right, ast.Add: left + right, ast.Sub: left - right,
                    ast.LShift: left << right if right < 64 else 0}[type(node.op)]
        raise KeyError(type(node).__name__)

    try:
        return walk(ast.parse(text.strip(), mode='eval').body)
    except (KeyError, SyntaxError):
        return None


def constants(files, paths):
    """{name: (path, value)} of the integer constants of the headers."""
    found, known = {}, {}
    for path in paths:
        for name, text in CONSTANT.findall(files.get(path, '')):
            known[name] = value_of(text, known)
            found[name] = (path, known[name])
    return found


def section_faults(files, section):
    headers = HEADER.findall(section.split('|', 1)[0])
    stated = [path for path in headers if path != OF_VERIFIER]
    faults = [f'{path} is no file' for path in headers if path not in files]
    values = constants(files, stated)
    rows = {name: int(bound.replace(',', '')) for bound, name in ROW.findall(section)}
    for name, bound in rows.items():
        if name not in values:
            faults.append(f'{name} is in none of its headers')
        elif values[name][1] != bound:
            faults.append(f'{name} is {values[name][1]} in {values[name][0]}, not {bound}')
    return faults + [f'{name} of {path} has no row' for name, (path, _) in values.items()
                     if LISTED.match(name) and name not in rows]


def violations(files):
    text = files.get(TABLE, '')
    found = [f'{TABLE}: {fault}' for section in text.split('\n## ')[1:]
             for fault in section_faults(files, section)]
    ours, theirs = constants(files, [OF_FACTS]), constants(files, [OF_VERIFIER])
    for name in sorted(set(ours) | set(theirs)):
        first, second = (side.get(name, (None, None))[1] for side in (ours, theirs))
        if first != second:
            found.append(f'{OF_VERIFIER}: {name} is {second}, in {OF_FACTS} {first}')
    return found


if __name__ == '__main__':
    tree.finish(violations(tree.tracked_texts()), 'The rules are in tests/style/limits.py.')
