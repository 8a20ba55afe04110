#!/bin/sh
# From the corpus to ../data/zh/labels.model and report.md: makes the Python environment, then trains (see README.md).
set -eu
cd "$(dirname "$0")"
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install --quiet --requirement requirements.txt
exec .venv/bin/python train.py "$@"
