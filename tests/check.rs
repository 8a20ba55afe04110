//! Small texts with one planted fault each → that fault is told, at its place, and no other; good texts → nothing.

use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Rule and line of each finding of a text, and whether the command's status says that there are any.
fn check(name: &str, text: &str) -> (Vec<(String, u64)>, bool) {
    let file = std::env::temp_dir().join(format!("policy-reader-check-{}-{name}", std::process::id()));
    std::fs::write(&file, text).expect("a file");
    let (report, code) = sarif(&file);
    let _ = std::fs::remove_file(&file);
    let results = report["runs"][0]["results"].as_array().expect("results").clone();
    let place =
        |result: &Value| result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().unwrap_or(0);
    let found = results.iter().map(|r| (r["ruleId"].as_str().unwrap_or("").to_owned(), place(r))).collect();
    (found, code == 1)
}

fn sarif(file: &Path) -> (Value, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_policy-reader"))
        .args(["check", "--format", "sarif"])
        .arg(file)
        .output()
        .expect("the command runs");
    (serde_json::from_slice(&output.stdout).expect("SARIF is JSON"), output.status.code().unwrap_or(-1))
}

/// A policy without a fault, into which the faults are planted.
const GOOD: &str = "\
# 松果记账隐私政策

更新日期：2025年3月5日

生效日期：2025年3月12日

一、我们收集的信息

您注册账号时，我们会收集您的手机号码。我们会这样处理：

1. 注册时核对手机号码；

2. 登录时发送验证码；

3. 找回密码时核对身份。

二、我们如何保存信息

**您的信息保存在境内**，保存期限为您使用服务的期间。

三、您的权利

您可以在“我的—设置”中注销账号，我们会在15个工作日内答复。

四、联系我们

本产品由无锡松果软件有限公司运营，您可以写信至 kefu@songguo.example 联系我们。
";

/// What is replaced in the good text, by what, and the rule and the line that must be told.
const FAULTS: [(&str, &str, &str, u64); 20] = [
    ("**您的信息保存在境内**，保存", "**您的信息保存在境内，保存", "broken-bold", 19),
    ("**您的信息保存在境内**，保存", "您的信息**“保存在境内”**且保存", "broken-bold", 19),
    ("我们会收集您的手机号码。我们", "我们会收集**您的手机号码。我们", "broken-bold", 9),
    ("三、您的权利", "四、您的权利", "number-skipped", 21),
    ("四、联系我们", "六、联系我们", "number-skipped", 25),
    ("2. 登录时", "3. 登录时", "number-skipped", 13),
    ("3. 找回", "5. 找回", "number-skipped", 15),
    ("二、我们如何保存信息", "一、我们如何保存信息", "number-skipped", 17),
    ("15个工作日", "*个工作日", "placeholder", 23),
    ("15个工作日", "【XX】个工作日", "placeholder", 23),
    ("无锡松果软件有限公司", "XXXX有限公司", "placeholder", 27),
    ("2025年3月12日", "XXXX年XX月XX日", "placeholder", 5),
    ("kefu@songguo.example", "[Email]", "placeholder", 27),
    ("您使用服务的期间", "____年", "placeholder", 19),
    ("一、我们收集的信息\n", "一、我们收集的信息\n\nTODO：待法务确认。\n", "placeholder", 9),
    ("核对身份。", "核对身份。批注[A1]：这里要不要保留？", "tracked-change", 15),
    ("您可以在“我的", "<<<<<<< HEAD 您可以在“我的", "tracked-change", 23),
    ("更新日期：2025年3月5日", "更新日期：3月5日", "date-without-year", 3),
    ("生效日期：2025年3月12日", "生效日期：二月十二日", "date-without-year", 5),
    (
        "三、您的权利\n",
        "| SDK名称 | 目的 | 信息 |\n|---|---|---|\n| 甲推送 | 推送 | 设备标识 |\n| 乙地图 |\n\n三、您的权利\n",
        "table-cells-lost",
        24,
    ),
];

#[test]
fn every_planted_fault_is_told_at_its_place_and_nothing_else() {
    for (at, (from, to, rule, line)) in FAULTS.iter().enumerate() {
        assert!(GOOD.contains(from), "nothing to replace: {from}");
        let (found, faulty) = check(&at.to_string(), &GOOD.replacen(from, to, 1));
        assert!(faulty, "{to}");
        assert!(found.iter().any(|f| f == &((*rule).to_owned(), *line)), "{to}: {rule} in line {line}, not {found:?}");
        assert!(found.iter().all(|f| f.0 == *rule), "{to}: {found:?}");
    }
}

#[test]
fn contents_are_compared_with_the_headings() {
    let contents =
        "目录\n\n一、我们收集的信息\n\n二、我们如何存储信息\n\n三、您的权利\n\n四、联系我们\n\n一、我们收集的信息\n";
    let (found, _) = check("contents", &GOOD.replacen("一、我们收集的信息\n", contents, 1));
    assert_eq!(found, [("contents-differ".to_owned(), 11)]);
}

#[test]
fn a_promise_that_a_clause_contradicts_is_told_with_the_other_line() {
    let text = GOOD.replacen("四、联系我们\n", "四、联系我们\n\n我们不会收集您的通讯录。\n", 1).replacen(
        "注册时核对手机号码；",
        "添加好友时，我们会收集您的通讯录信息；",
        1,
    );
    let (found, _) = check("contradiction", &text);
    assert_eq!(found, [("contradiction".to_owned(), 27)]);
}

#[test]
fn good_texts_have_no_finding() {
    assert_eq!(check("good", GOOD), (vec![], false));
    let samples = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("www/samples")).expect("samples");
    let mut seen = 0;
    for file in samples.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
        let (report, code) = sarif(&file);
        // This one is there for its broken bold.
        let faulty = file.file_stem().is_some_and(|name| name == "studio");
        let results = report["runs"][0]["results"].as_array().expect("results");
        assert_eq!(code, i32::from(faulty), "{}: {results:?}", file.display());
        assert!(results.iter().all(|r| r["ruleId"] == "broken-bold"), "{}: {results:?}", file.display());
        seen += 1;
    }
    assert!(seen >= 6);
}

#[test]
fn people_get_lines_and_columns() {
    let file = std::env::temp_dir().join(format!("policy-reader-check-{}-plain.md", std::process::id()));
    std::fs::write(&file, GOOD.replacen("15个工作日", "*个工作日", 1)).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_policy-reader")).arg("check").arg(&file).output().expect("it runs");
    let _ = std::fs::remove_file(&file);
    let line = format!("{}:23:22: placeholder: not filled in: *个工作日\n", file.display());
    assert_eq!(String::from_utf8_lossy(&output.stdout), line);
}
