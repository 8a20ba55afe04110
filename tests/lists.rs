//! Views of our own → their lists, cell by cell, and what a spreadsheet or a Markdown reader makes of them.

use policy_reader::keep::keep;
use policy_reader::lexicon::messages::messages;
use policy_reader::lists::{KINDS, list};
use policy_reader::view::{DataItemView, PermissionView, RecipientView, View};
use policy_reader::{Options, analyze};

/// A view with one entry of each kind that says everything and one that says as little as it can.
fn view() -> View {
    let some = |text: &str| Some(text.to_owned());
    let mut view = View::default();
    view.facts.data_items = vec![
        DataItemView {
            item: "身份证号码".into(),
            category: "id-document",
            platform: some("Android"),
            purpose: some("核对\n身份"),
            required: Some(true),
            sensitive: vec!["pipl-28", "gbt-35273"],
            evidence: vec!["c3".into(), "c9".into()],
        },
        DataItemView { item: "=1+1".into(), evidence: vec!["c4".into()], ..DataItemView::default() },
    ];
    view.facts.third_parties = vec![RecipientView {
        name: "甲“推送”\"SDK\"".into(),
        company: some("甲|乙公司"),
        purpose: some("推送"),
        data: some("设备标识"),
        url: some("https://a.example/p"),
        platform: some("iOS"),
        evidence: vec!["c5".into()],
        ..RecipientView::default()
    }];
    view.facts.permissions = vec![PermissionView {
        os: some("Android"),
        name: "CAMERA".into(),
        required: Some(false),
        purpose: some("拍照"),
        evidence: vec!["c6".into()],
    }];
    view
}

#[test]
fn a_list_says_what_the_facts_say() {
    let (view, messages) = (view(), messages("zh-Hans"));
    let collected = list(&view, &messages, "collected");
    assert_eq!(collected.title, "已收集个人信息清单");
    assert_eq!(collected.columns, ["收集的信息", "类别", "目的", "是否必需", "属于敏感信息（依据）"]);
    let standards = "《个人信息保护法》第二十八条；GB/T 35273-2020";
    assert_eq!(collected.rows[0].cells, ["身份证号码", "身份证件", "核对\n身份", "必需", standards]);
    assert_eq!(collected.rows[0].evidence, ["c3", "c9"]);
    assert_eq!(collected.rows[1].cells, ["=1+1", "", "", "", "—"]);
    let recipients = list(&view, &messages, "recipients");
    assert_eq!(recipients.columns, ["第三方", "公司", "目的", "涉及的信息", "平台", "对方的政策"]);
    let cells = ["甲“推送”\"SDK\"", "甲|乙公司", "推送", "设备标识", "iOS", "https://a.example/p"];
    assert_eq!(recipients.rows[0].cells, cells);
    let permissions = list(&view, &messages, "permissions");
    assert_eq!(permissions.columns, ["权限", "系统", "目的", "是否必需"]);
    assert_eq!(permissions.rows[0].cells, ["CAMERA", "Android", "拍照", "可选"]);
    assert!(list(&view, &messages, "none").columns.is_empty());
}

#[test]
fn a_spreadsheet_computes_nothing() {
    let messages = messages("zh-Hans");
    let csv = list(&view(), &messages, "collected").csv(&messages);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines[0], "\u{feff}\"收集的信息\",\"类别\",\"目的\",\"是否必需\",\"属于敏感信息（依据）\",\"出处\"");
    assert!(lines[1].starts_with("\"身份证号码\",\"身份证件\",\"核对 身份\",\"必需\","), "{}", lines[1]);
    assert!(lines[1].ends_with(",\"c3 c9\""), "{}", lines[1]);
    assert_eq!(lines[2], "\"'=1+1\",\"\",\"\",\"\",\"—\",\"c4\"");
    assert_eq!(lines.len(), 4);
    let csv = list(&view(), &messages, "recipients").csv(&messages);
    assert!(csv.contains("\"甲“推送”\"\"SDK\"\"\",\"甲|乙公司\""), "{csv}");
}

#[test]
fn markdown_says_what_is_left_open() {
    let messages = messages("zh-Hans");
    let text = list(&view(), &messages, "collected").markdown(&messages);
    assert!(text.starts_with("## 已收集个人信息清单\n\n| 收集的信息 | 类别 |"), "{text}");
    assert!(text.contains("\n| =1+1 | 未读到 | 未读到 | 未读到 | — |\n"), "{text}");
    let text = list(&view(), &messages, "recipients").markdown(&messages);
    assert!(text.contains("甲\\|乙公司"), "{text}");
}

#[test]
fn nothing_is_lost_between_facts_and_lists() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("www/samples");
    let messages = messages("zh-Hans");
    for file in std::fs::read_dir(folder).expect("samples").flatten().filter(|file| file.path().is_file()) {
        let view = analyze(&std::fs::read_to_string(file.path()).expect("text"), &Options::default()).view();
        let counts = [view.facts.data_items.len(), view.facts.third_parties.len(), view.facts.permissions.len()];
        for (kind, count) in KINDS.iter().zip(counts) {
            let list = list(&view, &messages, kind);
            assert_eq!(list.rows.len(), count, "{kind} of {}", file.path().display());
            for row in &list.rows {
                assert_eq!(row.cells.len(), list.columns.len());
                assert!(!row.cells[0].is_empty() && !row.evidence.is_empty());
            }
        }
    }
}

#[test]
fn what_is_taken_away_is_the_text_and_the_lists() {
    let source = "# 甲隐私政策\n\n## 一、收集\n\n**注册：**我们收集您的`手机号`*码*。\n\n| 名称 | 信息 |\n| --- | --- |\n| 松石 | 型号 |\n";
    let view = analyze(source, &Options::default()).view();
    let messages = messages("zh-Hans");
    let kept = |kind, list| keep(&view, &messages, kind, list);
    let markdown = "# 甲隐私政策\n\n## 一、收集\n\n<b>注册：</b>我们收集您的手机号码。\n\n| 名称 | 信息 |\n|---|---|\n| 松石 | 型号 |\n";
    assert_eq!(kept("markdown", "").as_deref(), Some(markdown));
    let text = "甲隐私政策\n\n一、收集\n\n注册：我们收集您的手机号码。\n\n名称 | 信息\n松石 | 型号\n";
    assert_eq!(kept("text", "").as_deref(), Some(text));
    let csv = kept("csv", "").expect("lists");
    assert!(csv.starts_with("\u{feff}\"已收集个人信息清单\"\r\n\"收集的信息\","), "{csv}");
    assert_eq!((csv.matches('\u{feff}').count(), csv.matches("\r\n\r\n\"").count()), (1, 2), "{csv}");
    assert_eq!(kept("csv", "collected"), Some(list(&view, &messages, "collected").csv(&messages)));
    let json: serde_json::Value = serde_json::from_str(&kept("json", "collected").expect("json")).expect("JSON");
    assert_eq!((&json["kind"], &json["rows"][0]["evidence"][0]), (&"collected".into(), &"c0".into()));
    assert!(kept("html", "").is_some_and(|html| html.contains("<td>松石") && html.contains("policy-list-recipients")));
    assert_eq!((kept("pdf", ""), kept("csv", "none"), kept("html", "collected")), (None, None, None));
}

#[test]
fn a_view_comes_back_from_its_json() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("www/samples");
    for file in std::fs::read_dir(folder).expect("samples").flatten().filter(|file| file.path().is_file()) {
        let view = analyze(&std::fs::read_to_string(file.path()).expect("text"), &Options::default()).view();
        let again = View::of_json(&view.json()).expect("JSON");
        assert_eq!(again.json(), view.json());
        for (again, clause) in again.clauses.iter().zip(&view.clauses) {
            assert_eq!(format!("{:?}", again.runs), format!("{:?}", clause.runs), "{}", clause.text);
        }
    }
    assert!(View::of_json("[1").is_none());
    assert_eq!(View::of_json("[]").expect("JSON").clauses.len(), 0);
}
