//! Everything the stages found, as plain data: what `view` renders and what inspection prints.

use crate::annotations::{Mark, Point};
use crate::blocks::Document;
use crate::checklist::Item;
use crate::clauses::Clause;
use crate::facts::Facts;
use crate::labels::Label;
use crate::lexicon::script::Simplified;
use crate::outline::Outline;
use crate::practices::Practices;
use crate::summary::Line;
use crate::unread::Unread;

/// The whole analysis of one source. All spans are bytes of `document.text`.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// Canonical text and blocks.
    pub document: Document,
    /// Sections, and what each block is.
    pub outline: Outline,
    /// In reading order.
    pub clauses: Vec<Clause>,
    /// One per clause.
    pub labels: Vec<Label>,
    /// Who does what with which information, by clause.
    pub practices: Practices,
    /// By clause, then by start.
    pub marks: Vec<Mark>,
    /// Points worth attention, then good ones.
    pub points: Vec<Point>,
    /// What the policy states.
    pub facts: Facts,
    /// What the law asks a policy to state.
    pub checklist: Vec<Item>,
    /// The card's lines.
    pub card: Vec<Line>,
    /// BCP 47.
    pub language: &'static str,
    /// Why there is no card, or one of what is sure only.
    pub unread: Option<Unread>,
    /// Where the source is in Traditional Chinese, what the stages read instead: facts and card are in its characters, and
    /// go back in `view`.
    pub simplified: Option<Simplified>,
    /// What the program was unsure of.
    pub notes: Vec<String>,
}
