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
//!       | "lead" "yes"        the words stand in the sentence that introduces the list, each item of which is meant
//!       | "contacts" "none", "company" "none": only where the policy states none
//!       | "row" ("only" | "no") | "good" "yes" | "table" "no" | "negation" "kept" | "control" "kept"
//! part  = ["+" | "-"] name ["/" characters]
//! name  = "self" | word of [word.NAME] | "." part of the rule
//! ```
//! A part stands behind the one before it, which says how many characters lie between at most; `+` may stand anywhere in the
//! sentence, `-` must not.

use super::super::{Category, Context};
use crate::lexicon::{self, Group};
use crate::practices::Action;
use std::sync::OnceLock;

/// Whether table rows are looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rows {
    Too,
    Only,
    Not,
}

/// Words of several groups in one sentence.
#[derive(Debug, Default)]
pub struct Frame {
    /// In this order, each with how many bytes away the next one may be.
    pub parts: Vec<(Group, usize)>,
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
    pub rows: Rows,
    pub good: bool,
    pub negation_kept: bool,
    pub control_kept: bool,
    pub of_lead: bool,
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

const PREFIX: &str = "attention.";
/// Bytes of an ideograph in UTF-8: distances in data/ are given in characters.
const IDEOGRAPH: usize = 3;
/// Characters between two parts of a frame where the file gives no number: a clause of a sentence.
const REACH: usize = 30;

/// The rules, and which of them the words of a clause nominate.
#[derive(Debug)]
struct Rules {
    all: Vec<Rule>,
    /// Groups that must stand in the clause for a frame to hold, each with its rule, by group.
    words: Vec<(Group, usize)>,
    /// Rules that ask for something else: a practice, a mark, the lead-in.
    wordless: Vec<usize>,
}

impl Rules {
    fn new(all: Vec<Rule>) -> Self {
        let (mut words, mut wordless) = (Vec::new(), Vec::new());
        for (at, rule) in all.iter().enumerate() {
            let first = |frame: &Frame| frame.parts.first().map(|part| part.0).or(frame.with.first().copied());
            let firsts: Option<Vec<Group>> = rule.frames.iter().map(first).collect();
            match firsts.filter(|_| rule.acts.is_empty() && !rule.of_lead) {
                Some(firsts) => words.extend(firsts.into_iter().map(|group| (group, at))),
                None => wordless.push(at),
            }
        }
        words.sort_unstable();
        words.dedup();
        Self { all, words, wordless }
    }

    fn nominated(&self, has: impl Fn(Group) -> bool) -> impl Iterator<Item = &Rule> {
        let mut chosen = self.wordless.clone();
        let mut asked = None;
        for (group, rule) in &self.words {
            let (_, is) = asked.filter(|(last, _)| last == group).unwrap_or_else(|| (*group, has(*group)));
            asked = Some((*group, is));
            if is {
                chosen.push(*rule);
            }
        }
        chosen.sort_unstable();
        chosen.dedup();
        chosen.into_iter().filter_map(|rule| self.all.get(rule))
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
        let all: Vec<_> = lexicon::groups(PREFIX).collect();
        let named = |(group, at): &(&'static str, Group)| {
            let name = group.strip_prefix(PREFIX).filter(|name| !name.contains('.'))?;
            Some(rule(name, *at, &all))
        };
        let mut rules: Vec<Rule> = all.iter().filter_map(named).collect();
        rules.sort_by_key(|r| r.group);
        Rules::new(rules)
    })
}

fn rule(name: &'static str, group: Group, all: &[(&'static str, Group)]) -> Rule {
    let set = |key: &str| lexicon::setting(group, key);
    let words = |key: &str| set(key).split(' ');
    let parts = |n: &&'static str| {
        let rest = n.strip_prefix(PREFIX)?.strip_prefix(name)?;
        rest.starts_with('.').then_some(rest)
    };
    let mut frames: Vec<Frame> = lexicon::settings(group)
        .filter(|(key, _)| *key == "when")
        .map(|(_, parts)| frame(name, group, parts))
        .collect();
    if frames.is_empty() && set("act").is_empty() {
        // Without words of its own it is about every mark of its kind.
        let parts = if lexicon::terms(group).is_empty() { Vec::new() } else { vec![(group, 0)] };
        frames.push(Frame { parts, ..Frame::default() });
    }
    Rule {
        name,
        group,
        told: CONTEXTS.into_iter().filter(|c| words("told").any(|w| w == c.as_str())).collect(),
        category: Category::ALL.into_iter().find(|c| c.as_str() == set("context")),
        acts: ACTIONS.into_iter().filter(|a| words("act").any(|w| w == a.as_str())).collect(),
        to: words("to").filter(|w| !w.is_empty()).collect(),
        never: all.iter().find(|(n, _)| parts(n) == Some(".never")).map(|(_, g)| *g),
        frames,
        not_reader: set("reader") == "no",
        rows: match set("row") {
            "only" => Rows::Only,
            "no" => Rows::Not,
            _ => Rows::Too,
        },
        good: set("good") == "yes",
        negation_kept: set("negation") == "kept",
        control_kept: set("control") == "kept",
        of_lead: set("lead") == "yes",
        no_table: set("table") == "no",
        no_contacts: set("contacts") == "none",
        no_company: set("company") == "none",
        first: all.iter().find(|(n, _)| parts(n) == Some(".first")).map(|(_, g)| *g),
        more: all.iter().filter_map(|(n, g)| Some((parts(n)?, *g))).collect(),
    }
}

const CONTEXTS: [Context; 3] = [Context::Collect, Context::Share, Context::Use];
const ACTIONS: [Action; 6] =
    [Action::Collect, Action::Share, Action::Entrust, Action::Transfer, Action::Publish, Action::SendAbroad];

fn frame(rule: &str, own: Group, parts: &str) -> Frame {
    let mut frame = Frame::default();
    for part in parts.split(' ') {
        let (sign, part) = match part.split_at_checked(1) {
            Some((sign @ ("+" | "-"), rest)) => (sign, rest),
            _ => ("", part),
        };
        let (name, within) = part.split_once('/').unwrap_or((part, ""));
        let group = match name {
            "self" => own,
            _ if name.starts_with('.') => lexicon::find(&format!("{PREFIX}{rule}{name}")),
            _ => lexicon::find(&format!("word.{name}")),
        };
        match sign {
            "+" => frame.with.push(group),
            "-" => frame.without.push(group),
            _ => frame.parts.push((group, within.parse().unwrap_or(REACH) * IDEOGRAPH)),
        }
    }
    frame
}
