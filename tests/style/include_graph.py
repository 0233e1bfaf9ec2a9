"""Folders are the layers: the include and link graph of the folders against arrows.txt.

An edge is an `#include` of a file of ours, an `import` of a .proto of ours, or a CMake target of
one folder that links a target of another. Reported: an arrow that arrows.txt does not allow, two
folders that use each other, any longer cycle, an include that is not root-relative or names no
file, a header that shadows a system one.
"""

import collections
import dataclasses
import pathlib
import posixpath
import re

import cmake_text
import tree

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.MULTILINE)
IMPORT = re.compile(r'^import (?:public )?"([^"]+)";', re.MULTILINE)
GENERATED = ('.pb.h', '.grpc.pb.h')
SYSTEM_INCLUDES = pathlib.Path('/usr/include')


@dataclasses.dataclass(frozen=True)
class Edge:
    source: str  # the folder that uses
    target: str  # the folder that is used
    header: str  # the header or .proto that is used; '' when a link makes the edge
    place: str  # path:line


def read_arrows(text):
    """{folder: set of what it may use} of arrows.txt."""
    arrows = {}
    for line in text.splitlines():
        line = line.split('#')[0].strip()
        if line:
            folder, allowed = line.split(':')
            arrows[folder.strip()] = set(allowed.split())
    return arrows


def room_of(folder, arrows):
    """The longest folder of the table that holds this one; None when the table has no such line."""
    while folder and folder not in arrows:
        folder = posixpath.dirname(folder)
    return folder or None


def proto_folders(files):
    """{path of a .proto inside its proto root: folder of the root}."""
    folders = {}
    for path in tree.with_suffix(files, '.proto'):
        root, separator, inner = path.partition('/proto/')
        if separator:
            folders[inner] = root + '/proto'
    return folders


def import_edges(files):
    """Edges of the import lines of the .proto files."""
    folders = proto_folders(files)
    return [Edge(folder, folders[match.group(1)], match.group(1),
                 f'{folder}/{inner}:{tree.line_of(files[f"{folder}/{inner}"], match.start())}')
            for inner, folder in folders.items()
            for match in IMPORT.finditer(files[f'{folder}/{inner}'])
            if match.group(1) in folders]


def include_edges(files):
    """(edges, violations) of the #include lines of the C++ files."""
    edges, violations = [], []
    generated = {inner.removesuffix('.proto') + suffix: folder
                 for inner, folder in proto_folders(files).items() for suffix in GENERATED}
    top_folders = {path.split('/')[0] for path in files if '/' in path}
    for path, text in tree.with_suffix(files, *tree.CPP).items():
        folder = posixpath.dirname(path)
        for match in INCLUDE.finditer(text):
            quote, header = match.groups()
            place = f'{path}:{tree.line_of(text, match.start())}'
            if header in files:
                edges.append(Edge(folder, posixpath.dirname(header), header, place))
            elif header in generated:
                edges.append(Edge(folder, generated[header], header, place))
            elif quote == '"' and posixpath.join(folder, header) in files:
                violations.append(f'{place}: "{header}": include paths start at the root')
            elif quote == '"' and header.split('/')[0] in top_folders:
                violations.append(f'{place}: "{header}" is no tracked file')
    return edges, violations


def link_edges(files):
    """Edges of the CMake targets that link each other."""
    targets = cmake_text.targets(files)
    folder_of = {target.name: target.folder for target in targets
                 if target.call in cmake_text.DEFINING}
    return [Edge(target.folder, folder_of[used], '', target.place)
            for target in targets for used in target.links if used in folder_of]


def is_allowed(edge, arrows):
    source, target = room_of(edge.source, arrows), room_of(edge.target, arrows)
    allowed = arrows[source]
    if source == target or '*' in allowed or target in allowed or edge.header in allowed:
        return True
    # Whoever may use a header may link the target that it belongs to.
    return not edge.header and any(
        use.endswith('.h') and room_of(posixpath.dirname(use), arrows) == target
        for use in allowed)


def forbidden_arrows(edges, arrows):
    violations = []
    for edge in edges:
        unknown = [folder for folder in (edge.source, edge.target)
                   if room_of(folder, arrows) is None]
        violations += [f'{edge.place}: folder {folder} has no line in tests/style/arrows.txt'
                       for folder in unknown]
        if not unknown and not is_allowed(edge, arrows):
            what = f'includes {edge.header}' if edge.header else f'links {edge.target}'
            violations.append(f'{edge.place}: forbidden arrow: {edge.source} {what}')
    return violations


def cycles(edges):
    """One line for each two-way edge and, beside those, one for a longer cycle if there is any."""
    places = collections.defaultdict(dict)
    for edge in edges:
        if edge.source != edge.target:
            places[edge.source].setdefault(edge.target, edge.place)
    violations = []
    for source in sorted(places):
        for target in sorted(places[source]):
            if source < target and source in places.get(target, {}):
                violations.append(f'{places[source][target]}: two-way edge: {source} <-> {target}, '
                                  f'back at {places[target][source]}')
    loop = longer_cycle({source: set(targets) for source, targets in places.items()})
    if loop and not violations:
        violations.append(f'{places[loop[0]][loop[1]]}: cycle: ' + ' -> '.join(loop))
    return violations


def longer_cycle(graph):
    """The folders of some cycle, first one repeated at the end; [] when there is none."""
    finished = set()

    def visit(folder, path):
        if folder in path:
            return path[path.index(folder):] + [folder]
        if folder in finished:
            return []
        for target in sorted(graph.get(folder, ())):
            found = visit(target, path + [folder])
            if found:
                return found
        finished.add(folder)
        return []

    for start in sorted(graph):
        found = visit(start, [])
        if found:
            return found
    return []


def shadowing_headers(files, system=SYSTEM_INCLUDES):
    return [f'{path}:1: shadows the system header {system / path}; choose another name'
            for path in tree.with_suffix(files, '.h') if (system / path).exists()]


def violations(files, arrows):
    included, broken = include_edges(files)
    edges = included + import_edges(files) + link_edges(files)
    return broken + forbidden_arrows(edges, arrows) + cycles(edges) + shadowing_headers(files)


if __name__ == '__main__':
    table = read_arrows((tree.ROOT / 'tests/style/arrows.txt').read_text())
    tree.finish(violations(tree.tracked_texts(), table),
                'The allowed arrows are in tests/style/arrows.txt.')
