//! Clauses with their surroundings → marks (sensitive information in its context, points worth attention) and the
//! points themselves.
//!
//! ```text
//! Place ─reading─▶ hits by group, stretches ─sensitive─▶ terms ─context─▶ Mark::Sensitive
//!                                           ─attention─▶ Mark::Attention ─▶ Point (with contradictions)
//! ```
//! What counts as sensitive: PIPL article 28, GB/T 35273-2020 appendix B, GB/T 45574-2025 appendix A
//! (`data/zh/sensitive.txt`). What it is said in connection with: `data/zh/context.txt`. What deserves attention:
//! `data/zh/attention.txt`.

mod attention;
mod context;
mod places;
mod printed;
mod said;
mod sensitive;

pub use places::Places;

use crate::lexicon::Group;
use crate::lexicon::reading::{self, Reading};
use crate::practices::Practice;
use crate::steps::beat;
use crate::text::Span;
use attention::Fired;
use context::Surroundings;
use sensitive::Term;
use std::ops::Range;

/// A clause and what stands around it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// The clause's text.
    pub text: &'a str,
    /// Titles from the outermost section to its own.
    pub headings: &'a [&'a str],
    /// The sentence that introduces the list of which the clause is an item.
    pub lead: Option<&'a str>,
    /// Column heads, for a table row.
    pub columns: Option<&'a [&'a str]>,
    /// The line above the table, or `""`.
    pub caption: &'a str,
    /// The sentence before in the same paragraph.
    pub prev: Option<&'a str>,
    /// What it says that is done with information.
    pub practices: &'a [Practice],
    /// Where the clause starts in the text that the practices' stretches are of.
    pub base: usize,
}

impl Place<'_> {
    /// Whether it is a table row.
    fn is_row(&self) -> bool {
        self.columns.is_some()
    }
}

/// The place of the clause with an index.
pub type At<'f, 'a> = &'f dyn Fn(usize) -> Option<Place<'a>>;

/// A kind of sensitive personal information.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs, reason = "the variants are the contract's own words")]
pub enum Category {
    Biometric,
    Religion,
    SpecificIdentity,
    MedicalHealth,
    FinancialAccount,
    LocationTracking,
    Minors,
    Communications,
    Credentials,
    Browsing,
    Other,
}

impl Category {
    /// All of them, in the order of the contract.
    pub const ALL: [Self; 11] = [
        Self::Biometric,
        Self::Religion,
        Self::SpecificIdentity,
        Self::MedicalHealth,
        Self::FinancialAccount,
        Self::LocationTracking,
        Self::Minors,
        Self::Communications,
        Self::Credentials,
        Self::Browsing,
        Self::Other,
    ];

    /// The contract's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Biometric => "biometric",
            Self::Religion => "religion",
            Self::SpecificIdentity => "specific-identity",
            Self::MedicalHealth => "medical-health",
            Self::FinancialAccount => "financial-account",
            Self::LocationTracking => "location-tracking",
            Self::Minors => "minors",
            Self::Communications => "communications",
            Self::Credentials => "credentials",
            Self::Browsing => "browsing",
            Self::Other => "other",
        }
    }
}

/// In which connection sensitive information is named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Context {
    /// It is collected.
    Collect,
    /// Others get it.
    Share,
    /// It is put to a use.
    Use,
    /// The policy says that it is not collected or not passed on.
    Deny,
    /// A definition or a list of what counts as sensitive.
    Define,
    /// It is guarded.
    Protect,
    /// The reader may see, change, delete or withhold it.
    Right,
}

impl Context {
    /// The contract's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::Share => "share",
            Self::Use => "use",
            Self::Deny => "deny",
            Self::Define => "define",
            Self::Protect => "protect",
            Self::Right => "right",
        }
    }
}

/// The standards' names, lowest bit of [`Kind::Sensitive`]'s `standards` first.
pub const STANDARDS: [&str; 3] = ["pipl-28", "gbt-35273", "gbt-45574"];

/// A highlighted stretch of a clause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Index of the clause's place.
    pub clause: usize,
    /// Byte offset into the clause's text.
    pub start: usize,
    /// Byte offset into the clause's text.
    pub end: usize,
    /// What it marks.
    pub kind: Kind,
}

/// What a mark marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Sensitive personal information.
    Sensitive {
        /// What kind.
        category: Category,
        /// Bits, in the order of [`STANDARDS`]: the regimes under which it is sensitive.
        standards: u8,
        /// In which connection.
        context: Context,
    },
    /// A rule of [`points`] fired here.
    Attention {
        /// The rule's name.
        rule: &'static str,
        /// Somebody else does what it tells, or gets what it tells of.
        third: bool,
    },
}

/// A point worth attention, or a good one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Point {
    /// The rule that fired.
    pub rule: &'static str,
    /// Indices of places; one to five.
    pub clauses: Vec<usize>,
    /// Speaks for the policy.
    pub good: bool,
    /// What its clause says more than others of the rule: the rest of the name of a group of words, `.balance`, or `""`.
    pub said: &'static str,
    /// What it tells is done by others, or with them.
    pub third: bool,
    /// Neutral words for people.
    pub text: String,
}

/// Marks sensitive information and what the attention rules found, by clause and start. `read` gives the reading of a
/// place's text. Linear in the texts.
#[must_use]
pub async fn find<'a>(places: At<'_, 'a>, read: &dyn Fn(usize, &'a str) -> Reading<'a>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut around = Surroundings::default();
    for clause in 0.. {
        let Some(place) = &places(clause) else { break };
        beat(clause).await;
        let reading = &read(clause, place.text);
        around.enter(place, reading);
        let from = marks.len();
        for term in sensitive::terms(reading, &around) {
            let (context, _) = context::decide(reading, &around, &term);
            let kind = Kind::Sensitive { category: term.category, standards: term.standards, context };
            marks.push(Mark { clause, start: term.start, end: term.end, kind });
        }
        join(&mut marks, from, place.text);
        let fired = attention::fired(place, reading, &around, marks.get(from..).unwrap_or_default());
        for Fired { rule, span, third } in fired {
            marks.push(Mark { clause, start: span.start, end: span.end, kind: Kind::Attention { rule, third } });
        }
        if let Some(new) = marks.get_mut(from..) {
            sort(new, |a, b| (a.start, a.end).cmp(&(b.start, b.end)));
        }
        around.leave(place, reading);
    }
    marks
}

/// Marks what a policy prints in bold and takes, where it says that this is how it prints what is sensitive. `has` tells whether a
/// term of a group stands in a clause, `bold` is by start.
pub fn printed(marks: &mut Vec<Mark>, bold: &[Span], places: At<'_, '_>, has: &dyn Fn(usize, Group) -> bool) {
    printed::mark(marks, bold, places, has);
}

/// In clauses on what the reader owes or who answers for what (`terms`), information is named and guarded, not taken, and
/// only points on such matters are points.
pub fn bind(marks: &mut Vec<Mark>, terms: &dyn Fn(usize) -> bool) {
    let points = crate::lexicon::set!("practice.chapter.terms", "points");
    marks.retain_mut(|mark| match &mut mark.kind {
        _ if !terms(mark.clause) => true,
        Kind::Sensitive { context, .. } => {
            if matches!(context, Context::Collect | Context::Share | Context::Use) {
                *context = Context::Protect;
            }
            true
        }
        Kind::Attention { rule, .. } => points.split(' ').any(|kept| kept == *rule),
    });
}

/// Joins the marks from `from` on that say the same and touch, overlap or have only a comma of a list between them.
fn join(marks: &mut Vec<Mark>, from: usize, text: &str) {
    let mut new = marks.split_off(from);
    sort(&mut new, |a, b| (category(a), a.start, a.end).cmp(&(category(b), b.start, b.end)));
    for mark in new {
        match marks.get_mut(from..).and_then(|m| m.last_mut()) {
            Some(last) if joinable(last, &mark, text) => {
                if let (Kind::Sensitive { standards: a, .. }, Kind::Sensitive { standards: b, .. }) =
                    (&mut last.kind, mark.kind)
                {
                    *a |= b;
                }
                last.end = last.end.max(mark.end);
            }
            _ => marks.push(mark),
        }
    }
}

/// One compiled form for both orders.
fn sort(marks: &mut [Mark], order: fn(&Mark, &Mark) -> std::cmp::Ordering) {
    marks.sort_by(order);
}

fn category(mark: &Mark) -> Option<Category> {
    match mark.kind {
        Kind::Sensitive { category, .. } => Some(category),
        Kind::Attention { .. } => None,
    }
}

fn joinable(a: &Mark, b: &Mark, text: &str) -> bool {
    let (
        Kind::Sensitive { category: ca, standards: sa, context: xa },
        Kind::Sensitive { category: cb, standards: sb, context: xb },
    ) = (a.kind, b.kind)
    else {
        return false;
    };
    if ca != cb || (xa != xb && b.start >= a.end) {
        return false;
    }
    b.start <= a.end || (sa == sb && text.get(a.end..b.start).is_some_and(reading::is_list_comma))
}

/// The points worth attention of the whole policy, at most 24, then the good ones, each with at most five clauses.
/// A contradiction names the promise first. `marks` are those that [`find`] gave for the same places; those of rules that
/// miss what the policy states, as `known` tells, are taken out.
#[must_use]
pub fn points(places: At<'_, '_>, marks: &mut Vec<Mark>, known: Known<'_>) -> Vec<Point> {
    attention::points(places, marks, known)
}

/// What a policy states, for the rules that miss it.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// A way to reach who is responsible.
    pub contacts: bool,
    /// Who is responsible.
    pub company: bool,
    /// Clauses that state how long something is kept.
    pub periods: &'a [usize],
}

/// Says of each sensitive term of a clause why it is marked as it is, a line each, and which look-alikes and rules
/// played a part. Sees no clause before this one.
#[must_use]
pub fn explain(place: &Place<'_>) -> Vec<String> {
    let reading = Reading::new(place.text);
    let mut around = Surroundings::default();
    around.enter(place, &reading);
    let mut lines = Vec::new();
    let mut marks = Vec::new();
    for term in sensitive::terms(&reading, &around) {
        let (context, why) = context::decide(&reading, &around, &term);
        let Term { start, end, category, standards } = term;
        marks.push(Mark { clause: 0, start, end, kind: Kind::Sensitive { category, standards, context } });
        let words = place.text.get(start..end).unwrap_or_default();
        let named: Vec<&str> =
            STANDARDS.iter().enumerate().filter(|(i, _)| standards >> i & 1 == 1).map(|(_, s)| *s).collect();
        let (category, context) = (category.as_str(), context.as_str());
        lines.push(format!("{words}: {category} [{}] as {context}: {why}", named.join(", ")));
    }
    lines.extend(sensitive::refused(&reading, &around));
    for Fired { rule, span: Range { start, end }, .. } in attention::fired(place, &reading, &around, &marks) {
        lines.push(format!("{}: attention {rule}", place.text.get(start..end).unwrap_or_default()));
    }
    lines
}
