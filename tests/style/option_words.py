"""An option that a message, a help text or a page names is one that somebody can give.

 - Each --word in a string of the programs' sources is declared by one of them.
 - Each --word of README.md, CHANGELOG.md and docs/ is declared by a program or a script of tools/.
"""

import re

import tree

# Of every program; of hledger, which our examples call.
KNOWN = {'--help', '--version', '--depth', '--flat'}

STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
WORD = re.compile(r'(?<![\w-])--[a-z][a-z-]*')
# A call whose first or second argument is the option, and nothing else, with or without CLI11.
DECLARED = re.compile(r'\b(?!require\b)\w+(?:<\w+>)?\(\s*(?:\w+,\s*)?"(--[a-z][a-z-]*)[",]')
OF_SCRIPT = re.compile(r'(--[a-z][a-z-]*)(?= \||\)| -h\))')
# A command of another program, up to its end.
FOREIGN = re.compile(r'\b(?:cmake|ctest|git|apt-get|hledger|npm|buf|go|strace|openssl)\b[^`\n]*')


def programs(files):
    return {path: text for path, text in tree.with_suffix(files, '.cc', '.h').items()
            if not path.startswith('tests/')}


def declared(files):
    words = set(KNOWN)
    for text in programs(files).values():
        words.update(DECLARED.findall(text))
    return words


def of_scripts(files):
    return {word for path, text in files.items()
            if path.startswith('tools/') and tree.is_shell(path, text)
            for word in OF_SCRIPT.findall(text)}


def violations(files):
    known = declared(files)
    found = [f'{path}: {word} is no option of any program'
             for path, text in programs(files).items()
             for string in STRING.findall(text)
             for word in sorted(set(WORD.findall(string)) - known)]
    known |= of_scripts(files)
    for path, text in tree.with_suffix(files, '.md').items():
        if not path.startswith(('README', 'CHANGELOG', 'docs/')):
            continue
        words = set(WORD.findall(FOREIGN.sub('', text)))
        found += [f'{path}: {word} is no option of any program or script'
                  for word in sorted(words - known)]
    return found


if __name__ == '__main__':
    tree.finish(violations(tree.tracked_texts()), 'The rules are in tests/style/option_words.py.')
