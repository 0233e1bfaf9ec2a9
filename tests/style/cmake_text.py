"""What the style checks need to know of the CMakeLists.txt files: targets, sources and links.

Reads the text (our files are lists without logic): calls of the functions of
cmake/BansosTarget.cmake and of CMake's own add_library, add_executable, target_link_libraries and
target_sources. `${NAME}` is replaced where the same file sets it.
"""

import dataclasses
import posixpath
import re

import tree

DEFINING = {'bansos_library', 'bansos_program', 'bansos_test', 'bansos_proto_library',
            'add_library', 'add_executable'}
EXTENDING = {'target_link_libraries', 'target_sources'}
KEYWORDS = {'SOURCES', 'DEPS', 'PROTOS', 'ROOT', 'IMPORT_DIRS', 'GRPC', 'PUBLIC', 'PRIVATE',
            'INTERFACE', 'STATIC', 'OBJECT'}
CALL = re.compile(r'^[ \t]*(\w+)[ \t]*\(([^()]*)\)', re.MULTILINE)


@dataclasses.dataclass
class Target:
    name: str
    folder: str
    place: str  # path:line
    call: str
    sources: list  # paths
    links: list  # names of targets, not only ours


def calls(text):
    """(offset, name, arguments) of each call without nested parentheses."""
    text = re.sub(r'#[^\n]*', lambda match: ' ' * len(match.group()), text)
    variables = {}
    for match in CALL.finditer(text):
        arguments = []
        for word in match.group(2).split():
            variable = re.fullmatch(r'\$\{(\w+)\}', word)
            arguments += variables.get(variable.group(1), [word]) if variable else [word]
        if match.group(1) == 'set' and arguments:
            variables[arguments[0]] = arguments[1:]
        yield match.start(1), match.group(1), arguments


def arguments_under(arguments, *keywords):
    """The arguments that follow one of the keywords, up to the next keyword."""
    found, taking = [], False
    for argument in arguments:
        if argument in KEYWORDS:
            taking = argument in keywords
        elif taking:
            found.append(argument)
    return found


def folder_of_call(name, arguments, directory):
    """A proto library lives in its ROOT; everything else where its CMakeLists.txt is."""
    root = arguments_under(arguments, 'ROOT')[:1] if name == 'bansos_proto_library' else []
    if root:
        relative = root[0].removeprefix('${CMAKE_CURRENT_SOURCE_DIR}').lstrip('/')
        return posixpath.join(directory, relative)
    return directory


def targets(files):
    """Every definition or extension of a target, in the order of the files."""
    found = []
    for path, text in files.items():
        if posixpath.basename(path) != 'CMakeLists.txt':
            continue
        directory = posixpath.dirname(path)
        for offset, name, arguments in calls(text):
            if name not in DEFINING | EXTENDING or not arguments:
                continue
            if name == 'target_link_libraries':
                sources, links = [], arguments[1:]
            elif name.startswith('bansos_'):
                sources = arguments_under(arguments, 'SOURCES')
                links = arguments_under(arguments, 'DEPS')
            else:
                sources, links = arguments[1:], []
            found.append(Target(
                name=arguments[0], folder=folder_of_call(name, arguments, directory),
                place=f'{path}:{tree.line_of(text, offset)}', call=name,
                sources=[posixpath.normpath(posixpath.join(directory, source))
                         for source in sources if source.endswith('.cc')],
                links=links))
    return found
