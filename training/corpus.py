"""CAPP-130's policies -> features (from the Rust code), labels and splits as arrays."""
import glob
import json
import os
import subprocess
import tempfile

import numpy as np
import scipy.sparse as sp

TOPICS = ["collection", "permission", "sharing", "usage", "retention", "security", "special-audience", "control", "contact", "policy-change", "cessation"]
OUTPUTS = 12
TRAIN, DEV, UNSPLIT, HELD_OUT = 1, 2, 0, -1


class Corpus:
    """One row a sentence, in document order, policy after policy.

    text, policy (number), y (sentences x 12, 0 or 1), topics_split and important_split (the constants above),
    hashes and starts (the features of sentence i are hashes[starts[i]:starts[i + 1]]), heading, outer, lead (row or -1).
    """

    def __init__(self, folder, command):
        rows, files = [], []
        with tempfile.TemporaryDirectory() as scratch:
            for policy, path in enumerate(sorted(glob.glob(os.path.join(folder, "*.jsonl")))):
                with open(path, encoding="utf8") as file:
                    sentences = [json.loads(line) for line in file]
                name = os.path.join(scratch, f"{policy:04}.txt")
                with open(name, "w", encoding="utf8") as file:  # as tools/capp.py writes them
                    file.write("\n".join(" ".join(s["text"].split()) or "\u3000" for s in sentences) + "\n")
                files.append(name)
                rows += [(policy, s) for s in sentences]
            words = np.frombuffer(subprocess.run([*command, *files], capture_output=True, check=True).stdout, dtype="<u4")
        n = len(rows)
        self.n = n
        self.text = [s["text"] for _, s in rows]
        self.policy = np.array([p for p, _ in rows])
        self.y = np.zeros((n, OUTPUTS), np.float32)
        for i, (_, s) in enumerate(rows):
            for topic in s["topics"] or []:
                self.y[i, TOPICS.index(topic)] = 1
            self.y[i, 11] = bool(s["important"])
        code = {"train": TRAIN, "dev": DEV, None: UNSPLIT}
        self.topics_split = np.array([HELD_OUT if s["topics"] is None else code[s.get("topics_split")] for _, s in rows])
        self.important_split = np.array([HELD_OUT if s["important"] is None else code[s.get("important_split")] for _, s in rows])
        self._read(words)

    def _read(self, words):
        """The stream of examples/label_features.rs."""
        links = np.zeros((self.n, 3), np.int64)
        starts, hashes, at, row = [0], [], 0, 0
        while at < len(words):
            lines, first = int(words[at]), row
            at += 1
            for _ in range(lines):
                links[row] = [first + int(v) - 1 if v else -1 for v in words[at : at + 3]]
                count = int(words[at + 6])
                at += 7
                hashes.append(words[at : at + count])
                at += count
                starts.append(starts[-1] + count)
                row += 1
        if row != self.n:
            raise SystemExit(f"{row} lines read, {self.n} written")
        self.heading, self.outer, self.lead = links.T
        self.hashes, self.starts = np.concatenate(hashes), np.array(starts)

    def neighbour(self, distance):
        """The row so many lines away in the same policy, or -1."""
        to = np.arange(self.n) + distance
        inside = (to >= 0) & (to < self.n)
        to = np.clip(to, 0, self.n - 1)
        return np.where(inside & (self.policy[to] == self.policy), to, -1)

    def design(self, bits, least, near, beside):
        """Feature numbers, and the matrix: a line's own features, then what other lines lend it."""
        columns = (self.hashes >> (32 - bits)).astype(np.int64)
        own = sp.csr_matrix((np.ones(len(columns), np.float32), columns, self.starts), shape=(self.n, 1 << bits))
        own.sum_duplicates()
        own.data[:] = 1
        features = np.where(np.bincount(own.indices, minlength=1 << bits) >= least)[0]
        own = own[:, features].tocsr()
        padded = sp.vstack([own, sp.csr_matrix((1, own.shape[1]), dtype=np.float32)]).tocsr()
        lent = sum(near * padded[to] for to in (self.heading, self.outer, self.lead))
        lent = lent + beside * (padded[self.neighbour(-1)] + padded[self.neighbour(1)])
        return features, sp.hstack([own, lent], dtype=np.float32).tocsr()
