"""Every element of a .proto has a comment above it: message, field, enum, value, service ...

Beside `buf lint` (buf_lint.py), because buf cannot be had everywhere and its STANDARD category asks
for no comments. Knows proto3 as we write it: an element starts a line, its comment ends on the line
above.
"""

import re

import tree

ELEMENT = re.compile(
    r'\s*(?:(?P<block>message|enum|oneof|service|rpc)\s+(?P<name>\w+)'
    r'|(?:repeated\s+|optional\s+)?(?:[\w.]+|map<[^>]+>)\s+(?P<field>\w+)\s*=\s*-?(?:0x)?\d+'
    r'|(?P<value>\w+)\s*=\s*-?(?:0x)?\d+)')
NOT_ELEMENT = re.compile(r'\s*(?:option|reserved|extensions|import|package|syntax|//|\}|$)')


def violations(files):
    found = []
    for path, text in tree.with_suffix(files, '.proto').items():
        previous, open_statement = '', False
        for number, line in enumerate(text.splitlines(), 1):
            if not open_statement and not NOT_ELEMENT.match(line):
                element = ELEMENT.match(line)
                if element and not re.match(r'\s*//\s*\S|.*\*/\s*$', previous):
                    name = element['name'] or element['field'] or element['value']
                    found.append(f'{path}:{number}: {name} has no comment above it')
            code = line.split('//')[0].strip()
            if code:
                open_statement = code[-1] not in '{};'
            previous = line
    return found


if __name__ == '__main__':
    tree.finish(violations(tree.tracked_texts()), 'Say what the element means, in its unit.')
