//! What is marked, in which context, and what is pointed out. The sentences are our own.

use policy_reader::annotations::{self, Category, Context, Kind, Mark, Place, explain, points};
use policy_reader::lexicon::{self, Reading};
use std::collections::BTreeSet;

const SENSITIVE: &str = include_str!("../data/zh/sensitive.examples.txt");
const CONTEXT: &str = include_str!("../data/zh/context.examples.txt");
const ATTENTION: &str = include_str!("../data/zh/attention.examples.txt");

/// The `[part]` and the line under it, for each line that is no comment.
fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut part = "";
    text.lines().filter_map(move |line| {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            part = name;
            return None;
        }
        (!line.is_empty() && !line.starts_with('#')).then_some((part, line))
    })
}

fn find(places: &[Place<'_>]) -> Vec<Mark> {
    annotations::find(&|i| places.get(i).copied(), &|_, text| Reading::new(text))
}

fn place<'a>(text: &'a str, headings: &'a [&'a str]) -> Place<'a> {
    Place { text, headings, ..Place::default() }
}

fn sensitive(marks: &[Mark]) -> Vec<(usize, Category, Context)> {
    let kind = |m: &Mark| match m.kind {
        Kind::Sensitive { category, context, .. } => Some((m.clause, category, context)),
        Kind::Attention { .. } => None,
    };
    marks.iter().filter_map(kind).collect()
}

fn rules(marks: &[Mark]) -> BTreeSet<&'static str> {
    let rule = |m: &Mark| match m.kind {
        Kind::Attention { rule } => Some(rule),
        Kind::Sensitive { .. } => None,
    };
    marks.iter().filter_map(rule).collect()
}

#[test]
fn terms_and_look_alikes() {
    let mut seen = BTreeSet::new();
    for (group, line) in lines(SENSITIVE) {
        let category = group.split('.').nth(1).expect("a category");
        let (sign, text) = line.split_once(' ').expect("a sign and a sentence");
        let marks = find(&[place(text, &[])]);
        let marked = sensitive(&marks).iter().any(|(_, c, _)| c.as_str() == category);
        assert_eq!(marked, sign == "+", "[{group}] {line}\n{:#?}", explain(&place(text, &[])));
        seen.insert((group, sign));
    }
    for (name, group) in lexicon::groups("sensitive.") {
        if lexicon::settings(group).any(|(key, _)| key == "standards") {
            assert!(seen.contains(&(name, "+")) && seen.contains(&(name, "-")), "[{name}] has no examples");
        }
    }
}

#[test]
fn contexts() {
    for (context, line) in lines(CONTEXT) {
        let parts: Vec<&str> = line.split(" > ").collect();
        let (heading, lead, text) = match parts.as_slice() {
            [heading, text] => (*heading, None, *text),
            [heading, lead, text] => (*heading, Some(*lead), *text),
            _ => panic!("{line}"),
        };
        let headings = [heading];
        let place = Place { lead, ..place(text, &headings) };
        let marks = find(&[place]);
        let found: BTreeSet<&str> = sensitive(&marks).iter().map(|(.., x)| x.as_str()).collect();
        assert_eq!(found, BTreeSet::from([context]), "{line}\n{:#?}", explain(&place));
    }
}

#[test]
fn attention_rules() {
    let mut seen = BTreeSet::new();
    for (rule, line) in lines(ATTENTION) {
        let (sign, text) = line.split_once(' ').expect("a sign and a sentence");
        // A sentence with a bar is a row.
        let columns = text.contains(" | ").then_some(&[][..]);
        let found = rules(&find(&[Place { columns, ..place(text, &[]) }]));
        assert_eq!(found.contains(rule), sign == "+", "[{rule}] {line}: {found:?}");
        seen.insert((rule, sign));
    }
    for (name, group) in lexicon::groups("attention.") {
        let rule = name.strip_prefix("attention.").expect("a rule");
        if !lexicon::say(group).is_empty() && rule != "contradiction" {
            assert!(seen.contains(&(rule, "+")) && seen.contains(&(rule, "-")), "[{rule}] has no examples");
        }
    }
}

#[test]
fn a_chapter_of_definitions_may_hold_other_sections() {
    let text = "包括身份证号码、银行卡号。";
    let contexts = |headings: &[&str]| -> Vec<Context> {
        sensitive(&find(&[place(text, headings)])).iter().map(|(.., x)| *x).collect()
    };
    assert_eq!(contexts(&["名词解释", "个人敏感信息"]), [Context::Define; 2], "its heading names what is defined");
    assert_eq!(contexts(&["名词解释", "注册账号"]), [Context::Collect; 2], "its heading names something else");
}

#[test]
fn a_table_row_takes_its_context_from_the_column_heads() {
    let text = "地图组件 | 某图公司 | 位置信息、通讯录";
    let headings = ["我们如何收集信息"];
    let row = |columns| Place { columns: Some(columns), ..place(text, &headings) };
    let shared = find(&[row(&["第三方名称", "公司", "信息"])]);
    let collected = find(&[row(&["功能", "说明", "信息"])]);
    assert_eq!(
        sensitive(&shared),
        [(0, Category::LocationTracking, Context::Share), (0, Category::Communications, Context::Share)]
    );
    assert!(sensitive(&collected).iter().all(|(.., x)| *x == Context::Collect));
}

#[test]
fn terms_of_one_category_in_a_list_are_one_mark() {
    let text = "我们会收集您的身份证、护照、驾驶证和银行卡号。";
    let spans: Vec<&str> = find(&[place(text, &[])]).iter().map(|m| &text[m.start..m.end]).collect();
    assert_eq!(spans, ["身份证、护照、驾驶证", "银行卡号"]);
}

#[test]
fn standards_differ() {
    let standards = |text: &str| match find(&[place(text, &[])])[0].kind {
        Kind::Sensitive { standards, .. } => standards,
        Kind::Attention { .. } => 0,
    };
    assert_eq!(standards("我们收集身份证号码。"), 0b011, "document numbers are gone from GB/T 45574");
    assert_eq!(standards("我们收集身份证照片。"), 0b111);
    assert_eq!(standards("我们收集通话记录。"), 0b010);
}

#[test]
fn a_definition_goes_on_through_its_list() {
    let texts = ["敏感信息包括：", "身份证明（如护照）；", "其他（如通讯录、手机号码）。", "我们会收集您的位置信息。"];
    let places: Vec<Place<'_>> = texts.iter().map(|t| place(t, &["总则"])).collect();
    let found = sensitive(&find(&places));
    let context = |clause| found.iter().filter(|(c, ..)| *c == clause).map(|(.., x)| *x).collect::<BTreeSet<_>>();
    assert_eq!(context(1), BTreeSet::from([Context::Define]));
    assert_eq!(context(2), BTreeSet::from([Context::Define]));
    assert!(found.iter().any(|(c, k, _)| (*c, *k) == (2, Category::Other)), "a number in a list of sensitive data");
    assert_eq!(context(3), BTreeSet::from([Context::Collect]));
}

#[test]
fn a_promise_beside_its_breach_is_a_contradiction() {
    let at = |texts: &[&str]| {
        let places: Vec<Place<'_>> = texts.iter().map(|t| place(t, &["我们如何收集信息"])).collect();
        let marks = find(&places);
        points(&|i| places.get(i).copied(), &marks).into_iter().find(|p| p.rule == "contradiction").map(|p| p.clauses)
    };
    let breach = "开通门禁时，我们会采集您的人脸信息。";
    assert_eq!(at(&["我们绝不收集您的生物特征。", "我们收集昵称。", breach]), Some(vec![0, 2]));
    assert_eq!(at(&["如您拒绝，我们不会收集您的生物特征。", breach]), None, "a conditional promise");
    assert_eq!(at(&["我们不会向第三方提供您的人脸信息。", breach]), None, "a promise not to share");
    assert_eq!(at(&["我们不会收集您的精确位置。", "我们会收集您的大致位置。"]), None, "not the same");
}

#[test]
fn points_have_at_most_two_clauses_of_different_words() {
    let texts = ["我们会读取剪贴板内容。", "我们会读取剪贴板内容。", "分享时会访问剪贴板。", "登录时会检测剪贴板。"];
    let places: Vec<Place<'_>> = texts.iter().map(|t| place(t, &["收集"])).collect();
    let found = points(&|i| places.get(i).copied(), &find(&places));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].rule, &found[0].clauses[..], found[0].good), ("reads-clipboard", &[0, 2][..], false));
    assert!(!found[0].text.is_empty());
}

#[test]
fn many_points_are_cut_to_what_is_read() {
    let texts: Vec<&str> = lines(ATTENTION).filter_map(|(_, l)| l.strip_prefix("+ ")).collect();
    let places: Vec<Place<'_>> = texts.iter().map(|t| place(t, &[])).collect();
    let found = points(&|i| places.get(i).copied(), &find(&places));
    assert_eq!(found.len(), 24);
    assert!(found.iter().any(|p| p.good) && found.iter().all(|p| !p.clauses.is_empty() && p.clauses.len() <= 2));
}

#[test]
fn marks_stay_in_bounds_whatever_the_text() {
    let hostile =
        ["", "\u{0}", "人脸", "🙂人脸🙂、指纹", "｜｜｜", "身\u{200b}份证", "不会不会不会收集", "《【敏感个人信息"];
    let places: Vec<Place<'_>> = hostile.iter().map(|t| place(t, &["", "定义"])).collect();
    for mark in find(&places) {
        assert!(hostile[mark.clause].get(mark.start..mark.end).is_some_and(|t| !t.is_empty()));
    }
}

#[test]
fn time_is_linear_in_one_endless_sentence() {
    for unit in ["不会收集人脸", "人脸、", "您可以删除位置信息", "敏感个人信息", "第三方收集银行卡等", "浏览"]
    {
        let text = unit.repeat(10_000);
        let started = std::time::Instant::now();
        let places = [place(&text, &["我们如何收集信息"])];
        let marks = find(&places);
        assert!(points(&|i| places.get(i).copied(), &marks).len() <= 24);
        assert!(started.elapsed().as_secs() < 20, "{unit}: {:?}", started.elapsed());
    }
}

#[test]
fn explanations_name_the_reason() {
    let text = "软件特征信息不含您的人脸信息，我们不会收集指纹。";
    let lines = explain(&place(text, &[]));
    assert!(lines.iter().any(|l| l.starts_with("指纹: biometric") && l.contains("as deny: a promise")), "{lines:#?}");
    let lines = explain(&place("您在使用打赏、虚拟财产等功能时须遵守公约。", &[]));
    assert!(lines.iter().any(|l| l.contains("not financial-account")), "{lines:#?}");
}
