//! A reading → the terms of sensitive personal information in it.
//!
//! Rules of `data/zh/sensitive.txt`: a group `sensitive.CATEGORY.PART` with its `standards`, and conditions on the
//! group: `needs` (another group must be hit nearby), `with` (in the same sentence), `unless` (must not be hit) and `joins`
//! (must follow). A term that names a feature, a trade or a company is none.

use super::context::{self, Surroundings};

use super::{Category, STANDARDS};
use crate::lexicon::edges::Edges;
use crate::lexicon::reading::Reading;
use crate::lexicon::{self, Group, Hit, group, keys};
use std::sync::OnceLock;

/// Sensitive information named in a clause.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub start: usize,
    pub end: usize,
    pub category: Category,
    pub standards: u8,
}

#[derive(Debug)]
struct Rule {
    group: Group,
    category: Category,
    standards: u8,
    needs: Option<Group>,
    with: Option<Group>,
    unless: Option<Group>,
    /// The group that must follow, and within how many bytes.
    joins: Option<(Group, usize)>,
}

/// Bytes of an ideograph in UTF-8: distances in data/ are given in characters.
const IDEOGRAPH: usize = 3;

fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| keys!("sensitive.").filter_map(|(name, group)| rule(name, group)).collect())
}

fn rule(name: &str, group: Group) -> Option<Rule> {
    let part = name.split('.').next()?;
    let category = Category::ALL.into_iter().find(|c| c.as_str() == part)?;
    let mut rule = Rule { group, category, standards: 0, needs: None, with: None, unless: None, joins: None };
    for (key, value) in lexicon::settings(group) {
        let mut words = value.split(' ');
        match key {
            "standards" => {
                rule.standards =
                    words.filter_map(|w| STANDARDS.iter().position(|s| *s == w)).fold(0, |b, i| b | 1 << i);
            }
            "needs" => rule.needs = words.next().map(lexicon::numbered),
            "with" => rule.with = words.next().map(lexicon::numbered),
            "unless" => rule.unless = words.next().map(lexicon::numbered),
            "joins" => {
                let other = words.next().map(lexicon::numbered);
                let reach = words.next().and_then(|w| w.parse::<usize>().ok());
                rule.joins = other.zip(reach.map(|r| r * IDEOGRAPH));
            }
            _ => {}
        }
    }
    (rule.standards != 0).then_some(rule)
}

/// All terms, by rule, then start; those of one category may overlap.
pub(super) fn terms(reading: &Reading<'_>, around: &Surroundings<'_>) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut edges: Option<Edges> = None;
    for rule in rules() {
        for hit in reading.of(rule.group) {
            if let Ok(term) = accept(rule, hit, reading, around) {
                if edges.get_or_insert_with(|| Edges::new(reading)).cut(reading.text, hit) {
                    continue;
                }
                terms.push(term);
            }
        }
    }
    terms
}

/// Why hits of the lists are no terms here, a line each.
pub(super) fn refused(reading: &Reading<'_>, around: &Surroundings<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for rule in rules() {
        for hit in reading.of(rule.group) {
            let cut = Edges::new(reading).cut(reading.text, hit).then_some("it is cut out of other words");
            if let Some(why) = accept(rule, hit, reading, around).err().or(cut) {
                let words = reading.text.get(hit.start()..hit.end()).unwrap_or_default();
                lines.push(format!("{words}: not {}: {why}", rule.category.as_str()));
            }
        }
    }
    lines
}

fn accept(rule: &Rule, hit: &Hit, reading: &Reading<'_>, around: &Surroundings<'_>) -> Result<Term, &'static str> {
    let (_, stretch_end) = reading.stretch(hit.start());
    let reference = bracket(reading.text, hit.start());
    if reference == Some('\u{300a}') && rule.category != Category::Minors
        || reference == Some('\u{3010}') && rule.group == group!("sensitive.other.generic")
    {
        return Err("it stands in the name of a document or section");
    }
    if rule.needs.is_some_and(|g| !reading.has(g) && !around.has(g)) {
        return Err("nothing near it tells that it is data");
    }
    if rule.with.is_some_and(|g| !reading.has(g)) {
        return Err("nothing in its sentence tells that it is of somebody");
    }
    if rule.unless.is_some_and(|g| reading.has(g) || around.titled(g)) {
        return Err("another word of the sentence tells that it is something else");
    }
    let mut end = hit.end();
    if let Some((other, reach)) = rule.joins {
        let to = stretch_end.min(hit.end() + reach);
        match reading.after(other, hit.end(), to) {
            Some(next) => end = next.end(),
            None => return Err("no record of it is named"),
        }
    }
    if is_feature(rule, hit.start(), end, reading) {
        return Err("it names a feature or a trade");
    }
    if rule.category == Category::Other && context::tells_harm(reading) {
        return Err("it is the definition of the word");
    }
    Ok(Term { start: hit.start(), end, category: rule.category, standards: rule.standards })
}

/// Whether the term is followed by a word for a program, feature or trade, or stands in a list that ends in one.
fn is_feature(rule: &Rule, start: usize, end: usize, reading: &Reading<'_>) -> bool {
    if reading.after(group!("context.third.tool"), end, end + 1).is_some() {
        return true;
    }
    let weak = matches!(
        rule.category,
        Category::FinancialAccount
            | Category::LocationTracking
            | Category::Communications
            | Category::Browsing
            | Category::MedicalHealth
    );
    if !weak {
        return false;
    }
    let collect = group!("context.verb.collect");
    let (from, stretch_end) = reading.stretch(start);
    // The last noun of a compound is what it is about, whatever is done with it: a service, or the data of one.
    let within =
        |group, at| reading.after(group, at, stretch_end).filter(|next: &Hit| next.start() == at).map(|n| n.end());
    let suffix = group!("sensitive.feature.suffix");
    let middle = within(group!("sensitive.feature.middle"), end);
    let named = within(suffix, end).or_else(|| within(suffix, middle?));
    let named = named.is_some_and(|after| within(group!("sensitive.feature.data"), after).is_none());
    // A call that a feature records is recorded.
    let recorded = rule.category == Category::Communications;
    if reading.before(collect, from, start).is_some() {
        return named && !recorded;
    }
    if named {
        return true;
    }
    let Some(list_end) = reading.after(group!("sensitive.feature.list"), end, stretch_end) else { return false };
    // A list is short and has no verb of collecting in it.
    list_end.start() - end <= 40 * IDEOGRAPH && reading.within(collect, end, list_end.start()).is_empty()
}

/// The last bracket before a place that opens or closes a name: of a document's `《…》` or a section's, a page's, a button's `【…】`.
pub(super) fn bracket(text: &str, at: usize) -> Option<char> {
    let before = text.get(..at)?;
    before.chars().rev().take(30).find(|c| "\u{300a}\u{300b}\u{3010}\u{3011}".contains(*c))
}
