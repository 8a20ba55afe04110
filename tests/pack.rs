//! Policies, hostile ones among them → the static page that `pack` writes: the whole text, nothing that runs or asks for
//! anything; and the other forms that `render` prints.

use html5ever::parse_document;
use html5ever::tendril::TendrilSink as _;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use policy_reader::{Format, Options, analyze};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

fn run(arguments: &[&str], file: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_policy-reader")).args(arguments).arg(file).output().expect("it runs");
    assert!(output.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    files
}

/// Every element of a page with its attributes, and the text of its body.
fn page(source: &str) -> (Vec<(String, Vec<(String, String)>)>, String) {
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(source);
    let (mut elements, mut text) = (Vec::new(), String::new());
    let mut open: Vec<Handle> = vec![dom.document.clone()];
    while let Some(node) = open.pop() {
        match &node.data {
            NodeData::Text { contents } => text.push_str(&contents.borrow()),
            NodeData::Element { name, attrs, .. } => {
                let attrs = attrs.borrow();
                let attributes = attrs.iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
                elements.push((name.local.to_string(), attributes));
            }
            _ => {}
        }
        open.extend(node.children.borrow().iter().rev().cloned());
    }
    (elements, text)
}

#[test]
fn nothing_runs_and_nothing_is_asked_for() {
    let mut seen = 0;
    for file in files("tests/hostile").into_iter().chain(files("www/samples")) {
        let (elements, _) = page(&run(&["pack"], &file));
        for (name, attributes) in &elements {
            let active = ["script", "iframe", "object", "embed", "link", "base", "img", "form", "svg", "math", "video"];
            assert!(!active.contains(&name.as_str()), "{}: <{name}>", file.display());
            for (attribute, value) in attributes {
                assert!(
                    !attribute.starts_with("on") && attribute != "src" && attribute != "style",
                    "{name} {attribute}"
                );
                let scheme = value.split(':').next().unwrap_or("").trim().to_ascii_lowercase();
                // What no scheme may hold makes the address a relative one (WHATWG URL, scheme state).
                let named =
                    scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c) || c.is_ascii_control());
                let safe =
                    !value.contains(':') || !named || ["http", "https", "mailto", "tel"].contains(&scheme.as_str());
                assert!(attribute != "href" || safe || value.starts_with('#'), "{}: {value}", file.display());
            }
        }
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn the_whole_text_stands_in_the_page_and_its_own_links_lead_somewhere() {
    for file in files("www/samples") {
        let source = std::fs::read_to_string(&file).expect("text");
        let view = analyze(&source, &Options::default()).view();
        let (elements, text) = page(&run(&["pack"], &file));
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let text = bare(&text);
        for clause in view.clauses.iter().filter(|clause| clause.row.is_none()) {
            for run in &clause.runs {
                assert!(text.contains(&bare(&run.text)), "{}: {}", file.display(), clause.text);
            }
        }
        for cell in view.tables.iter().flat_map(|table| table.columns.iter().chain(table.rows.iter().flatten())) {
            assert!(text.contains(&bare(cell)), "{}: {cell}", file.display());
        }
        for line in &view.summary {
            assert!(text.contains(&bare(&line.text)), "{}: {}", file.display(), line.text);
        }
        let all =
            |name: &str| elements.iter().flat_map(|e| &e.1).filter(|a| a.0 == name).map(|a| a.1.clone()).collect();
        let (ids, targets): (Vec<String>, Vec<String>) = (all("id"), all("href"));
        for target in targets.iter().filter_map(|href| href.strip_prefix('#')).filter(|t| !t.is_empty()) {
            assert!(ids.iter().any(|id| id == target), "{}: nothing has the id {target}", file.display());
        }
        assert_eq!(elements.iter().filter(|e| e.0 == "h1").count(), 1);
        let policy = elements.iter().any(|e| e.1.iter().any(|a| a.1.starts_with("default-src 'none'")));
        assert!(policy, "the page's own policy");
    }
}

#[test]
fn clean_markdown_reads_as_the_source_does() {
    let markdown = Options { format: Some(Format::Markdown), ..Options::default() };
    for file in files("www/samples") {
        let view = analyze(&std::fs::read_to_string(&file).expect("text"), &Options::default()).view();
        let again = analyze(&run(&["render", "--format", "markdown"], &file), &markdown).view();
        let outline = |view: &policy_reader::view::View| {
            let sections = view.sections.iter().filter(|section| !section.implicit);
            sections.map(|section| (section.level, section.number.clone(), section.title.clone())).collect::<Vec<_>>()
        };
        assert_eq!(outline(&again), outline(&view), "{}", file.display());
        assert_eq!(again.meta.title, view.meta.title);
        assert_eq!(again.tables.len(), view.tables.len(), "{}", file.display());
    }
}

#[test]
fn rich_text_has_the_nodes_that_mini_programs_show_and_all_the_words() {
    fn walk(node: &Value, text: &mut String) {
        if node["type"] == "text" {
            text.push_str(node["text"].as_str().expect("text"));
            return;
        }
        let name = node["name"].as_str().expect("a name");
        assert!(!["details", "summary", "section", "mark", "button", "nav", "input"].contains(&name), "{name}");
        assert!(
            node["attrs"]
                .as_object()
                .expect("attributes")
                .keys()
                .all(|k| ["class", "colspan", "rowspan"].contains(&k.as_str()))
        );
        node["children"].as_array().expect("children").iter().for_each(|child| walk(child, text));
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/samples/studio.md");
    let nodes: Value = serde_json::from_str(&run(&["render", "--format", "rich-text"], &file)).expect("JSON");
    let mut text = String::new();
    nodes.as_array().expect("nodes").iter().for_each(|node| walk(node, &mut text));
    let view = analyze(&std::fs::read_to_string(&file).expect("text"), &Options::default()).view();
    for clause in view.clauses.iter().filter(|clause| clause.row.is_none()) {
        assert!(clause.runs.iter().all(|run| text.contains(&run.text)), "{}", clause.text);
    }
}

#[test]
fn practices_are_told_in_the_data_privacy_vocabulary_with_their_clauses() {
    let source = "# 甲隐私政策\n\n南京月台软件有限公司（以下简称“我们”）运营甲。\n\n## 一、收集\n\n注册时我们会收集您的手机号码。\n\n\
                  我们不会收集您的指纹。\n\n## 二、共享\n\n我们会向支付机构提供您的银行卡号。\n";
    let file = std::env::temp_dir().join(format!("policy-reader-linked-{}.md", std::process::id()));
    std::fs::write(&file, source).expect("a file");
    let linked = run(&["analyze", "--format", "json-ld", "--base", "https://a.example/p"], &file);
    let page = run(&["pack", "--linked"], &file);
    std::fs::remove_file(&file).expect("ours");
    let graph: Value = serde_json::from_str(&linked).expect("JSON");
    assert_eq!(graph["@context"]["dpv"], "https://w3id.org/dpv#");
    let nodes = graph["@graph"].as_array().expect("nodes");
    assert_eq!(nodes[0]["@type"], "dpv:PrivacyNotice");
    assert_eq!(nodes[1]["dpv:hasName"], "南京月台软件有限公司");
    let told = |action: &str, data: &str| {
        nodes.iter().find(|node| {
            node["dpv:hasProcessing"]["@id"] == action && node["dpv:hasPersonalData"][0]["rdfs:label"] == data
        })
    };
    let collected = told("dpv:Collect", "手机号码").expect("what is collected");
    assert_eq!(collected["dct:source"]["@id"], "https://a.example/p#c1");
    assert_eq!(collected["dpv:hasDataController"]["@id"], "_:controller");
    let shared = told("dpv:Share", "银行卡号").expect("what is shared");
    assert_eq!(shared["dpv:hasRecipient"][0]["rdfs:label"], "支付机构");
    assert!(!linked.contains("指纹"), "what is not done is no process: {linked}");
    // In a page it stands in a script that no browser runs.
    assert!(page.contains("<script type=\"application/ld+json\">{\"@context\""), "{page:.900}");
}

#[test]
fn a_page_may_hold_the_script_that_takes_it_over() {
    let folder = std::env::temp_dir();
    let (kit, file) = (
        folder.join(format!("kit-{}.js", std::process::id())),
        folder.join(format!("policy-{}.md", std::process::id())),
    );
    std::fs::write(&kit, "const a = '</script><!--';").expect("a file");
    std::fs::write(&file, "# 甲隐私政策\n\n## 一、收集\n\n我们会收集您的手机号码。</pre><b>乙</b>\n").expect("a file");
    let packed = run(&["pack", "--script", kit.to_str().expect("UTF-8")], &file);
    for path in [&kit, &file] {
        std::fs::remove_file(path).expect("ours");
    }
    assert!(packed.contains("<script>const a = '<\\/script><\\!--';</script>"), "{packed}");
    assert!(packed.contains("<policy-reader><template shadowrootmode=\"open\"><style>"), "{packed}");
    assert!(
        packed.contains("我们会收集您的手机号码。&lt;/pre&gt;&lt;b&gt;乙&lt;/b&gt;\n</pre></policy-reader>"),
        "{packed}"
    );
    assert!(packed.contains("script-src &#39;unsafe-inline&#39; &#39;wasm-unsafe-eval&#39;"), "{packed}");
}
