//! Clauses in plain words: what is dropped, and above all what never is. The sentences are our own.

mod common;

use common::shared;
use policy_reader::plain::plain;
use std::fs;

const EXAMPLES: &str = include_str!("../data/zh/plain.examples.txt");

/// As in ../shared/tools/rewrite.py.
const NEGATIONS: [&str; 8] = ["不", "未", "无", "没有", "非", "禁止", "拒绝", "除外"];

#[test]
fn examples() {
    let mut count = 0;
    for line in EXAMPLES.lines().filter(|l| l.starts_with(['+', '-'])) {
        let (sign, text) = line.split_once(' ').expect("a sign and a sentence");
        let (text, wanted) = if sign == "+" { text.split_once(" → ").expect("an arrow") } else { (text, text) };
        assert_eq!(plain(text), wanted, "{line}");
        count += 1;
    }
    assert!(count > 15);
}

#[test]
fn extremes() {
    for text in ["", "。", "，，，", "（", "（））", "例如", "1.", "为", "\u{feff}", "a,b", "如，", "、"]
    {
        let short = plain(text);
        assert!(short.len() <= text.len().max(3), "{text:?} {short:?}");
        assert_eq!(plain(text), short);
    }
    for unit in ["（", "我们会收集，", "1.", "例如，", "如果，", "；", "甲："] {
        let text = unit.repeat(100_000 / unit.len());
        assert!(plain(&text).len() <= text.len() + 3, "{unit}");
    }
}

#[test]
fn english_keeps_its_words() {
    assert_eq!(plain("1. We collect (not sell) your name."), "We collect (not sell) your name.");
}

/// Every sentence of the policies in ../shared, where they are: what denies still denies, amounts stay unless their
/// aside or their example went.
#[test]
fn no_denial_is_lost() {
    let Some(folder) = shared("corpora/capp-130/originals") else { return };
    let entries = fs::read_dir(folder).expect("a folder");
    let mut amounts = 0;
    for entry in entries {
        let bytes = fs::read(entry.expect("an entry").path()).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        for sentence in text.split_inclusive(['。', '\n']) {
            let short = plain(sentence);
            let has = |text: &str| NEGATIONS.iter().any(|n| text.contains(n));
            assert!(has(&short) || !has(sentence), "{sentence} → {short}");
            assert!(!short.is_empty() || sentence.trim().is_empty(), "{sentence}");
            let aside = ["（", "(", "例如", "比如", "譬如", "诸如", "不限于"].iter().any(|w| sentence.contains(w));
            for unit in ["个工作日", "周岁", "个月", "小时"] {
                let stated = |text: &str| text.matches(unit).count();
                amounts += stated(&short);
                assert!(aside || stated(&short) == stated(sentence), "{sentence} → {short}");
            }
        }
    }
    assert!(amounts > 100, "{amounts}");
}
