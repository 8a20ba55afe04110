#!/bin/sh
# From the corpus to ../data/zh/labels.model, report.md and ../data/zh/plain.model: makes the Python
# environment, then trains (see README.md). Arguments go to train.py; `--only-plain [ARGS]` leaves the labels as they are.
set -eu
cd "$(dirname "$0")"
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install --quiet --requirement requirements.txt
if [ "${1-}" = --only-plain ]; then
    shift
    exec .venv/bin/python plain.py "$@"
fi
.venv/bin/python train.py "$@"
[ "${1-}" = --only-train ] || exec .venv/bin/python plain.py "$@"
