"""Rules for single files: spacing, columns, sizes, guards, names, marks, a target each.

The limits are those of the house style; each is a named constant below. How a function is measured
stands in cpp_text.py.
"""

import ast
import posixpath
import re

import cmake_text
import cpp_text
import tree

MAX_COLUMNS = 100
MAX_FILE_LINES = 350  # of the files that we take as models, 90 % stay under it
MAX_FUNCTION_LINES = 70  # none of theirs passes it
FORBIDDEN_NAMES = {'Impl', 'Manager', 'Helper', 'Util'}
UNNAMED_MARK = re.compile(r'\b(TO' r'DO|FIX' r'ME|XX' r'X)\b(?!\([\w.@-]+\))')
GLOB = re.compile(r'\bfile\s*\(\s*GLOB')
URL = re.compile(r'https?://\S{40,}')
SOURCES = tree.CPP + ('.proto', '.py', '.sh')


def sources(files):
    """The files that people write as code: C++, protos, Python, shell and CMake."""
    return {path: text for path, text in files.items()
            if path.endswith(SOURCES + ('CMakeLists.txt', '.cmake')) or tree.is_shell(path, text)}


def spacing(files):
    found = []
    for path, text in sources(files).items():
        for number, line in enumerate(text.split('\n'), 1):
            if '\t' in line:
                found.append(f'{path}:{number}: tab; indent with spaces')
            if line.endswith((' ', '\r')):
                found.append(f'{path}:{number}: space or carriage return at the end of the line')
            if len(line) > MAX_COLUMNS and not URL.search(line):
                found.append(f'{path}:{number}: {len(line)} columns; the limit is {MAX_COLUMNS}')
        if text and not text.endswith('\n'):
            found.append(f'{path}:{text.count(chr(10)) + 1}: no newline at the end of the file')
    return found


def file_lengths(files, exceptions_text):
    exceptions = {}
    for line in exceptions_text.splitlines():
        path, _, reason = line.partition(': ')
        if line and not line.startswith('#'):
            exceptions[path] = reason.strip()
    found = [f'tests/style/long_files.txt: {path} has no reason'
             for path, reason in exceptions.items() if not reason]
    lengths = {path: text.count('\n') for path, text in sources(files).items()}
    for path, length in lengths.items():
        if length > MAX_FILE_LINES and path not in exceptions:
            found.append(f'{path}:1: {length} lines; the limit is {MAX_FILE_LINES}: which part '
                         'deserves a file of its own?')
    found += [f'tests/style/long_files.txt: {path} needs no exception (any more)'
              for path in exceptions if lengths.get(path, 0) <= MAX_FILE_LINES]
    return found


def python_functions(text):
    return [(node.name, node.lineno, node.end_lineno - node.lineno + 1)
            for node in ast.walk(ast.parse(text))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def function_lengths(files):
    measured = [(path, cpp_text.functions(text))
                for path, text in tree.with_suffix(files, *tree.CPP).items()]
    measured += [(path, python_functions(text))
                 for path, text in tree.with_suffix(files, '.py').items()]
    return [f'{path}:{line}: {name} has {length} lines; the limit is {MAX_FUNCTION_LINES}'
            for path, functions in measured for name, line, length in functions
            if length > MAX_FUNCTION_LINES]


def headers(files):
    """The guard follows the path; the head comment says what the header is."""
    found = []
    for path, text in tree.with_suffix(files, '.h').items():
        guard = re.sub(r'[^A-Z0-9]', '_', path.upper()) + '_'
        expected = f'#ifndef {guard}\n#define {guard}\n'
        if expected not in text or not text.rstrip().endswith(f'#endif  // {guard}'):
            found.append(f'{path}:1: the include guard must be {guard}')
        if not text.startswith('// '):
            found.append(f'{path}:1: no head comment (what it is, contract, threads, owner)')
    return found


def name_words(name):
    """The words of a CamelCase or snake_case name, capitalised, without a plural s."""
    words = re.findall(r'[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+', name)
    return {word.capitalize().removesuffix('s') for word in words}


def names(files):
    found = []
    for path, text in files.items():
        is_source = path.endswith(SOURCES) or tree.is_shell(path, text)
        if is_source and name_words(posixpath.basename(path)) & FORBIDDEN_NAMES:
            found.append(f'{path}:1: the file name says nothing of what it does')
        if path.endswith(tree.CPP):
            found += [f'{path}:{tree.line_of(text, offset)}: the name {name} says nothing of what '
                      'it does' for offset, name in cpp_text.type_names(text)
                      if name_words(name) & FORBIDDEN_NAMES]
    return found


def unnamed_marks(files):
    return [f'{path}:{tree.line_of(text, match.start())}: {match.group(1)} without a name: write '
            f'{match.group(1)}(who): what, or do it'
            for path, text in sources(files).items() for match in UNNAMED_MARK.finditer(text)]


def targets(files):
    """Every .cc is listed in a CMakeLists.txt; every folder with headers or sources has one."""
    listed = {source for target in cmake_text.targets(files) for source in target.sources}
    found = [f'{path}:1: no CMakeLists.txt lists this file'
             for path in tree.with_suffix(files, '.cc') if path not in listed]
    folders = {posixpath.dirname(path) for path in tree.with_suffix(files, '.cc', '.h')}
    found += [f'{folder}: sources without a CMakeLists.txt'
              for folder in folders if f'{folder}/CMakeLists.txt' not in files]
    found += [f'{path}:{tree.line_of(text, match.start())}: list the sources instead'
              for path, text in tree.with_suffix(files, 'CMakeLists.txt', '.cmake').items()
              for match in GLOB.finditer(text)]
    return found


def violations(files, exceptions_text):
    return (spacing(files) + file_lengths(files, exceptions_text) + function_lengths(files)
            + headers(files) + names(files) + unnamed_marks(files) + targets(files))


if __name__ == '__main__':
    tree.finish(
        violations(tree.tracked_texts(), (tree.ROOT / 'tests/style/long_files.txt').read_text()),
        'The rules are in tests/style/file_rules.py.')
