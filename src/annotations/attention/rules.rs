//! The groups of `data/zh/attention.txt` → rules.
//!
//! ```text
//! rule  = "[attention." name "]" (key value* | word+ | example)*
//! key   = "told" context+    the rule's own words, where they are said to be collected, shared, …
//!       | "context" category  … and where they are marked as sensitive of that kind
//!       | "act" action+       a practice of ours that is asserted, with a receiver of one of the kinds of "to"
//!       | "to" kind+          in a sentence without the words of the part "never"
//!       | "when" part+        words of several groups in this order, several lines: one of them
//!       | "reader" "no"       the sentence does not say that the reader does it
//!       | "aside" "no"        … nor is it only on that condition
//!       | "said" label part   a clause with the words of the part says more: the rest of the label's key, several lines
//!       | "lead" "yes"        the words stand in the sentence that introduces the list, each item of which is meant
//!       | "given" "yes"       … or its own words are what somebody gets from us
//!       | "period" "stated"   only where the policy states how long it keeps something
//!       | "contacts" "none", "company" "none": only where the policy states none
//!       | "row" "no" | "good" "yes" | "table" "no" | "negation" "kept" | "control" "kept"
//! part  = ["+" | "-" | "~"] name ["/" characters] | "|"
//! name  = "self" | word of [word.NAME] | "." part of the rule
//! ```
//! A part stands behind the one before it, which says how many characters lie between at most, and none of `~`; `+` may stand
//! anywhere in the sentence, `-` must not. A bar: only in table rows.

use super::super::{Category, Context};
use crate::lexicon::{self, Group, keys};
use crate::practices::Action;
use std::sync::OnceLock;

/// Words of a group, behind those of another.
#[derive(Debug)]
pub struct Part {
    pub group: Group,
    /// How many bytes away the next one may be.
    pub within: usize,
    /// What must not stand before it, behind the one before.
    pub bar: Option<Group>,
}

/// Words of several groups in one sentence.
#[derive(Debug, Default)]
pub struct Frame {
    /// In this order.
    pub parts: Vec<Part>,
    /// Only in table rows.
    pub row: bool,
    /// Anywhere.
    pub with: Vec<Group>,
    /// Nowhere.
    pub without: Vec<Group>,
}

/// What deserves attention, and how it is told.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a line of the file")]
pub struct Rule {
    pub name: &'static str,
    pub group: Group,
    pub told: Vec<Context>,
    pub category: Option<Category>,
    pub acts: Vec<Action>,
    pub to: Vec<&'static str>,
    /// Words of a sentence in which a practice is not what the rule is about.
    pub never: Option<Group>,
    pub frames: Vec<Frame>,
    pub not_reader: bool,
    /// Not in a condition.
    pub not_aside: bool,
    pub not_row: bool,
    pub good: bool,
    pub negation_kept: bool,
    pub control_kept: bool,
    pub of_lead: bool,
    /// Its own words as the object of a practice of giving are enough.
    pub given: bool,
    /// Only in clauses that state a period.
    pub period: bool,
    /// A table of recipients in the policy makes it void.
    pub no_table: bool,
    /// A way to reach who is responsible makes it void.
    pub no_contacts: bool,
    /// The name of who is responsible makes it void.
    pub no_company: bool,
    /// Clauses with a hit of it are better evidence.
    pub first: Option<Group>,
    /// Groups that tell what a clause says more, with the rest of their names.
    pub more: Vec<(&'static str, Group)>,
}

impl Rule {
    /// Whether a group already decides whether the rule fires, or which clause says it best.
    fn asks(&self, group: Group) -> bool {
        let framed = |f: &Frame| {
            f.parts.iter().any(|p| p.group == group || p.bar == Some(group))
                || f.with.contains(&group)
                || f.without.contains(&group)
        };
        [self.never, self.first].contains(&Some(group)) || self.frames.iter().any(framed)
    }
}

/// Bytes of an ideograph in UTF-8: distances in data/ are given in characters.
const IDEOGRAPH: usize = 3;
/// Characters between two parts of a frame where the file gives no number: a clause of a sentence.
const REACH: usize = 30;

/// The rules, and which of them the words of a clause nominate.
#[derive(Debug)]
struct Rules {
    all: Vec<Rule>,
    /// Groups that must stand in the clause for a frame to hold, each with its rule.
    words: Vec<(Group, usize)>,
    /// For each rule whether it asks for something else: a practice, a mark, the lead-in.
    wordless: Vec<bool>,
}

impl Rules {
    fn new(all: Vec<Rule>) -> Self {
        let (mut words, mut wordless) = (Vec::new(), Vec::new());
        for (at, rule) in all.iter().enumerate() {
            let first = |frame: &Frame| frame.parts.first().map(|part| part.group).or(frame.with.first().copied());
            let firsts: Option<Vec<Group>> = rule.frames.iter().map(first).collect();
            match firsts.filter(|_| rule.acts.is_empty() && !rule.of_lead) {
                Some(firsts) => {
                    words.extend(firsts.into_iter().map(|group| (group, at)));
                    wordless.push(false);
                }
                None => wordless.push(true),
            }
        }
        Self { all, words, wordless }
    }

    fn nominated(&self, has: impl Fn(Group) -> bool) -> impl Iterator<Item = &Rule> {
        let mut chosen = self.wordless.clone();
        for (group, rule) in &self.words {
            if let Some(chosen) = chosen.get_mut(*rule).filter(|_| has(*group)) {
                *chosen = true;
            }
        }
        self.all.iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(rule, _)| rule)
    }
}

/// All of them, in the order of the file, which is the order of weight.
pub fn rules() -> &'static [Rule] {
    &read().all
}

/// The rules that may fire in a clause, in the order of weight.
pub fn nominated(has: impl Fn(Group) -> bool) -> impl Iterator<Item = &'static Rule> {
    read().nominated(has)
}

fn read() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| {
        let all: Vec<(&str, Group)> = keys!("attention.").collect();
        let rules = all.iter().filter(|(name, _)| !name.contains('.'));
        let mut rules: Vec<Rule> = rules.map(|(name, group)| rule(name, *group, parts(&all, name))).collect();
        rules.sort_by_key(|r| r.group);
        Rules::new(rules)
    })
}

/// The groups that are parts of a rule, by the rest of their names, among all.
fn parts(all: &[(&'static str, Group)], rule: &str) -> Vec<(&'static str, Group)> {
    let behind = format!("{rule}.");
    let from = all.partition_point(|(name, _)| *name < behind.as_str());
    let own = all.get(from..).unwrap_or_default().iter().take_while(|(name, _)| name.starts_with(&behind));
    own.map(|(name, group)| (name.get(rule.len()..).unwrap_or(""), *group)).collect()
}

fn rule(name: &'static str, group: Group, parts: Vec<(&'static str, Group)>) -> Rule {
    let part = |part: &str| parts.iter().find(|(n, _)| *n == part).map(|(_, group)| *group);
    let mut rule = Rule {
        name,
        group,
        never: part(".never"),
        first: part(".first"),
        more: Vec::new(),
        told: Vec::new(),
        category: None,
        acts: Vec::new(),
        to: Vec::new(),
        frames: Vec::new(),
        not_reader: false,
        not_aside: false,
        not_row: false,
        good: false,
        negation_kept: false,
        control_kept: false,
        of_lead: false,
        given: false,
        period: false,
        no_table: false,
        no_contacts: false,
        no_company: false,
    };
    for (key, value) in lexicon::settings(group) {
        let words = || value.split(' ');
        match key {
            "told" => rule.told = CONTEXTS.into_iter().filter(|c| words().any(|w| w == c.as_str())).collect(),
            "context" => rule.category = Category::ALL.into_iter().find(|c| c.as_str() == value),
            "act" => rule.acts = ACTIONS.into_iter().filter(|a| words().any(|w| w == a.as_str())).collect(),
            "to" => rule.to = words().collect(),
            "when" => rule.frames.push(frame(value)),
            // build.rs has put a number for the part.
            "said" => rule.more.extend(value.split_once(' ').map(|(said, part)| (said, lexicon::numbered(part)))),
            "row" => rule.not_row = true,
            "reader" => rule.not_reader = true,
            "aside" => rule.not_aside = true,
            "good" => rule.good = true,
            "negation" => rule.negation_kept = true,
            "control" => rule.control_kept = true,
            "lead" => rule.of_lead = true,
            "given" => rule.given = true,
            "period" => rule.period = true,
            "table" => rule.no_table = true,
            "contacts" => rule.no_contacts = true,
            "company" => rule.no_company = true,
            _ => {}
        }
    }
    if rule.frames.is_empty() && rule.acts.is_empty() {
        // Without words of its own it is about every mark of its kind.
        let own = Part { group, within: 0, bar: None };
        let parts = if lexicon::terms(group).is_empty() { Vec::new() } else { vec![own] };
        rule.frames.push(Frame { parts, ..Frame::default() });
    }
    let says = |part: &(&'static str, Group)| !rule.asks(part.1);
    let says: Vec<_> = parts.into_iter().filter(says).collect();
    rule.more.extend(says);
    rule
}

const CONTEXTS: [Context; 3] = [Context::Collect, Context::Share, Context::Use];
const ACTIONS: [Action; 6] =
    [Action::Collect, Action::Share, Action::Entrust, Action::Transfer, Action::Publish, Action::SendAbroad];

fn frame(parts: &str) -> Frame {
    let mut frame = Frame::default();
    let mut bar = None;
    for part in parts.split(' ') {
        if part == "|" {
            frame.row = true;
            continue;
        }
        let (sign, part) = match part.split_at_checked(1) {
            Some((sign @ ("+" | "-" | "~"), rest)) => (sign, rest),
            _ => ("", part),
        };
        // build.rs has put numbers for names.
        let (number, within) = part.split_once('/').unwrap_or((part, ""));
        let group = lexicon::numbered(number);
        match sign {
            "+" => frame.with.push(group),
            "-" => frame.without.push(group),
            "~" => bar = Some(group),
            _ => frame.parts.push(Part { group, within: within.parse().unwrap_or(REACH) * IDEOGRAPH, bar: bar.take() }),
        }
    }
    frame
}
