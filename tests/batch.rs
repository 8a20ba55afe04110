//! The command line's batches: a line in, a line out, whatever stands in it.

use serde_json::{Value, json};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// What `analyze --ndjson` prints for some lines, and whether it ended well.
fn batch(arguments: &[&str], input: &[u8]) -> (Vec<Value>, bool) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_policy-reader"))
        .args(["analyze", "--ndjson"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the command ends");
    let _ = writer.join().expect("the writer ends");
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    (lines.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect(), output.status.success())
}

fn policy(id: usize) -> Value {
    let company = format!("苏州青檐{id}科技有限公司");
    json!({ "id": id, "text": format!("檐下隐私政策\n\n本政策由{company}（以下简称“我们”）制定。\n\n一、我们收集的信息\n注册时，我们会收集您的手机号码。\n") })
}

#[test]
fn every_line_gives_its_line_in_order() {
    let input: String = (0..300).map(|id| policy(id).to_string() + "\n").collect();
    let (lines, well) = batch(&["--fields", "facts.controller.value,meta", "--jobs", "2"], input.as_bytes());
    assert!(well);
    assert_eq!(lines.len(), 300);
    for (id, line) in lines.iter().enumerate() {
        assert_eq!(line["id"], id);
        assert_eq!(line["facts.controller.value"], format!("苏州青檐{id}科技有限公司"));
        assert_eq!(line["meta"]["title"], "檐下隐私政策");
        assert_eq!(line.as_object().map(serde_json::Map::len), Some(3));
    }
}

#[test]
fn without_order_every_line_comes_once() {
    let input: String = (0..200).map(|id| policy(id).to_string() + "\n").collect();
    let (lines, well) = batch(&["--unordered", "--fields", "schema"], input.as_bytes());
    assert!(well);
    let mut ids: Vec<u64> = lines.iter().filter_map(|line| line["id"].as_u64()).collect();
    ids.sort_unstable();
    assert_eq!(ids, (0..200).collect::<Vec<u64>>());
}

#[test]
fn a_broken_line_tells_what_is_wrong_and_the_rest_goes_on() {
    let mut input =
        b"{\"id\": \"a\", \"text\": \"\xff\"}\nnot json\n\n[1]\n{\"id\": 7}\n{\"id\": 8, \"text\": 3}\n".to_vec();
    input.extend_from_slice(b"{\"id\": 9, \"text\": \"x\", \"html\": \"y\"}\n");
    input.extend_from_slice(policy(4).to_string().as_bytes());
    let (lines, well) = batch(&[], &input);
    assert!(!well);
    let told: Vec<(u64, &str)> =
        lines.iter().map(|l| (l["line"].as_u64().unwrap_or(0), l["error"].as_str().unwrap_or(""))).collect();
    let starts = ["no JSON object", "no JSON object", "no JSON object", "no \"text\"", "\"text\" is no string", "both"];
    assert_eq!(told.len(), starts.len() + 1);
    for ((_, error), start) in told.iter().zip(starts) {
        assert!(error.starts_with(start), "{error} does not start with {start}");
    }
    assert_eq!(told.iter().map(|t| t.0).collect::<Vec<_>>(), [1, 2, 4, 5, 6, 7, 0]);
    assert_eq!(lines.last().map(|l| &l["facts"]["controller"]["value"]), Some(&json!("苏州青檐4科技有限公司")));
}

#[test]
fn formats_and_files_are_taken() {
    let folder = std::env::temp_dir().join(format!("policy-reader-batch-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("one.txt");
    std::fs::write(&file, policy(1)["text"].as_str().expect("text")).expect("a file");
    let path = file.display().to_string();
    let missing = folder.join("none.txt").display().to_string();
    let (lines, well) = batch(&["--fields", "meta.title", &path, &missing], b"");
    assert!(!well);
    assert_eq!((&lines[0]["id"], &lines[0]["meta.title"]), (&json!(path), &json!("檐下隐私政策")));
    assert_eq!(lines[1]["id"], json!(missing));
    assert!(lines[1]["error"].as_str().is_some_and(|e| e.contains("none.txt")));
    let html = json!({ "id": 1, "html": "<h1>檐下隐私政策</h1><p>我们收集您的手机号码，用于注册和登录您的账号。</p>" })
        .to_string();
    let (lines, _) = batch(&["--fields", "meta.shape"], html.as_bytes());
    assert_eq!(lines[0]["meta.shape"], "html");
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn a_field_may_be_the_practices() {
    let line = r#"{"id":"a","text":"注册时我们会收集您的手机号码，用来识别您的身份。"}"#;
    let (lines, _) = batch(&["--fields", "practices"], line.as_bytes());
    let practice = &lines[0]["practices"][0];
    assert_eq!((&practice["action"], &practice["objects"][0]["category"]), (&"collect".into(), &"phone".into()));
}
