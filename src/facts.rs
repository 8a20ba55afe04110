//! Clauses → [`Facts`]: what the policy states, every value with the clauses it was read from.
//!
//! The words are in `data/zh/facts.txt` and `data/zh/items.txt`; one file here per group of facts. A fact that no clause
//! states stays `None` or empty: nothing is guessed.

mod abroad;
mod collection;
mod company;
mod contacts;
mod dates;
mod kept;
mod limits;
mod may;
mod party;
mod permissions;
mod product;
mod rights;
mod told;
mod ways;

use crate::blocks::Document;
use crate::clauses::{Clause, Kind};
use crate::lexicon::{Group, Hit, Reading};
use crate::outline::Outline;
use crate::practices::{Practice, Practices};
use crate::steps::pause;
use crate::text::{Evidenced, Span};
use crate::tokens::Tokens;

pub use abroad::CrossBorder;
pub use collection::{DataItem, Recipient};
pub use contacts::Contact;
pub use kept::{Period, is_timed};
pub use limits::{ResponseTime, below};
pub use permissions::Permission;
pub use rights::Right;

/// What the policy states.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What the policy is about.
    pub product: Option<Evidenced<String>>,
    /// Full legal name of who decides on the processing.
    pub controller: Option<Evidenced<String>>,
    /// Others that are responsible together with it.
    pub also: Vec<Evidenced<String>>,
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
    /// What is promised of it is said of now alone.
    pub abroad_for_now: bool,
    /// It is said that it does not, whatever may be later.
    pub abroad_denied: bool,
    /// How long it is kept.
    pub retention: Vec<Evidenced<Period>>,
    /// Items of information that are collected, by the key of their name.
    pub data_items: Vec<Evidenced<DataItem>>,
    /// System permissions, by the key of their name.
    pub permissions: Vec<Evidenced<Permission>>,
    /// Named recipients.
    pub third_parties: Vec<Evidenced<Recipient>>,
    /// Affiliates by their legal names.
    pub affiliates: Vec<Evidenced<String>>,
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
pub async fn extract(
    document: &Document,
    outline: &Outline,
    clauses: &[Clause],
    tokens: &Tokens<'_>,
    practices: &Practices,
) -> Facts {
    let policy = Policy::new(document, outline, clauses, tokens, practices);
    let mut facts = Facts::default();
    party::read(&policy, &mut facts);
    pause().await;
    dates::read(&policy, &mut facts);
    pause().await;
    contacts::read(&policy, &mut facts);
    pause().await;
    limits::read(&policy, &mut facts);
    kept::read(&policy, &mut facts);
    pause().await;
    abroad::read(&policy, &mut facts);
    pause().await;
    collection::read(&policy, &mut facts);
    pause().await;
    rights::read(&policy, &mut facts);
    facts
}

/// Clauses behind a lead-in that are looked at: enough to count a list, and linear.
const MOST_ITEMS: usize = 200;

/// Clauses, titles and column heads with the words of the lists in them.
struct Policy<'d> {
    document: &'d Document,
    outline: &'d Outline,
    clauses: &'d [Clause],
    tokens: &'d Tokens<'d>,
    practices: &'d Practices,
    /// By table.
    columns: Vec<Vec<Reading<'d>>>,
}

impl<'d> Policy<'d> {
    fn new(
        document: &'d Document,
        outline: &'d Outline,
        clauses: &'d [Clause],
        tokens: &'d Tokens<'d>,
        practices: &'d Practices,
    ) -> Self {
        let columns = (0..document.tables.len()).map(|table| tokens.columns(table)).collect();
        Self { document, outline, clauses, tokens, practices, columns }
    }

    fn len(&self) -> usize {
        self.clauses.len()
    }

    fn text(&self, clause: usize) -> &'d str {
        self.clauses.get(clause).map_or("", |c| self.document.text.slice(c.span))
    }

    fn hits(&self, clause: usize, group: Group) -> &'d [Hit] {
        self.tokens.of(clause, group)
    }

    /// What a clause says is done.
    fn practices(&self, clause: usize) -> &'d [Practice] {
        self.practices.of(clause)
    }

    /// A stretch of the document.
    fn slice(&self, span: Span) -> &'d str {
        self.document.text.slice(span)
    }

    fn has(&self, clause: usize, group: Group) -> bool {
        self.tokens.has(clause, group)
    }

    /// Whether a word stands in the title of the clause's section or of one around it.
    fn headed(&self, clause: usize, group: Group) -> bool {
        self.clauses.get(clause).is_some_and(|clause| self.headed_section(clause.section(), group))
    }

    /// The same for a section.
    fn headed_section(&self, section: usize, group: Group) -> bool {
        let mut next = Some(section);
        while let Some((at, section)) = next.and_then(|at| Some((at, self.outline.sections.get(at)?))) {
            if self.tokens.title_has(at, group) {
                return true;
            }
            next = section.parent();
        }
        false
    }

    /// Table and row, for a clause that is one.
    fn row(&self, clause: usize) -> Option<(usize, usize)> {
        let clause = self.clauses.get(clause).filter(|c| c.kind == Kind::Row)?;
        self.document.row(clause.block())
    }

    fn is_row(&self, clause: usize) -> bool {
        self.row(clause).is_some()
    }

    /// Readings of the header cells of a table.
    fn columns(&self, table: usize) -> &[Reading<'d>] {
        self.columns.get(table).map_or(&[], Vec::as_slice)
    }

    fn cell(&self, table: usize, row: usize, column: usize) -> &'d str {
        self.document.text.slice(self.document.cell(table, row, column))
    }

    fn same_block(&self, a: usize, b: usize) -> bool {
        matches!((self.clauses.get(a), self.clauses.get(b)), (Some(a), Some(b)) if a.block() == b.block())
    }

    /// How many clauses the clause introduces as a list.
    fn items(&self, lead: usize) -> usize {
        let mut count = 0;
        for (at, clause) in self.clauses.iter().enumerate().skip(lead + 1).take(MOST_ITEMS) {
            let sentence = clause.kind == Kind::Sentence;
            if clause.lead().is_none_or(|l| l < lead) && !(sentence && self.same_block(at, at - 1)) {
                break;
            }
            count += usize::from(clause.lead() == Some(lead) && !sentence);
        }
        count
    }

    /// A line that is the policy's title, for facts that stand in it.
    fn title(&self) -> &'d str {
        self.outline.title.map_or("", |t| self.document.text.slice(t))
    }
}

/// The clause's words that a hit stands on.
fn words<'t>(text: &'t str, hit: &Hit) -> &'t str {
    text.get(hit.start()..hit.end()).unwrap_or("")
}

/// The first `count` characters of a text.
fn head(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// The last `count` characters of a text.
fn tail(text: &str, count: usize) -> &str {
    let start = text.char_indices().nth_back(count.saturating_sub(1)).map_or(0, |(start, _)| start);
    text.get(start..).unwrap_or("")
}
