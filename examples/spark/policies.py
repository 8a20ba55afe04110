"""A partitioned corpus of privacy policies -> one table: policy, action, category, count.

Every partition starts one `policy-reader analyze --ndjson` and pipes its policies through it, so that the program is
started once a task and not once a policy. Spark runs a task anew whose worker died and takes the rows of the attempt that
ended well: every policy is in the table exactly once.

    spark-submit policies.py --program policy-reader --input corpus/ --output table/      # lines of {"id", "text"}
"""

import argparse
import json
import os
import subprocess
import threading

import pandas as pd
from pyspark.sql import SparkSession

SCHEMA = "id string, error string, action string, category string, count long"


def practices(program, marker=None):
    """What mapInPandas runs over a partition; `marker`: the first worker that finds this file takes it away and dies."""

    def run(batches):
        command = [program, "analyze", "--ndjson", "--no-topics", "--jobs", "1", "--fields", "practices"]
        reader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

        def feed():
            with reader.stdin as pipe:
                for batch in batches:
                    for policy, text in zip(batch["id"], batch["text"]):
                        pipe.write(json.dumps({"id": policy, "text": text}, ensure_ascii=False) + "\n")

        feeder = threading.Thread(target=feed)
        feeder.start()
        for line in reader.stdout:
            if marker and taken(marker):
                os.kill(os.getpid(), 9)
            yield table(json.loads(line))
        feeder.join()
        # 1: a policy could not be read, which its row says; anything else is a failure of the task.
        if reader.wait() not in (0, 1):
            raise RuntimeError(f"{program} ended with {reader.returncode}")

    return run


def table(read):
    """The rows of one policy: at least one, so that none is lost."""
    counts = {}
    for practice in read.get("practices") or []:
        for category in {found["category"] for found in practice["objects"]} or {None}:
            key = (practice["action"], category)
            counts[key] = counts.get(key, 0) + 1
    rows = [(read["id"], None, action, category, count) for (action, category), count in sorted(counts.items(), key=str)]
    return pd.DataFrame(
        rows or [(read["id"], read.get("error"), None, None, 0)], columns=["id", "error", "action", "category", "count"]
    )


def taken(marker):
    try:
        os.remove(marker)
        return True
    except FileNotFoundError:
        return False


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", default="policy-reader")
    arguments.add_argument("--input", required=True)
    arguments.add_argument("--output", required=True)
    # Two workers; a task may fail three times before the job does.
    arguments.add_argument("--master", default="local[2,4]")
    arguments.add_argument("--kill-once", help="a file: the worker that finds it first dies")
    given = arguments.parse_args()
    spark = SparkSession.builder.master(given.master).appName("policies").getOrCreate()
    corpus = spark.read.schema("id string, text string").json(given.input)
    corpus.mapInPandas(practices(given.program, given.kill_once), SCHEMA).write.mode("overwrite").json(given.output)
    spark.stop()


if __name__ == "__main__":
    main()
