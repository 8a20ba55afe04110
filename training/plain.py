"""CAPP-130's sentences and their plain rewrites -> the weights of `[plain.cue]` in data/zh/plain.txt.

usage: training/plain.py [--policies DIR] [--every-eighth-out]      (needs: numpy, scipy, scikit-learn)

A stretch of a sentence, from one comma to the next, is dropped if the annotators kept less than half of its characters.
A logistic regression learns that from what the stretch and its neighbours start and end with; its best cues, rounded to
tenths, are written into the list, one line a weight. Only cues that stand in twelve policies count. Every eighth row, which
../shared/tools/rewrite.py scores, is never read. Cutting and guards are those of src/plain.rs and read the same word list.
"""
import argparse
import collections
import difflib
import glob
import json
import os
import re

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

HERE = os.path.dirname(os.path.abspath(__file__))
LIST = os.path.join(HERE, "..", "data", "zh", "plain.txt")
OPENING, CLOSING, SEPARATORS = "（(《【“‘「『〈[{［", "）)》】”’」』〉]}］", "，,；;：:。"
MARK = "[plain.cue]"
ABOUT = "# Tenths of log-odds that a stretch is dropped: it starts ^, ends $ or goes on * with; the next > or the one before <\n# starts with; = says where it stands. Written by training/plain.py.\n"
WITHIN = "http 体验 共享 删除 功能 包括 可能 同意 安全 导致 我们 拒绝 授权 收集 权限 注销 点击 用于 访问 通知 需要".split()
CUES, POLICIES, KEPT = 240, 12, 0.5
# Near enough to src/numbering.rs for learning.
NUMBER = re.compile(r"\s*(?:[（(]?(?:\d{1,2}(?:\.\d{1,2})*|[一二三四五六七八九十]{1,3}|[a-zA-Z])[）)、.．,]+|\d(?:\.\d{1,2})+|[①-⑳•·●■◆]+)[,，、.．\s]*")


def words():
    lists = collections.defaultdict(list)
    with open(LIST, encoding="utf8") as file:
        for line in file.read().split(MARK)[0].splitlines():
            if line.startswith("set "):
                _, key, *values = line.split(" ")
                lists[key] += [tuple(values)] if key == "short" else values
    return lists


W = words()
starts = lambda body, key: body.startswith(tuple(W[key]))
inside = lambda body, key: any(word in body for word in W[key])


def denies(text):
    for word in W["affirmation"]:
        text = text.replace(word, "")
    return inside(text, "negation") or inside(text, "restriction")


def asides(text):
    """Without what stands in round brackets, unless it denies something."""
    out, depth, start = [], 0, 0
    for at, c in enumerate(text):
        if c in "（(":
            start, depth = (at, 1) if depth == 0 else (start, depth + 1)
        elif depth and c in "）)":
            depth -= 1
            if depth == 0 and (starts(text[at + 1 :], "name") or denies(text[start : at + 1])):
                out.append(text[start : at + 1])
        elif depth == 0:
            out.append(c)
    return "".join(out) + (text[start:] if depth else "")


def stretches(text):
    out, depth, start = [], 0, 0
    for at, c in enumerate(text):
        if c in OPENING:
            depth += 1
        elif c in CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and c in SEPARATORS:
            around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
            if not (c.isascii() and len(around) == 2 and around.isascii()):
                out.append(text[start : at + 1])
                start = at + 1
    return out + ([text[start:]] if start < len(text) else [])


body = lambda stretch: stretch.strip(SEPARATORS + " ")
stops = lambda stretch: stretch[-1] in "。；;"


def conditional(text):
    return starts(text, "condition") and not starts(text, "unconditional") or text.endswith(tuple(W["occasion"]))


def held(parts, at):
    """Why a stretch must stay: see src/plain.rs."""
    text, part, stop = body(parts[at]), parts[at], stops(parts[at])
    before = parts[at - 1] if at else None
    after = parts[at + 1] if at + 1 < len(parts) else None
    purpose = starts(text, "purpose")
    listed = any(p[-1] in "：:" for p in parts[:at])
    return (
        part[-1] in "：:"
        or "，" in text
        or starts(text, "or")
        or not inside(text, "address") and any(c.isnumeric() and not "一" <= c <= "\u9fff" for c in text)
        or inside(text, "amount")
        or not starts(text, "guarantee") and (denies(text) or conditional(text) and not purpose)
        or before is not None and (before[-1] in "：:" or not stops(before) and conditional(body(before))) and not purpose
        or listed and (part[-1] in "；;" or before[-1] in "；;")
        or not stop and (starts(text, "list") or after is not None and starts(body(after), "and"))
    )


def states(text):
    return not conditional(text) and not starts(text, "purpose")


def skim(text):
    """Stretches without openings and examples."""
    parts, out, first, said, skip = stretches(text), [], True, False, False
    for at, part in enumerate(parts):
        stop, last, dropped = stops(part), at + 1 == len(parts), False
        text = body(part)
        if skip or starts(text, "example") and not first:
            dropped = not last or skip or said
            skip = (skip or said) and not stop
        elif not last and not stop:
            dropped = text in W["opening"] or text in W["example"]
        first = stop or first and dropped
        said = not stop and (said or not dropped and states(text))
        if not dropped:
            out.append(part)
        elif out and (stop or last):
            out[-1] = out[-1].rstrip(SEPARATORS) + (part[-1] if stop else "")
    return out


def cues(parts, at):
    """What a stretch and its neighbours start, end and go on with, and where it stands."""
    text, found = body(parts[at]), set()
    for n in range(1, 6):
        if len(text) >= n:
            found |= {"^" + text[:n], "$" + text[-n:]}
    found |= {"*" + word for word in WITHIN if word in text}
    if at + 1 < len(parts):
        found |= {">" + body(parts[at + 1])[:n] for n in range(1, 4)}
    if at > 0:
        found |= {"<" + body(parts[at - 1])[:n] for n in range(1, 4)}
    traits = {
        "first": at == 0,
        "last": at + 1 == len(parts),
        "two": len(parts) == 2,
        "stop": stops(parts[at]),
        "colon": any(p[-1] in "：:" for p in parts[:at]),
        "after": at > 0 and conditional(body(parts[at - 1])),
        "before": at + 1 < len(parts) and conditional(body(parts[at + 1])),
    }
    total, ahead = sum(map(len, parts)), sum(map(len, parts[:at]))
    numbers = {"total": min(total // 20, 8), "ahead": min(ahead // 20, 6)}
    return {**{cue: 1 for cue in found if len(cue) > 1}, **{"=" + k: int(v) for k, v in traits.items()}, **{"=" + k: v for k, v in numbers.items()}}


def rows(folder):
    count = 0
    for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
        with open(path, encoding="utf8") as file:
            for row in map(json.loads, file):
                if isinstance(row.get("rewrite"), str) and row["rewrite"].strip():
                    count += 1
                    yield count - 1, path, " ".join(row["text"].split()), row["rewrite"]


def examples(folder, use):
    seen, policies = set(), collections.defaultdict(set)
    data, dropped = [], []
    for row, policy, text, rewrite in rows(folder):
        if not use(row) or text in seen:
            continue
        seen.add(text)
        joined = "".join(skim(asides(NUMBER.sub("", text, count=1))))
        parts = stretches(joined)
        blocks = difflib.SequenceMatcher(None, joined, rewrite, autojunk=False).get_matching_blocks()
        kept = bytearray(len(joined))
        for block in blocks:
            kept[block.a : block.a + block.size] = b"\1" * block.size
        if len(parts) < 2 or sum(kept) < 0.2 * len(joined):
            continue
        at = 0
        for i, part in enumerate(parts):
            share = sum(kept[at : at + len(part)]) / len(part)
            at += len(part)
            if not held(parts, i):
                data.append(cues(parts, i))
                dropped.append(share < KEPT)
                for cue in data[-1]:
                    policies[cue].add(policy)
    return data, np.array(dropped), {cue for cue, where in policies.items() if len(where) >= POLICIES}


def fit(data, dropped, known, c, penalty):
    columns = {cue: i for i, cue in enumerate(sorted(known))}
    entries = [(r, columns[cue], v) for r, cues in enumerate(data) for cue, v in cues.items() if v and cue in columns]
    r, k, v = zip(*entries)
    x = sp.csr_matrix((v, (r, k)), shape=(len(data), len(columns)), dtype=float)
    model = LogisticRegression(l1_ratio=penalty, C=c, solver="liblinear", random_state=0).fit(x, dropped)
    weights = model.coef_[0]
    gain = abs(weights) * np.sqrt(np.asarray(x.mean(axis=0)).ravel())
    return {cue: (weights[i], gain[i]) for cue, i in columns.items() if weights[i]}, model.intercept_[0]


def learn(folder, use, count=CUES, lean=0.1):
    data, dropped, known = examples(folder, use)
    chosen, _ = fit(data, dropped, known, 1, 1)
    best = sorted((c for c in chosen if c[0] != "="), key=lambda c: -chosen[c][1])[:count]
    weights, bias = fit(data, dropped, set(best) | {c for c in known if c[0] == "="}, 1, 0)
    weights = {cue: round(10 * w) for cue, (w, _) in weights.items()}
    # Long sentences are cut more: there a stretch weighs less in what is read.
    weights["=total"] += round(10 * lean)
    return weights, round(10 * bias)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--policies", default=os.path.join(HERE, "..", "..", "shared", "corpora", "capp-130", "policies"))
    parser.add_argument("--limit", type=float, default=0.3, help="log-odds from which a stretch is dropped")
    parser.add_argument("--leave-out", default="0", help="rows never read, by their number modulo 8: 0 or 0,1,4,6")
    a = parser.parse_args()
    out = {int(n) for n in a.leave_out.split(",")} | {0}
    weights, bias = learn(a.policies, lambda row: row % 8 not in out)
    weights["=bias"] = bias - round(10 * a.limit)
    by_weight = collections.defaultdict(list)
    for cue, weight in weights.items():
        if weight:
            by_weight[weight].append(cue)
    with open(LIST, encoding="utf8") as file:
        head = file.read().split(MARK)[0].split(ABOUT)[0].rstrip("\n")
    lines = [f"set {weight} {' '.join(sorted(by_weight[weight]))}" for weight in sorted(by_weight)]
    with open(LIST, "w", encoding="utf8") as file:
        file.write(f"{head}\n\n{ABOUT}{MARK}\n" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
