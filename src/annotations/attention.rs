//! Clauses and their sensitive marks → where the rules of `data/zh/attention.txt` fire → the points to show.
//!
//! Calling a guarantee a risk is worse than missing a risk: a negation in the stretch, the reader's own control in the
//! sentence, and definitions cancel a rule unless its group says that they do not.

use super::context::{self, Surroundings};

use super::{At, Category, Context, Kind, Mark, Place, Point};
use crate::lexicon::reading::Reading;
use crate::lexicon::{self, Group, group};
use std::ops::Range;
use std::sync::OnceLock;

/// Most points of one policy; more are no longer read.
const MOST: usize = 24;
/// Most good ones among them.
const MOST_GOOD: usize = 4;
/// Promises that are held against what is collected; a policy has a handful.
const MOST_PROMISES: usize = 64;

#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a line of the file")]
struct Rule {
    name: &'static str,
    group: Group,
    with: [Option<Group>; 2],
    unless: Option<Group>,
    /// Clauses with a hit of it are better evidence.
    first: Option<Group>,
    good: bool,
    negation_kept: bool,
    control_kept: bool,
    /// The rule is about a sensitive mark of this category.
    category: Option<Category>,
    /// Only a table row says it.
    row_only: bool,
    /// A table of recipients in the policy makes it void.
    no_table: bool,
    /// Groups that tell what a clause says more, with the rest of their names.
    more: Vec<(&'static str, Group)>,
}

/// The parts of a rule that are no sentence of its own.
const PARTS: [&str; 4] = [".with", ".and", ".unless", ".first"];

const PREFIX: &str = "attention.";

/// In the order of the file, which is the order of weight.
fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let all: Vec<_> = lexicon::groups(PREFIX).collect();
        let part = |name: &str, part: &str| {
            all.iter()
                .find(|(n, _)| n.strip_prefix(name).and_then(|n| n.strip_prefix('.')) == Some(part))
                .map(|(_, g)| *g)
        };
        let more = |name: &str| {
            let rest = |(n, g): &(&'static str, Group)| {
                let rest = n.strip_prefix(name).filter(|r| r.starts_with('.') && !PARTS.contains(r))?;
                Some((rest, *g))
            };
            all.iter().filter_map(rest).collect::<Vec<_>>()
        };
        let mut rules: Vec<Rule> = all
            .iter()
            .filter(|(_, g)| !lexicon::say(*g).is_empty())
            .map(|&(name, group)| {
                let set = |key: &str| lexicon::setting(group, key);
                Rule {
                    name: name.strip_prefix(PREFIX).unwrap_or(name),
                    group,
                    with: [part(name, "with"), part(name, "and")],
                    unless: part(name, "unless"),
                    first: part(name, "first"),
                    good: set("good") == "yes",
                    negation_kept: set("negation") == "kept",
                    control_kept: set("control") == "kept",
                    category: Category::ALL.into_iter().find(|c| c.as_str() == set("context")),
                    row_only: set("row") == "only",
                    no_table: set("table") == "no",
                    more: more(name),
                }
            })
            .collect();
        rules.sort_by_key(|r| r.group);
        rules
    })
}

/// The rules that fire in a clause, each with the words that set it off. `marks` are the clause's sensitive ones.
pub(super) fn fired(
    place: &Place<'_>,
    reading: &Reading<'_>,
    around: &Surroundings<'_>,
    marks: &[Mark],
) -> Vec<(&'static str, Range<usize>)> {
    if context::defines(reading, around) {
        return Vec::new();
    }
    let controlled = reading.has(group!("attention.control")) && !place.is_row();
    let fires = |rule: &Rule| -> Option<Range<usize>> {
        let held = rule.with.iter().flatten().all(|g| reading.has(*g)) && !rule.unless.is_some_and(|g| reading.has(g));
        if !held || (controlled && !rule.control_kept) || rule.row_only && !place.is_row() {
            return None;
        }
        let told = |at: usize| rule.category.is_none_or(|c| marks.iter().any(|m| tells(m, c, at)));
        let hits = reading.of(rule.group).iter().take(16);
        if !rule.negation_kept && hits.clone().any(|h| context::denies(reading, h.start())) {
            return None;
        }
        let hit = hits.clone().find(|h| told(h.start()))?;
        Some(hit.start()..hit.end())
    };
    rules().iter().filter_map(|r| fires(r).map(|span| (r.name, span))).collect()
}

/// Whether the mark says that information of the category at that place is collected, shared or used.
fn tells(mark: &Mark, wanted: Category, at: usize) -> bool {
    match mark.kind {
        Kind::Sensitive { category, context: Context::Collect | Context::Share | Context::Use, .. } => {
            category == wanted && mark.start <= at && at < mark.end
        }
        _ => false,
    }
}

pub(super) fn points(places: At<'_, '_>, marks: &[Mark]) -> Vec<Point> {
    // Rows of one table share their columns and caption: the first of them is enough.
    let mut table = std::ptr::null();
    let mut first = |p: &Place<'_>| {
        let columns = p.columns.map_or(std::ptr::null(), <[_]>::as_ptr).cast::<u8>();
        std::mem::replace(&mut table, columns) != columns
    };
    let recipients = (0..).map_while(places).any(|p| p.is_row() && first(&p) && context::names_recipients(&p));
    let fired = |name: &str| -> Vec<usize> {
        let here = |m: &&Mark| matches!(m.kind, Kind::Attention { rule } if rule == name);
        marks.iter().filter(here).map(|m| m.clause).collect()
    };
    let mut risks = Vec::new();
    let mut good = Vec::new();
    for rule in rules() {
        let clauses = if rule.group == group!("attention.contradiction") {
            contradiction(places, marks).map(Vec::from).unwrap_or_default()
        } else {
            evidence(rule, places, &fired(rule.name))
        };
        if clauses.is_empty() || (rule.no_table && recipients) {
            continue;
        }
        let list = if rule.good { &mut good } else { &mut risks };
        let first = clauses.first().and_then(|i| places(*i)).map_or("", |p| p.text);
        let reading = Reading::new(first);
        let said = rule.more.iter().find(|(_, g)| reading.has(*g)).map_or("", |(said, _)| said);
        let text = lexicon::say(rule.group).to_owned();
        list.push(Point { rule: rule.name, clauses, good: rule.good, said, text });
    }
    good.truncate(MOST_GOOD);
    risks.truncate(MOST - good.len());
    risks.append(&mut good);
    risks
}

/// The first clause in which the rule fired and the next, of another section where there is one; better evidence first.
fn evidence(rule: &Rule, places: At<'_, '_>, fired: &[usize]) -> Vec<usize> {
    let text = |i: usize| places(i).map_or("", |p| p.text);
    // A lead-in says less than what it leads to.
    let leads = |i: usize| text(i).ends_with([':', '\u{ff1a}']);
    let rank =
        |i: &usize| 2 * u8::from(leads(*i)) + u8::from(!rule.first.is_some_and(|g| Reading::new(text(*i)).has(g)));
    let ranks: Vec<u8> = fired.iter().map(rank).collect();
    let mut ranked = Vec::new();
    for rank in 0..4 {
        // Reading order among equals.
        ranked.extend(fired.iter().zip(&ranks).filter(|(_, r)| **r == rank).map(|(i, _)| *i));
    }
    let Some(&first) = ranked.first() else { return Vec::new() };
    let headings = |i: usize| places(i).map(|p| p.headings);
    let others = || ranked.iter().copied().filter(|&i| i != first && text(i) != text(first));
    let second = others().find(|&i| headings(i) != headings(first)).or_else(|| others().next());
    [Some(first), second].into_iter().flatten().collect()
}

/// A promise never to collect something and the first clause that collects it.
fn contradiction(places: At<'_, '_>, marks: &[Mark]) -> Option<[usize; 2]> {
    let sensitive = |m: &Mark| match m.kind {
        Kind::Sensitive { category, context, .. } => Some((category, context)),
        Kind::Attention { .. } => None,
    };
    let words = |m: &Mark| places(m.clause).and_then(|p| p.text.get(m.start..m.end)).unwrap_or_default();
    let mut promises: Vec<(usize, Category, &str)> = Vec::new();
    let mut judged = None;
    for mark in marks {
        let Some((category, Context::Deny)) = sensitive(mark) else { continue };
        let known = promises.last().is_some_and(|p| (p.0, p.1, p.2) == (mark.clause, category, words(mark)));
        if matches!(category, Category::Minors | Category::Other) || known || promises.len() >= MOST_PROMISES {
            continue;
        }
        let holds = match judged {
            Some((clause, holds)) if clause == mark.clause => holds,
            _ => places(mark.clause).is_some_and(|p| unconditional(&p)),
        };
        judged = Some((mark.clause, holds));
        if holds {
            promises.push((mark.clause, category, words(mark)));
        }
    }
    if promises.is_empty() {
        return None;
    }
    let mut judged = None;
    let mut collecting = Vec::new();
    for mark in marks {
        let Some((category, Context::Collect)) = sensitive(mark) else { continue };
        let holds = match judged {
            Some((clause, holds)) if clause == mark.clause => holds,
            _ => places(mark.clause).is_some_and(|p| collects(&p)),
        };
        judged = Some((mark.clause, holds));
        if holds {
            collecting.push((mark.clause, category, words(mark)));
        }
    }
    promises.into_iter().find_map(|(promise, category, denied)| {
        // Everything of the category is meant, or only what the same words name.
        let whole = Reading::only(denied, [group!("attention.contradiction.whole")])
            .has(group!("attention.contradiction.whole"));
        let same = |words: &str| whole || words.contains(denied) || denied.contains(words);
        let found = collecting.iter().find(|(clause, c, words)| *c == category && *clause != promise && same(words))?;
        Some([promise, found.0])
    })
}

/// Whether a clause promises not to collect, with no condition of its own or of its list's lead-in.
fn unconditional(place: &Place<'_>) -> bool {
    let reading =
        Reading::only(place.text, [group!("attention.contradiction.with"), group!("attention.contradiction.unless")]);
    reading.has(group!("attention.contradiction.with"))
        && !reading.has(group!("attention.contradiction.unless"))
        && !place.lead.is_some_and(|lead| {
            Reading::only(lead, [group!("attention.contradiction.unless")])
                .has(group!("attention.contradiction.unless"))
        })
}

/// Whether it is a table row, or says in so many words that something is collected.
fn collects(place: &Place<'_>) -> bool {
    place.is_row()
        || Reading::only(place.text, [group!("attention.contradiction.and")]).has(group!("attention.contradiction.and"))
}
