//! Facts and marks → the card: short plain lines, each with the clauses it rests on or saying that the policy is silent.
//!
//! The sentences are templates of data/ui (`say.…`, `silent.…`); what is filled in was read from the policy.

use crate::annotations::{Context, Kind, Mark};
use crate::facts::{CrossBorder, Facts};
use crate::lexicon::messages::{Messages, messages};
use crate::text::Evidenced;

/// A line of the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it answers: `who`, `collect`, …
    pub slot: &'static str,
    /// At most [`LIMIT`] characters.
    pub text: String,
    /// Indices of clauses; empty where the policy is silent.
    pub evidence: Vec<usize>,
}

/// The most characters of a line.
pub const LIMIT: usize = 80;

/// How many things a line lists before it says "and so on".
const LISTED: usize = 7;

/// Writes the card.
#[must_use]
pub fn compose(facts: &Facts, marks: &[Mark], lang: &str) -> Vec<Line> {
    let card = Card { messages: messages(lang), lines: Vec::new() };
    card.who(facts)
        .since(facts)
        .collect(facts)
        .sensitive(marks)
        .permissions(facts)
        .share(facts)
        .store(facts)
        .abroad(facts)
        .retention(facts)
        .rights(facts)
        .children(facts)
        .contact(facts)
        .lines
}

/// The card of a policy that cannot be read: what is sure, and no word about what it does not say.
#[must_use]
pub fn sure(facts: &Facts, lang: &str) -> Vec<Line> {
    let card = Card { messages: messages(lang), lines: Vec::new() };
    let mut lines = card.who(facts).since(facts).contact(facts).lines;
    lines.retain(|line| !line.evidence.is_empty());
    lines
}

struct Card {
    messages: Messages,
    lines: Vec<Line>,
}

impl Card {
    /// Adds a line; one that would be too long loses its longest value's end.
    fn say(mut self, slot: &'static str, key: &str, values: &[(&str, &str)], evidence: &[usize]) -> Self {
        let mut text = self.messages.fill(key, values);
        if text.chars().count() > LIMIT {
            text = text.chars().take(LIMIT - 1).collect::<String>() + "\u{2026}";
        }
        if !text.is_empty() {
            let mut evidence = evidence.to_vec();
            evidence.truncate(4);
            self.lines.push(Line { slot, text, evidence });
        }
        self
    }

    fn silent(self, slot: &'static str) -> Self {
        let key = format!("silent.{slot}");
        self.say(slot, &key, &[], &[])
    }

    /// As many names as a line made from the message `key` has room for, and how many there are in all; `taken`: characters
    /// that other values need.
    fn list(&self, names: &[String], key: &str, taken: usize) -> String {
        let more = self.messages.fill("list.more", &[("count", &names.len().to_string())]);
        let size = |text: &str| text.chars().count();
        let room = LIMIT.saturating_sub(size(&self.messages.fill(key, &[])) + taken + 4);
        (1..=names.len().min(LISTED))
            .rev()
            .map(|n| {
                let some = self.messages.join("list.comma", names.get(..n).unwrap_or(names));
                if n < names.len() { some + &more } else { some }
            })
            .find(|list| size(list) <= room)
            .or_else(|| names.first().cloned())
            .unwrap_or_default()
    }

    fn names<T>(
        &self,
        group: &str,
        values: &[Evidenced<T>],
        key: impl Fn(&T) -> &'static str,
    ) -> (Vec<String>, Vec<usize>) {
        let mut names: Vec<String> = Vec::new();
        let mut evidence = Vec::new();
        for value in values {
            let name = self.messages.title(group, key(&value.value));
            if !names.contains(&name) {
                names.push(name);
                evidence.extend(value.clauses().first().copied());
            }
        }
        (names, distinct(evidence))
    }

    fn who(self, facts: &Facts) -> Self {
        match (&facts.controller, &facts.product) {
            (Some(who), Some(what)) if !who.value.contains(&what.value) => self.say(
                "who",
                "say.who.product",
                &[("controller", &who.value), ("product", &what.value)],
                who.clauses(),
            ),
            (Some(who), _) => self.say("who", "say.who", &[("controller", &who.value)], who.clauses()),
            _ => self.silent("who"),
        }
    }

    fn since(self, facts: &Facts) -> Self {
        match (&facts.updated, &facts.effective, &facts.published) {
            (Some(u), Some(e), _) if u.value != e.value => {
                let both = distinct(u.clauses().iter().chain(e.clauses()).copied().collect());
                let (u, e) = (self.date(&u.value), self.date(&e.value));
                self.say("since", "say.since.both", &[("updated", &u), ("effective", &e)], &both)
            }
            (_, Some(e), _) => {
                let date = self.date(&e.value);
                self.say("since", "say.since.effective", &[("date", &date)], e.clauses())
            }
            (Some(u), ..) => {
                let date = self.date(&u.value);
                self.say("since", "say.since.updated", &[("date", &date)], u.clauses())
            }
            (_, _, Some(p)) => {
                let date = self.date(&p.value);
                self.say("since", "say.since.published", &[("date", &date)], p.clauses())
            }
            _ => self.silent("since"),
        }
    }

    fn date(&self, iso: &str) -> String {
        self.messages.date(iso)
    }

    fn collect(self, facts: &Facts) -> Self {
        if facts.data_items.is_empty() {
            return self.silent("collect");
        }
        // What is named most is what the service is about: its kind, in how many clauses one word of it stands, the first.
        let mut kinds: Vec<(&'static str, usize, usize)> = Vec::new();
        for item in &facts.data_items {
            let clauses = item.clauses();
            match kinds.iter_mut().find(|kind| kind.0 == item.value.key) {
                Some(known) => known.1 = known.1.max(clauses.len()),
                None => kinds.push((item.value.key, clauses.len(), clauses.first().copied().unwrap_or(0))),
            }
        }
        let mut order: Vec<(u64, usize)> = kinds.iter().enumerate().map(|(at, kind)| (!(kind.1 as u64), at)).collect();
        order.sort_unstable();
        let (mut names, mut evidence) = (Vec::new(), Vec::new());
        for (key, _, clause) in order.iter().filter_map(|(_, at)| kinds.get(*at)) {
            names.push(self.messages.title("item", key));
            evidence.push(*clause);
        }
        let evidence = distinct(evidence);
        let list = self.list(&names, "say.collect", 0);
        self.say("collect", "say.collect", &[("items", &list)], &evidence)
    }

    /// Categories that are really collected, shared or used; what is only defined or denied is not named.
    fn sensitive(self, marks: &[Mark]) -> Self {
        let mut found: Vec<(&'static str, usize, usize)> = Vec::new();
        for mark in marks {
            let Kind::Sensitive { category, context, .. } = mark.kind else { continue };
            if !matches!(context, Context::Collect | Context::Share | Context::Use)
                || matches!(category.as_str(), "other" | "minors")
            {
                continue;
            }
            match found.iter_mut().find(|(c, ..)| *c == category.as_str()) {
                Some(known) => known.2 += 1,
                None => found.push((category.as_str(), mark.clause, 1)),
            }
        }
        if found.is_empty() {
            return self.silent("sensitive");
        }
        let names: Vec<String> = found.iter().map(|(c, ..)| self.messages.title("category", c)).collect();
        let evidence: Vec<usize> = distinct(found.iter().map(|f| f.1).collect());
        let list = self.list(&names, "say.sensitive", 0);
        self.say("sensitive", "say.sensitive", &[("items", &list)], &evidence)
    }

    fn permissions(self, facts: &Facts) -> Self {
        if facts.permissions.is_empty() {
            return self.silent("permissions");
        }
        let (names, evidence) = self.names("permission", &facts.permissions, |p| p.key);
        let list = self.list(&names, "say.permissions", 0);
        self.say("permissions", "say.permissions", &[("items", &list)], &evidence)
    }

    fn share(self, facts: &Facts) -> Self {
        let named = facts.third_parties.len();
        if named == 0 && facts.recipient_kinds.is_empty() {
            return self.silent("share");
        }
        let (names, mut evidence) = self.names("recipient", &facts.recipient_kinds, |k| k);
        if named == 0 {
            let list = self.list(&names, "say.share", 0);
            return self.say("share", "say.share", &[("items", &list)], &evidence);
        }
        let first = facts.third_parties.first().map(|t| t.value.name.clone()).unwrap_or_default();
        evidence.splice(0..0, facts.third_parties.iter().take(1).flat_map(|t| t.clauses().iter().copied()));
        let count = named.to_string();
        let key = if names.is_empty() { "say.share.named" } else { "say.share.both" };
        let list = self.list(&names, key, first.chars().count());
        self.say("share", key, &[("items", &list), ("count", &count), ("name", &first)], &distinct(evidence))
    }

    fn store(self, facts: &Facts) -> Self {
        match &facts.storage_location {
            Some(place) => self.say("store", "say.store", &[("place", &place.value)], place.clauses()),
            None => self.silent("store"),
        }
    }

    fn abroad(self, facts: &Facts) -> Self {
        match &facts.cross_border {
            Some(found) => {
                let key = match found.value {
                    CrossBorder::None => "say.abroad.none",
                    CrossBorder::WithConsent => "say.abroad.with-consent",
                    CrossBorder::Exceptions => "say.abroad.exceptions",
                    CrossBorder::Yes => "say.abroad.yes",
                };
                self.say("abroad", key, &[], found.clauses())
            }
            None => self.silent("abroad"),
        }
    }

    fn retention(self, facts: &Facts) -> Self {
        match facts.retention.first() {
            Some(period) => match &period.value.duration {
                Some(duration) => {
                    let words = self.duration(duration);
                    self.say("retention", "say.retention", &[("period", &words)], period.clauses())
                }
                None => self.say("retention", "say.retention.vague", &[], period.clauses()),
            },
            None => self.silent("retention"),
        }
    }

    /// `P3M` in words.
    fn duration(&self, iso: &str) -> String {
        let number: String = iso.chars().filter(char::is_ascii_digit).collect();
        let key = match iso.chars().last() {
            Some('Y') => "period.years",
            Some('M') => "period.months",
            _ => "period.days",
        };
        self.messages.fill(key, &[("count", &number)])
    }

    fn rights(self, facts: &Facts) -> Self {
        if facts.rights.is_empty() {
            return self.silent("rights");
        }
        let (names, mut evidence) = self.names("right", &facts.rights, |r| r.right);
        let time = facts.response_time.as_ref();
        let key = match time.map(|t| t.value.working) {
            Some(true) => "say.rights.working",
            Some(false) => "say.rights.calendar",
            None => "say.rights",
        };
        evidence.splice(0..0, time.iter().flat_map(|t| t.clauses().iter().take(1).copied()));
        let days = time.map(|t| t.value.days.to_string()).unwrap_or_default();
        let list = self.list(&names, key, 0);
        self.say("rights", key, &[("items", &list), ("days", &days)], &distinct(evidence))
    }

    fn children(self, facts: &Facts) -> Self {
        match (&facts.minor_age, &facts.child_age) {
            (Some(minor), Some(child)) if minor.value != child.value => {
                let both = distinct(minor.clauses().iter().chain(child.clauses()).copied().collect());
                let (m, c) = (minor.value.to_string(), child.value.to_string());
                self.say("children", "say.children.both", &[("minor", &m), ("child", &c)], &both)
            }
            (Some(age), _) | (None, Some(age)) => {
                let years = age.value.to_string();
                self.say("children", "say.children", &[("age", &years)], age.clauses())
            }
            (None, None) => self.silent("children"),
        }
    }

    fn contact(self, facts: &Facts) -> Self {
        let mut values: Vec<&str> = Vec::new();
        let mut evidence = Vec::new();
        for kind in ["email", "phone", "address"] {
            if let Some(contact) = facts.contacts.iter().find(|c| c.value.kind == kind)
                && values.iter().map(|v| v.chars().count()).sum::<usize>() + contact.value.value.chars().count() <= 60
            {
                values.push(&contact.value.value);
                evidence.extend(contact.clauses().first());
            }
        }
        if values.is_empty() {
            return self.silent("contact");
        }
        let list = self.messages.join("list.comma", &values);
        self.say("contact", "say.contact", &[("items", &list)], &distinct(evidence))
    }
}

/// Keeps the first of each; the lists are as long as there are kinds of things.
fn distinct(clauses: Vec<usize>) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for clause in clauses {
        if !out.contains(&clause) {
            out.push(clause);
        }
    }
    out
}
