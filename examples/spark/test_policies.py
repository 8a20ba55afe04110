"""600 made-up policies in 8 partitions, two workers, one of which is killed -> every policy once, with what it says.

    python3 test_policies.py PROGRAM      # with pyspark, pandas and pyarrow, and a Java runtime
"""

import glob
import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
COUNT, PARTS = 600, 8
ITEMS = [("手机号码", "phone"), ("电子邮箱", "email"), ("身份证号码", "id-document"), ("银行卡号", "bank-card")]


def policy(number):
    item = ITEMS[number % len(ITEMS)][0]
    return (
        f"# 测试{number}隐私政策\n\n## 一、我们收集的信息\n\n注册账号时，我们会收集您的{item}，用来识别您的身份。\n\n"
        "## 二、信息的共享\n\n未经您的同意，我们不会向第三方提供您的个人信息。\n\n## 三、联系我们\n\n您可以写信联系我们。\n"
    )


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/corpus")
        for part in range(PARTS):
            with open(f"{folder}/corpus/{part}.json", "w", encoding="utf-8") as file:
                for number in range(part, COUNT, PARTS):
                    file.write(json.dumps({"id": str(number), "text": policy(number)}, ensure_ascii=False) + "\n")
        marker = f"{folder}/kill"
        open(marker, "w").close()
        start = time.time()
        job = [sys.executable, f"{HERE}/policies.py", "--program", program, "--input", f"{folder}/corpus"]
        job += ["--output", f"{folder}/table", "--kill-once", marker]
        subprocess.run(job, check=True, env={**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"})
        assert not os.path.exists(marker), "no worker was killed"
        rows = []
        for name in glob.glob(f"{folder}/table/*.json"):
            with open(name, encoding="utf-8") as file:
                rows += [json.loads(line) for line in file]
    seen = {}
    for row in rows:
        key = (row["id"], row.get("action"), row.get("category"))
        assert key not in seen, f"twice: {key}"
        seen[key] = row["count"]
    assert {row["id"] for row in rows} == {str(number) for number in range(COUNT)}, "a policy is missing"
    for number in range(COUNT):
        category = ITEMS[number % len(ITEMS)][1]
        assert seen.get((str(number), "collect", category), 0) >= 1, f"{number}: {category} is not collected"
    assert not any(row.get("error") for row in rows)
    print(f"{COUNT} policies, {len(rows)} rows, one worker killed: each once, in {time.time() - start:.1f} s")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
