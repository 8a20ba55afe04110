"""CAPP-130's sentences and their plain rewrites -> the weights of data/zh/plain.model.

usage: training/plain.py [--policies DIR] [--evaluate]

A stretch of a sentence, from one comma to the next, should be dropped if that brings the sentence nearer to what the
annotators made of it (F1 of the characters kept) or shortens a long one at little loss. A logistic regression, each
stretch at the weight of what is won or lost by it, learns that from what the stretch and its neighbours start and end with;
its best cues, rounded to tenths, are written into the list, one line a weight. Only cues that stand in twelve policies
count. Every eighth row, which ../shared/tools/rewrite.py scores, is never read, nor is a row that says the same. The limit
from which a stretch is dropped is chosen on rows held out in turn. src/plain.rs itself cuts and says what must stay.
"""
import argparse
import collections
import difflib
import glob
import json
import os
import re
import subprocess
import tempfile

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL = os.path.join(HERE, "..", "data", "zh", "plain.model")
STRETCHES = ["cargo", "run", "--quiet", "--release", "--example", "plain_stretches", "--"]
SEPARATORS = ",\uff0c:\uff1a;\uff1b\u3002"
ABOUT = """# Tenths of log-odds that a stretch of a clause is dropped: it starts ^, ends $ or goes on * with; the next > or the one
# before < starts with; = says where it stands. Written by training/plain.py, read by src/plain.rs.
"""
CUES, POLICIES = 400, 12
# What a character less is worth: a thousandth of a sentence's F1. It makes long sentences pay for what they keep.
CHARACTER = 0.001
# Characters left of the printed ones, held-out rows; clauses that src/plain.rs gives back whole make it two hundredths more.
LENGTH = 0.781
FOLDS = [(1, 5), (2, 6), (3, 7), (4,)]

Row = collections.namedtuple("Row", "number policy text rewrite parts held states cues gains")


def read(folder):
    rows = []
    for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
        with open(path, encoding="utf8") as file:
            for row in map(json.loads, file):
                if isinstance(row.get("rewrite"), str) and row["rewrite"].strip():
                    rows.append((path, " ".join(row["text"].split()), row["rewrite"]))
    scored = {text for _, text, _ in rows[::8]}
    rows = [(i, *row) for i, row in enumerate(rows) if row[1] not in scored]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf8") as file:
        file.write("\n".join(text for _, _, text, _ in rows) + "\n")
        file.flush()
        printed = subprocess.run([*STRETCHES, file.name], capture_output=True, check=True, cwd=HERE).stdout.decode("utf8")
    out = []
    for (number, policy, text, rewrite), lines in zip(rows, re.split(r"(?m)^\n", printed)):
        fields = [line.split("\t") for line in lines.split("\n") if line]
        parts = [field[3] for field in fields]
        held, states = ([field[n] == "1" for field in fields] for n in (0, 1))
        traits = [dict(zip(field[2].split()[::2], map(int, field[2].split()[1::2]))) for field in fields]
        cues = {at: cues_of(parts, at, traits[at]) for at in range(len(parts)) if not held[at]}
        out.append(Row(number, policy, text, rewrite, parts, held, states, cues, gains(parts, held, rewrite)))
    return out


def cues_of(parts, at, traits):
    """What a stretch and its neighbours start, end and go on with, and where it stands."""
    body = lambda at: parts[at].strip(SEPARATORS + " ")
    text = body(at)
    found = {sign + part for n in range(1, 6) if len(text) >= n for sign, part in (("^", text[:n]), ("$", text[-n:]))}
    found |= {"*" + text[i : i + n] for n in (2, 3) for i in range(len(text) - n + 1)}
    if at + 1 < len(parts):
        found |= {">" + body(at + 1)[:n] for n in range(1, 4)}
    if at > 0:
        found |= {"<" + body(at - 1)[:n] for n in range(1, 4)}
    found = {cue: 1 for cue in found if len(cue) > 1 and " " not in cue and "\u3000" not in cue}
    return {**found, **{"=" + name: value for name, value in traits.items() if name != "bias"}}


def gains(parts, held, rewrite):
    """What dropping each stretch that may go does to the sentence's F1, a shorter one being better."""
    joined = "".join(parts)
    kept = np.zeros(len(joined))
    for block in difflib.SequenceMatcher(None, joined, rewrite, autojunk=False).get_matching_blocks():
        kept[block.a : block.a + block.size] = 1
    if len(parts) < 2 or kept.sum() < 0.2 * len(joined):
        return {}
    length = np.array([len(part) for part in parts])
    found = np.array([part.sum() for part in np.split(kept, np.cumsum(length)[:-1])])
    f1 = lambda chosen: 2 * found[chosen].sum() / (len(rewrite) + length[chosen].sum())
    out = {}
    # Beside everything, and beside what is worth keeping.
    for chosen in (np.ones(len(parts), bool), np.array(held) | (found >= 0.4 * length)):
        for at in np.flatnonzero(~np.array(held)):
            with_, without = chosen.copy(), chosen.copy()
            with_[at], without[at] = True, False
            gain = f1(without) - f1(with_) + CHARACTER * length[at]
            out[int(at)] = out.get(int(at), 0) + gain / 2
    return out


def fit(data, known, penalty):
    columns = {cue: i for i, cue in enumerate(sorted(known))}
    entries = [(r, columns[cue], v) for r, (cues, _) in enumerate(data) for cue, v in cues.items() if v and cue in columns]
    r, k, v = zip(*entries)
    x = sp.csr_matrix((v, (r, k)), shape=(len(data), len(columns)), dtype=float)
    gain = np.array([gain for _, gain in data])
    model = LogisticRegression(l1_ratio=penalty, solver="liblinear", random_state=0)
    model.fit(x, gain > 0, sample_weight=abs(gain) / abs(gain).mean())
    weights = model.coef_[0]
    weight = abs(weights) * np.sqrt(np.asarray(x.mean(axis=0)).ravel())
    return {cue: (weights[i], weight[i]) for cue, i in columns.items() if weights[i]}, model.intercept_[0]


def learn(rows, count=CUES):
    seen, data, policies = set(), [], collections.defaultdict(set)
    for row in rows:
        if row.text in seen:
            continue
        seen.add(row.text)
        for at, gain in row.gains.items():
            data.append((row.cues[at], gain))
            for cue in row.cues[at]:
                policies[cue].add(row.policy)
    known = {cue for cue, where in policies.items() if len(where) >= POLICIES}
    chosen, _ = fit(data, known, 1)
    best = sorted((c for c in chosen if c[0] != "="), key=lambda c: -chosen[c][1])[:count]
    weights, bias = fit(data, set(best) | {c for c in known if c[0] == "="}, 0)
    return {cue: round(10 * w) for cue, (w, _) in weights.items()}, round(10 * bias)


def scores(row, weights, bias):
    return {at: bias + sum(weights.get(cue, 0) * v for cue, v in cues.items()) for at, cues in row.cues.items()}


def keep(row, score, limit):
    """`weigh` of src/plain.rs."""
    stop = [part[-1] in ";\uff1b\u3002" for part in row.parts]
    kept = [at not in score or score[at] <= limit for at in range(len(row.parts))]
    first, any_left = 0, False
    for at in range(len(row.parts)):
        if stop[at] or at + 1 == len(row.parts):
            sentence = range(first, at + 1)
            left, said = any(kept[i] for i in sentence), any(kept[i] and row.states[i] for i in sentence)
            states = [i for i in sentence if row.states[i]]
            if states and not said and (left or not any_left):
                kept[min(states, key=lambda i: score.get(i, -1000))] = left = True
            any_left, first = any_left or left, at + 1
    return kept


def held_out(rows):
    """Each row with its scores by weights that were learnt without it and without rows that say the same."""
    for fold in FOLDS:
        tested = [row for row in rows if row.number % 8 in fold]
        texts = {row.text for row in tested}
        weights, bias = learn([row for row in rows if row.number % 8 not in fold and row.text not in texts])
        yield from ((row, scores(row, weights, bias)) for row in tested)


def limit(tested):
    """The least limit at which enough is dropped."""
    total = sum(len(row.text) for row, _ in tested)
    for limit in range(30, -60, -1):
        left = sum(len(part) for row, score in tested for part, kept in zip(row.parts, keep(row, score, limit)) if kept)
        if left <= LENGTH * total:
            return limit, left / total
    raise SystemExit("nothing can be dropped")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--policies", default=os.path.join(HERE, "..", "..", "shared", "corpora", "capp-130", "policies"))
    a = parser.parse_args()
    rows = read(a.policies)
    least, left = limit(list(held_out(rows)))
    print(f"{len(rows)} rows; held out: limit {least}, length {left:.3f}")
    weights, bias = learn(rows)
    weights["=bias"] = bias - least
    by_weight = collections.defaultdict(list)
    for cue, weight in weights.items():
        if weight:
            by_weight[weight].append(cue)
    lines = [f"{weight} {' '.join(sorted(by_weight[weight]))}" for weight in sorted(by_weight)]
    with open(MODEL, "w", encoding="utf8") as file:
        file.write(ABOUT + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
