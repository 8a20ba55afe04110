//! The repository's files → what breaks the rules of ARCHITECTURE.md. Review remarks that came back became checks here.
//!
//! A check is a function from a file's path and text to its findings, so that each can be shown to fail (`mod failing`).
//! Rust is read by a small scanner (tidy/scan.rs): what stands in comments or is compiled only for tests breaks no rule.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

#[path = "tidy/scan.rs"]
mod scanner;

use scanner::{scan, tokens};

/// The tree of architecture.md: a line may import only lines above it.
const ORDER: &[&str] = &[
    "text",
    "steps",
    "lexicon",
    "numbering",
    "plain",
    "blocks",
    "outline",
    "clauses",
    "tokens",
    "labels",
    "practices",
    "annotations",
    "facts",
    "unread",
    "summary",
    "checklist",
    "analysis",
    "view",
    "lists",
    "html",
    "keep",
    "dom",
    "wasm",
    "wasm_lists",
    "invariants",
    "lib",
];

/// The boundary to JavaScript.
const BOUNDARY: [&str; 3] = ["dom", "wasm", "wasm_lists"];

/// Crates that only the boundary may name.
const WASM_CRATES: [&str; 7] = [
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "serde_wasm_bindgen",
    "web_sys",
    "js_sys",
    "gloo",
    "console_error_panic_hook",
];

/// Ways in which a string becomes markup or code.
const SINKS: [&str; 17] = [
    "innerHTML",
    "outerHTML",
    "set_inner_html",
    "set_outer_html",
    "insertAdjacentHTML",
    "insert_adjacent_html",
    "document.write",
    "write_1(",
    "eval(",
    "new Function",
    "new_no_args(",
    "new_with_args(",
    "createContextualFragment",
    "create_contextual_fragment",
    "setHTMLUnsafe",
    "parseHTMLUnsafe",
    "srcdoc",
];

/// Han numerals and the sign of an ordinal are arithmetic, not language.
const NUMERALS: [&str; 4] =
    ["src/numbering.rs", "src/numbering/cursor.rs", "src/numbering/marks.rs", "src/labels/features.rs"];

/// The first and last characters of Unicode's blocks of ideographs.
const BOUNDS: [&str; 13] =
    ["2e80", "2fd5", "2fdf", "3005", "3007", "3400", "4dbf", "4e00", "9fff", "f900", "faff", "20000", "3fffd"];

// ---- the checks

/// `//!` first: what the file turns into what.
fn opens_with_its_purpose(path: &str, text: &str) -> Vec<String> {
    if text.starts_with("//! ") { vec![] } else { vec![format!("{path}: opens without `//!`")] }
}

/// Data flows one way: a module names only modules above it.
fn imports_flow_down(path: &str, text: &str) -> Vec<String> {
    let Some(inside) = module_path(path) else { return vec![] };
    let own = inside.first().map_or("lib", String::as_str);
    let Some(rank) = ORDER.iter().position(|name| *name == own) else {
        return vec![format!("{path}: `{own}` is not in the order of architecture.md")];
    };
    if own == "lib" {
        return vec![];
    }
    let code = tokens(&scan(text).code);
    let mut findings = vec![];
    for named in BTreeSet::from_iter(crate_paths(&code, &inside)) {
        match ORDER.iter().position(|name| *name == named) {
            Some(other) if other <= rank => {}
            Some(_) => findings.push(format!("{path}: `{own}` imports `{named}`, which stands below it")),
            // An item of lib.rs itself. The boundary is the crate's own guest: it calls what any caller calls.
            None if BOUNDARY.contains(&own) => {}
            // The bundle of what the stages above `view` gave, which `view` renders.
            None if own == "view" && named == "Analysis" => {}
            None => findings.push(format!("{path}: `{own}` imports `{named}` from lib.rs, which stands below it")),
        }
    }
    findings
}

/// What a language says lives in data/: no Han character in a string or character literal, and none by its number but
/// where numerals are read and the bounds of scripts are told.
fn no_chinese_literal(path: &str, text: &str) -> Vec<String> {
    let by_number = |literal: &str| {
        let mut numbers = literal.split("\\u{").skip(1).filter_map(|rest| rest.split_once('}'));
        let han = |hex: &str| u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).is_some_and(is_han);
        numbers.any(|(hex, _)| han(hex) && !BOUNDS.contains(&hex))
    };
    let numerals = NUMERALS.contains(&path);
    let literals = scan(text).literals;
    let found = literals.iter().filter(|(_, text)| text.chars().any(is_han) || !numerals && by_number(text));
    found.map(|(line, literal)| format!("{path}:{line}: Chinese literal {literal:?}: data/ holds the words")).collect()
}

/// The core knows no DOM and no JavaScript.
fn wasm_stays_at_the_boundary(path: &str, text: &str) -> Vec<String> {
    let own = module_path(path).and_then(|inside| inside.first().cloned());
    if own.is_some_and(|own| BOUNDARY.contains(&own.as_str())) {
        return vec![];
    }
    let code = tokens(&scan(text).code);
    let named = |token: &str| WASM_CRATES.contains(&token) || token.starts_with("gloo_");
    let found = code.iter().filter(|token| named(token));
    found.map(|token| format!("{path}: `{token}` belongs to dom.rs and wasm.rs")).collect()
}

/// Policy text reaches a page through text nodes or escaped markup, never through a sink.
fn no_markup_sink(path: &str, text: &str) -> Vec<String> {
    let rust = Path::new(path).extension().is_some_and(|kind| kind == "rs");
    let code = if rust { scan(text).with_strings } else { without_script_comments(text) };
    let squeezed: String = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = SINKS.iter().filter(|sink| finds_word(&squeezed, sink));
    found.map(|sink| format!("{path}: `{sink}` makes text into markup or code")).collect()
}

/// A data file is trimmed: no blanks at the end of a line, no blank line at either end, one newline at the last.
fn data_is_trimmed(path: &str, text: &str) -> Vec<String> {
    let mut findings = vec![];
    for (number, line) in text.split('\n').enumerate() {
        if line.trim_end() != line {
            findings.push(format!("{path}:{}: blanks at the end of the line", number + 1));
        }
    }
    if text.starts_with('\n') || text.ends_with("\n\n") || !text.ends_with('\n') || text.starts_with('\u{feff}') {
        findings.push(format!("{path}: must start with a line of text and end with one newline"));
    }
    findings
}

/// A data file that no code reads says nothing: the lexicon or build.rs names it, or the folder whose lists it takes.
fn data_is_registered(path: &str, readers: &str) -> Vec<String> {
    let name = path.trim_start_matches("data/");
    let file = format!("data/{name}");
    let list = Path::new(path).extension().is_some_and(|kind| kind == "txt");
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let names = |literal: &str| literal.ends_with(&file) || list && literal == folder && folder != "data";
    let named = scan(readers).literals.iter().any(|(_, literal)| names(literal));
    // Examples are read by tests alone and are no part of the module, nor is what is read by people.
    let named = named || [".examples.txt", ".md"].iter().any(|end| path.ends_with(end));
    if named { vec![] } else { vec![format!("{path}: not registered in src/lexicon.rs")] }
}

// ---- the files

/// Every file below these places, by its path from the root, with `/`.
fn files(places: &[&str], kinds: &[&str]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open: Vec<String> = places.iter().map(|place| (*place).to_owned()).collect();
    while let Some(place) = open.pop() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&place);
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a readable folder").map(|entry| entry.expect("a readable entry"));
            let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
            // What is built or installed is not ours to check.
            let ours = names.filter(|name| !["target", "node_modules", "corpus", "artifacts"].contains(&name.as_str()));
            open.extend(ours.map(|name| format!("{place}/{name}")));
        } else if kinds.is_empty() || path.extension().is_some_and(|kind| kinds.iter().any(|known| kind == *known)) {
            // A model may be binary; it has no lines to trim.
            if let Ok(text) = fs::read_to_string(&path) {
                found.insert(place, text);
            }
        }
    }
    found
}

fn assert_none(findings: &[String]) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

fn check(places: &[&str], kinds: &[&str], rule: fn(&str, &str) -> Vec<String>) {
    let mut files = files(places, kinds);
    // A module of tests in a file of its own: `#[cfg(test)] mod tests;`.
    files.retain(|path, _| !(path.starts_with("src/") && path.ends_with("/tests.rs")));
    assert!(!files.is_empty(), "no file in {places:?}");
    let findings: Vec<String> = files.iter().flat_map(|(path, text)| rule(path, text)).collect();
    assert_none(&findings);
}

#[test]
fn every_rust_file_opens_with_its_purpose() {
    check(&["src", "tests", "xtask", "tools", "benches", "fuzz"], &["rs"], opens_with_its_purpose);
}

#[test]
fn modules_import_only_what_stands_above_them() {
    check(&["src"], &["rs"], imports_flow_down);
}

#[test]
fn no_chinese_literal_outside_tests() {
    check(&["src"], &["rs"], no_chinese_literal);
}

#[test]
fn wasm_crates_only_in_dom_and_wasm() {
    check(&["src"], &["rs"], wasm_stays_at_the_boundary);
}

#[test]
fn no_sink_for_markup() {
    check(&["src", "www", "index.html"], &["rs", "js", "mjs", "html"], |path, text| {
        // The samples are policies to be read, hostile ones among them.
        if path.starts_with("www/samples/") { vec![] } else { no_markup_sink(path, text) }
    });
}

#[test]
fn data_files_are_trimmed_and_registered() {
    let lexicon: String =
        files(&["build.rs", "src/lexicon.rs", "src/lexicon", "src/bin"], &["rs"]).into_values().collect();
    let data = files(&["data"], &[]);
    let rules =
        |(path, text): (&String, &String)| [data_is_trimmed(path, text), data_is_registered(path, &lexicon)].concat();
    assert_none(&data.iter().flat_map(rules).collect::<Vec<_>>());
}

// ---- what the checks ask of a text

/// `src/blocks/html.rs` → blocks, html; the program in src/bin is none of the library's modules.
fn module_path(path: &str) -> Option<Vec<String>> {
    let inside = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let parts: Vec<String> =
        inside.split('/').filter(|part| *part != "mod" && *part != "lib").map(str::to_owned).collect();
    (parts.first().map(String::as_str) != Some("bin")).then_some(parts)
}

/// The first name below the crate's root of every path that starts there, by `crate::` or by enough `super::`.
fn crate_paths(code: &[String], inside: &[String]) -> Vec<String> {
    let token = |at: usize| code.get(at).map_or("", String::as_str);
    let mut out = vec![];
    let mut at = 0;
    while at < code.len() {
        let mut depth = inside.len();
        let mut next = at;
        if token(at) == "crate" && token(at + 1) == "::" {
            depth = 0;
            next = at + 2;
        }
        while token(next) == "super" && token(next + 1) == "::" && depth > 0 {
            depth -= 1;
            next += 2;
        }
        if next == at || depth > 0 {
            at = next.max(at + 1);
            continue;
        }
        at = next;
        if token(at) != "{" {
            out.push(token(at).to_owned());
            continue;
        }
        // A group: the names at its first level.
        let (mut level, mut fresh) = (0_u32, false);
        while at < code.len() {
            match token(at) {
                "{" => {
                    level += 1;
                    fresh = level == 1;
                }
                "}" if level == 1 => break,
                "}" => level -= 1,
                "," => fresh = level == 1,
                name if fresh => {
                    out.push(name.to_owned());
                    fresh = false;
                }
                _ => {}
            }
            at += 1;
        }
    }
    out
}

/// JavaScript or HTML without its comments; a `//` inside a string is none when it follows a colon, as in an address.
fn without_script_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let close = if rest.starts_with("/*") {
            rest.find("*/").map(|at| at + 2)
        } else if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if rest.starts_with("//") && !out.ends_with(':') {
            rest.find('\n')
        } else {
            Some(0)
        };
        match close {
            Some(0) => {
                out.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
            Some(length) => rest = rest.get(length..).unwrap_or_default(),
            None => break,
        }
    }
    out
}

/// Whether the needle stands there as a word of its own: `eval(` is in `x=eval(y)`, not in `retrieval(y)`.
fn finds_word(text: &str, needle: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let ends_open = needle.ends_with(|c: char| !word(c));
    text.match_indices(needle).any(|(at, _)| {
        let before = text.get(..at).and_then(|left| left.chars().next_back());
        let after = text.get(at + needle.len()..).and_then(|left| left.chars().next());
        !before.is_some_and(word) && (ends_open || !after.is_some_and(word))
    })
}

/// Han characters as words are written in them, radicals included; punctuation is none.
fn is_han(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Each check fails where it should, and holds where a careless one would not.
mod failing {
    use super::*;

    /// Runs a rule over one file's text and tells whether it found something.
    fn finds(rule: fn(&str, &str) -> Vec<String>, path: &str, text: &str) -> bool {
        !rule(path, text).is_empty()
    }

    #[test]
    fn a_file_without_its_purpose() {
        assert!(finds(opens_with_its_purpose, "src/a.rs", "use std::fmt;\n//! late"));
        assert!(finds(opens_with_its_purpose, "src/a.rs", "// almost"));
        assert!(!finds(opens_with_its_purpose, "src/a.rs", "//! Text → outline."));
    }

    #[test]
    fn an_import_from_below() {
        let bad = [
            ("src/text.rs", "use crate::blocks::Block;"),
            ("src/blocks.rs", "fn f() { crate::view::render() }"),
            ("src/blocks.rs", "use super::outline;"),
            ("src/blocks/html.rs", "use super::super::facts;"),
            ("src/clauses.rs", "use crate::{text::{Span, view}, summary};"),
            ("src/clauses.rs", "use crate :: facts :: Facts;"),
            ("src/facts/dates.rs", "use crate::{\n    text::Span,\n    wasm,\n};"),
            ("src/view.rs", "use crate::analyze;"),
            ("src/facts.rs", "use crate::Analysis;"),
            ("src/helper.rs", ""),
        ];
        for (path, text) in bad {
            assert!(finds(imports_flow_down, path, text), "{path}: {text}");
        }
        let good = [
            ("src/blocks.rs", "use crate::text::{Span, view}; use crate::{lexicon, text};"),
            ("src/blocks/html.rs", "use super::Block; use crate::blocks::Document;"),
            ("src/text.rs", "// use crate::view\n/* crate::view */ const A: &str = \"crate::view\";"),
            ("src/text.rs", "#[cfg(test)]\nmod tests { use crate::view; fn a() { let b = '{'; } }"),
            ("src/lib.rs", "mod view; use crate::view::View; use view::Run;"),
            ("src/view.rs", "use crate::Analysis;"),
            ("src/wasm.rs", "use crate::{Options, analyze}; use crate::dom;"),
            ("src/bin/policy-reader.rs", "use policy_reader::view;"),
        ];
        for (path, text) in good {
            assert_none(&imports_flow_down(path, text));
        }
    }

    #[test]
    fn a_chinese_literal() {
        for text in [
            "const A: &str = \"我们\";",
            "let a = '一';",
            "let a = r#\"a\"第\"#;",
            "f(b, \"\\\"收集\")",
            "a('\\u{4f1a}')",
        ] {
            assert!(finds(no_chinese_literal, "src/a.rs", text), "{text}");
        }
        let after = "#[cfg(test)]\nmod tests { const A: &str = \"}我们\"; }\nconst B: &str = \"我们\";";
        assert_eq!(no_chinese_literal("src/a.rs", after).len(), 1, "only what stands after the tests");
        for text in [
            "/// 第一条\n// 我们\n/* 一 */ fn f<'a>(x: &'a str) {}",
            "let stop = '。'; let pair = \"（）\";",
            "matches!(c, '\\u{4e00}'..='\\u{9fff}')",
            "#[cfg(test)]\nmod tests { const A: &str = \"我们\"; }",
            "#[cfg(test)]\nconst A: &str = \"我们\";",
        ] {
            assert_none(&no_chinese_literal("src/a.rs", text));
        }
    }

    #[test]
    fn wasm_in_the_core() {
        for text in ["use web_sys::Element;", "#[wasm_bindgen]\npub fn a() {}", "use gloo_events::EventListener;"] {
            assert!(finds(wasm_stays_at_the_boundary, "src/view.rs", text), "{text}");
            assert!(finds(wasm_stays_at_the_boundary, "src/bin/policy-reader.rs", text), "{text}");
            assert_none(&wasm_stays_at_the_boundary("src/dom.rs", text));
            assert_none(&wasm_stays_at_the_boundary("src/wasm/door.rs", text));
        }
        assert_none(&wasm_stays_at_the_boundary("src/view.rs", "// web_sys\nlet globe = \"web_sys\";"));
    }

    #[test]
    fn a_sink() {
        let bad = [
            ("www/a.js", "box.innerHTML = text;"),
            ("www/a.js", "const html = 'https://a'; box.outerHTML=html"),
            ("www/a.js", "box.insertAdjacentHTML('beforeend', text)"),
            ("www/a.js", "document.write(text)"),
            ("www/a.js", "x=eval(text)"),
            ("www/a.js", "new  Function(text)"),
            ("index.html", "<iframe srcdoc='a'></iframe>"),
            ("src/dom.rs", "element.set_inner_html(&text);"),
            ("src/dom.rs", "Reflect::set(&element, &\"innerHTML\".into(), &text)"),
        ];
        for (path, text) in bad {
            assert!(finds(no_markup_sink, path, text), "{path}: {text}");
        }
        let good = [
            ("www/a.js", "// never innerHTML\n/* eval( */ const retrieval = interval(1); box.textContent = text;"),
            ("src/dom.rs", "//! Nodes; never innerHTML.\nfn medieval() {}"),
            ("src/html.rs", "#[cfg(test)]\nmod tests { const A: &str = \"<b onclick=eval(1)>\"; }"),
            ("index.html", "<!-- no srcdoc --><p>reader</p>"),
        ];
        for (path, text) in good {
            assert_none(&no_markup_sink(path, text));
        }
    }

    #[test]
    fn untidy_data() {
        for text in ["a \nb\n", "a\r\n", "a", "a\n\n", "\na\n", "a\t\n", "a\u{3000}\n", "\u{feff}a\n", ""] {
            assert!(finds(data_is_trimmed, "data/zh/a.txt", text), "{text:?}");
        }
        assert_none(&data_is_trimmed("data/zh/a.txt", "# a\n\nb c\n"));
        let lexicon = "// data/zh/b.txt\nconst A: &str = include_str!(\"../data/zh/a.txt\");";
        assert_none(&data_is_registered("data/zh/a.txt", lexicon));
        assert!(finds(data_is_registered, "data/zh/b.txt", lexicon), "a comment registers nothing");
        assert!(finds(data_is_registered, "data/zh/c.txt", lexicon));
    }
}
