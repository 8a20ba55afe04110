//! Clauses and headings → where each subject of the card is spoken of: silence is said only where it is nowhere.

use crate::clauses::Clause;
use crate::lexicon::{Group, group};
use crate::outline::Outline;
use crate::tokens::Tokens;

/// The subjects of which a policy may be silent, with the words that speak of them.
const SUBJECTS: [(&str, Group); 9] = [
    ("abroad", group!("card.subject.abroad")),
    ("children", group!("card.subject.children")),
    ("collect", group!("card.subject.collect")),
    ("contact", group!("card.subject.contact")),
    ("permissions", group!("card.subject.permissions")),
    ("retention", group!("card.subject.retention")),
    ("rights", group!("card.subject.rights")),
    ("share", group!("card.subject.share")),
    ("store", STORE),
];

const STORE: Group = group!("card.subject.store");

/// Clauses of a subject that are kept: the first ones say best what it is about.
const MOST: usize = 12;

/// Where each subject is spoken of: the clauses under a heading that names it first.
#[derive(Debug)]
pub struct Subjects([Vec<usize>; SUBJECTS.len()]);

impl Subjects {
    /// Looks each subject up. A heading alone speaks by what stands under it.
    #[must_use]
    pub fn new(tokens: &Tokens<'_>, outline: &Outline, clauses: &[Clause]) -> Self {
        Self(SUBJECTS.map(|(_, group)| {
            let titled = |s: usize| {
                outline.sections.get(s).is_some_and(|s| !s.implicit) && tokens.title_has(s, group)
            };
            let headed: Vec<bool> = (0..outline.sections.len()).map(titled).collect();
            let under = |clause: &usize| clauses.get(*clause).is_some_and(|c| headed.get(c.section()) == Some(&true));
            let speaks = |clause: &usize| {
                let elsewhere = group == STORE && !tokens.of(*clause, group!("card.elsewhere")).is_empty();
                !tokens.of(*clause, group).is_empty() && !elsewhere
            };
            let all = || 0..clauses.len();
            let mut found: Vec<usize> = all().filter(|c| speaks(c) && under(c)).take(MOST).collect();
            if found.is_empty() && headed.contains(&true) {
                found.extend(all().filter(under).take(2));
            }
            found.extend(all().filter(|c| speaks(c) && !under(c)).take(MOST));
            found
        }))
    }

    /// The clauses that speak of a subject.
    pub(super) fn of(&self, slot: &str) -> &[usize] {
        let at = SUBJECTS.iter().position(|(name, _)| *name == slot);
        at.and_then(|at| self.0.get(at)).map_or(&[], Vec::as_slice)
    }
}
