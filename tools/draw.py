#!/usr/bin/env python3
"""Draws sensitive marks and attention entries of many policies at random, to be judged by reading.

usage: draw.py [--seed N] [--marks N] [--entries N] [--around N] [--command PROGRAM] FILE_OR_FOLDER ...
       draw.py --sheet [--command PROGRAM] FILE ...

Runs `PROGRAM analyze --format json FILE` over every policy (a folder: its *.txt), pools all marks and all attention
entries (good points included), and draws from the two pools without replacement. The same program, files and seed give
the same draw. A mark: policy, section path, the clause before, category / context, the clause with the mark in 【】,
cut to so many characters on each side. An entry: policy, rule, its sentence, its clauses in full.

With --sheet, one sheet for each policy: the outline, every line of the card and every point with the clauses they link
to, the lists of facts and the checklist, so that a reader with the whole text can judge each of them.
"""
import argparse
import json
import pathlib
import random
import subprocess


def files(paths):
    for path in map(pathlib.Path, paths):
        yield from sorted(path.glob('*.txt')) if path.is_dir() else [path]


def utf16(text):
    """Offsets in the JSON count UTF-16 units: a slicer of the text by them."""
    units = text.encode('utf-16-le')
    return lambda a, b=None: units[2 * a:None if b is None else 2 * b].decode('utf-16-le', 'replace')


def path_of(view, section):
    by_id = {s['id']: s for s in view['sections']}
    titles = []
    while section:
        titles.append(by_id[section]['title'])
        section = by_id[section]['parent']
    return ' > '.join(filter(None, reversed(titles)))


def cut(text, around):
    return text if len(text) <= 2 * around else text[:around] + '…' + text[-around:]


def analysed(command, file):
    run = [command, 'analyze', '--format', 'json', str(file)]
    return json.loads(subprocess.run(run, check=True, capture_output=True).stdout)


def sheet(file, view):
    """What the reader of one policy is shown, with the clauses that each line links to."""
    by_id = {c['id']: c for c in view['clauses']}

    def clauses(ids):
        for at in ids:
            print(f"     -> {at} [{path_of(view, by_id[at]['section'])}] " + cut(by_id[at]['text'], 200).replace('\n', ' '))

    print(f"# {file}: {view['meta'].get('title', '')}\n\n## Outline")
    for s in view['sections']:
        print('  ' * s['level'] + f"{s['number']} {s['title']}".strip() + (' (implicit)' if s['implicit'] else ''))
    for name in ('summary', 'attention', 'good', 'checklist'):
        print(f'\n## {name}')
        for n, entry in enumerate(view[name], 1):
            tier = f" (tier {entry['tier']})" if 'tier' in entry else ''
            verdict = f" = {entry['verdict']}" if 'verdict' in entry else ''
            label = entry.get('slot') or entry.get('rule') or entry.get('item') or entry.get('id')
            print(f"{name[0]}{n}{tier} {label}{verdict}: {entry.get('text', '')}")
            clauses(entry.get('evidence', []))
    print('\n## facts')
    for field, value in view['facts'].items():
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, dict):
                said = {k: v for k, v in entry.items() if v not in ('', None, []) and k not in ('evidence', 'source', 'anchor')}
                print(f'- {field}: ' + json.dumps(said, ensure_ascii=False) + ' ' + ' '.join(entry.get('evidence', [])))
            elif entry is not None:
                print(f'- {field}: {entry}')


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument('--seed', type=int, default=1)
    ask.add_argument('--marks', type=int, default=200)
    ask.add_argument('--entries', type=int, default=100)
    ask.add_argument('--around', type=int, default=120)
    ask.add_argument('--sheet', action='store_true')
    ask.add_argument('--command', default='target/release/policy-reader')
    ask.add_argument('paths', nargs='+')
    options = ask.parse_args()

    if options.sheet:
        for file in files(options.paths):
            sheet(file, analysed(options.command, file))
        return

    views, marks, entries = {}, [], []
    for file in files(options.paths):
        view = views[file.stem] = analysed(options.command, file)
        for i, clause in enumerate(view['clauses']):
            marks += [(file.stem, i, mark) for mark in clause['marks'] if mark['kind'] == 'sensitive']
        entries += [(file.stem, point) for point in view['attention'] + view['good']]
    chance = random.Random(options.seed)
    drawn_marks = chance.sample(marks, min(options.marks, len(marks)))
    drawn_entries = chance.sample(entries, min(options.entries, len(entries)))

    print(f'# {len(views)} policies; {len(drawn_marks)} of {len(marks)} marks,'
          f' {len(drawn_entries)} of {len(entries)} entries, seed {options.seed}\n')
    for n, (stem, i, mark) in enumerate(drawn_marks, 1):
        clauses = views[stem]['clauses']
        part = utf16(clauses[i]['text'])
        before, inside, after = part(0, mark['start']), part(mark['start'], mark['end']), part(mark['end'])
        a = options.around
        left = ('…' if len(before) > a else '') + before[-a:]
        right = after[:a] + ('…' if len(after) > a else '')
        print(f"m{n} {stem} [{path_of(views[stem], clauses[i]['section'])}] {mark['category']} / {mark['context']}"
              f" ({clauses[i]['kind']})")
        if i and clauses[i - 1]['section'] == clauses[i]['section']:
            print('   before: ' + cut(clauses[i - 1]['text'], a // 3).replace('\n', ' '))
        print('   ' + f'{left}【{inside}】{right}'.replace('\n', ' ') + '\n')
    for n, (stem, point) in enumerate(drawn_entries, 1):
        by_id = {c['id']: c for c in views[stem]['clauses']}
        print(f"e{n} {stem} {point['rule']}: {point['text']}")
        for at in point['evidence']:
            clause = by_id[at]
            print(f"   [{path_of(views[stem], clause['section'])}] " + clause['text'].replace('\n', ' '))
        print()


if __name__ == '__main__':
    main()
