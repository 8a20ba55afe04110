//! Clauses → [`Facts`]: what the policy states, every value with the clauses it was read from.
//!
//! The words are in `data/zh/facts.txt` and `data/zh/items.txt`; one file here per group of facts. A fact that no clause
//! states stays `None` or empty: nothing is guessed.

mod abroad;
mod collection;
mod contacts;
mod dates;
mod limits;
mod party;
mod rights;

use crate::blocks::Document;
use crate::clauses::{Clause, Kind};
use crate::lexicon::{self, Group, Hit, group};
use crate::outline::Outline;
use crate::text::{Evidenced, Span};

pub use abroad::CrossBorder;
pub use collection::{DataItem, Permission, Recipient};
pub use contacts::Contact;
pub use limits::{Period, ResponseTime};
pub use rights::Right;

/// What the policy states.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What the policy is about.
    pub product: Option<Evidenced<String>>,
    /// Full legal name of who decides on the processing.
    pub controller: Option<Evidenced<String>>,
    /// First published, ISO 8601.
    pub published: Option<Evidenced<String>>,
    /// Last changed, ISO 8601.
    pub updated: Option<Evidenced<String>>,
    /// In force since, ISO 8601.
    pub effective: Option<Evidenced<String>>,
    /// Ways to reach the controller.
    pub contacts: Vec<Evidenced<Contact>>,
    /// Who is in charge of personal information.
    pub officer: Option<Evidenced<String>>,
    /// How soon a request is answered.
    pub response_time: Option<Evidenced<ResponseTime>>,
    /// Below this age a person counts as a minor.
    pub minor_age: Option<Evidenced<u32>>,
    /// Below this age a person counts as a child.
    pub child_age: Option<Evidenced<u32>>,
    /// Where information is stored.
    pub storage_location: Option<Evidenced<String>>,
    /// Whether it leaves the country.
    pub cross_border: Option<Evidenced<CrossBorder>>,
    /// How long it is kept.
    pub retention: Vec<Evidenced<Period>>,
    /// Items of information that are collected, by the key of their name.
    pub data_items: Vec<Evidenced<DataItem>>,
    /// System permissions, by the key of their name.
    pub permissions: Vec<Evidenced<Permission>>,
    /// Named recipients.
    pub third_parties: Vec<Evidenced<Recipient>>,
    /// Kinds of recipients, by the key of their name.
    pub recipient_kinds: Vec<Evidenced<&'static str>>,
    /// What a reader may ask for.
    pub rights: Vec<Evidenced<Right>>,
    /// Cases in which information is used without consent.
    pub consent_exceptions: Option<Evidenced<usize>>,
    /// The same for sharing.
    pub share_consent_exceptions: Option<Evidenced<usize>>,
    /// Cookies are used; whether the policy says how to refuse them.
    pub cookies: Option<Evidenced<bool>>,
}

/// Reads the facts.
#[must_use]
pub fn extract(document: &Document, outline: &Outline, clauses: &[Clause]) -> Facts {
    let policy = Policy::new(document, outline, clauses);
    let mut facts =
        Facts { product: party::product(&policy), controller: party::controller(&policy), ..Facts::default() };
    dates::read(&policy, &mut facts);
    contacts::read(&policy, &mut facts);
    limits::read(&policy, &mut facts);
    abroad::read(&policy, &mut facts);
    collection::read(&policy, &mut facts);
    rights::read(&policy, &mut facts);
    facts
}

/// Clauses behind a lead-in that are looked at.
const MOST_ITEMS: usize = 200;

/// A [`Hit`] in half the space, as there are several in every clause.
#[derive(Clone, Copy)]
struct Word {
    start: u32,
    end: u32,
    group: Group,
}

/// Clauses with the words of the lists in them, found once.
struct Policy<'d> {
    document: &'d Document,
    outline: &'d Outline,
    clauses: &'d [Clause],
    /// By clause, group and start.
    words: Vec<Word>,
    /// For each clause, how many words there are up to its end.
    ends: Vec<usize>,
    /// For each section, the words in its title and those of the sections around it.
    headings: Vec<Vec<Group>>,
    /// For each table, the words in each of its header cells.
    columns: Vec<Vec<Vec<Group>>>,
}

impl<'d> Policy<'d> {
    fn new(document: &'d Document, outline: &'d Outline, clauses: &'d [Clause]) -> Self {
        // One list for all: a list each would cost more than the hits in them.
        let mut words: Vec<Word> = Vec::new();
        let mut ends = Vec::with_capacity(clauses.len());
        for clause in clauses {
            let mut hits = lexicon::scan(document.text.slice(clause.span));
            hits.sort_by_key(|h| h.group); // stable: starts stay in order
            if words.capacity() - words.len() < hits.len() {
                // By a quarter, not by twice: this is the largest thing that any stage holds.
                words.reserve_exact(hits.len() + words.len() / 4);
            }
            words.extend(hits.iter().map(|h| Word { start: h.start as u32, end: h.end as u32, group: h.group }));
            ends.push(words.len());
        }
        let mut headings: Vec<Vec<Group>> = Vec::with_capacity(outline.sections.len());
        for section in &outline.sections {
            let mut words: Vec<Group> = section.parent.and_then(|p| headings.get(p)).cloned().unwrap_or_default();
            words.extend(lexicon::scan(document.text.slice(section.title)).iter().map(|h| h.group));
            words.sort_unstable();
            words.dedup();
            headings.push(words);
        }
        let cell = |c: &Span| lexicon::scan(document.text.slice(*c)).iter().map(|h| h.group).collect();
        let columns = document.tables.iter().map(|t| t.columns.iter().map(cell).collect()).collect();
        Self { document, outline, clauses, words, ends, headings, columns }
    }

    fn text(&self, clause: usize) -> &'d str {
        self.clauses.get(clause).map_or("", |c| self.document.text.slice(c.span))
    }

    /// The words of a list in a clause.
    fn hits_of(&self, clause: usize, wanted: Group) -> impl Iterator<Item = Hit> {
        let from = clause.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let words = self.ends.get(clause).and_then(|to| self.words.get(from..*to)).unwrap_or(&[]);
        // A lead-in is asked once for each of its items.
        let (from, to) = (words.partition_point(|w| w.group < wanted), words.partition_point(|w| w.group <= wanted));
        words.get(from..to).unwrap_or(&[]).iter().map(|w| Hit {
            start: w.start as usize,
            end: w.end as usize,
            group: w.group,
        })
    }

    fn hits(&self, clause: usize, name: &str) -> impl Iterator<Item = Hit> {
        self.hits_of(clause, group(name))
    }

    fn has(&self, clause: usize, name: &str) -> bool {
        self.hits(clause, name).next().is_some()
    }

    fn has_all(&self, clause: usize, names: &[&str]) -> bool {
        names.iter().all(|n| self.has(clause, n))
    }

    /// Whether a word stands in the title of the clause's section or of one around it.
    fn headed(&self, clause: usize, name: &str) -> bool {
        let wanted = group(name);
        self.clauses.get(clause).and_then(|c| self.headings.get(c.section)).is_some_and(|h| h.contains(&wanted))
    }

    fn is_row(&self, clause: usize) -> bool {
        self.clauses.get(clause).is_some_and(|c| matches!(c.kind, Kind::Row(..)))
    }

    fn len(&self) -> usize {
        self.clauses.len()
    }

    /// Clauses that the clause introduces as a list; the first of them are enough, and keep this linear.
    fn items(&self, lead: usize) -> impl Iterator<Item = usize> {
        (lead + 1..self.len())
            .take(MOST_ITEMS)
            .take_while(move |i| {
                self.clauses.get(*i).is_some_and(|c| {
                    c.lead.is_some_and(|l| l >= lead) || c.kind == Kind::Sentence && self.same_block(*i, i - 1)
                })
            })
            .filter(move |i| self.clauses.get(*i).is_some_and(|c| c.lead == Some(lead) && c.kind != Kind::Sentence))
    }

    fn same_block(&self, a: usize, b: usize) -> bool {
        matches!((self.clauses.get(a), self.clauses.get(b)), (Some(a), Some(b)) if a.block == b.block)
    }

    /// A line that is the policy's title, for facts that stand in it.
    fn title(&self) -> &'d str {
        self.outline.title.map_or("", |t| self.document.text.slice(t))
    }

    fn cells(&self, table: usize, row: usize) -> Vec<&'d str> {
        let cells: &[Span] = self.document.tables.get(table).and_then(|t| t.rows.get(row)).map_or(&[], Vec::as_slice);
        cells.iter().map(|c| self.document.text.slice(*c)).collect()
    }
}
