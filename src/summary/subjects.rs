//! Clauses and headings → where each subject of the card is spoken of: silence is said only where it is nowhere.

use crate::clauses::Clause;
use crate::lexicon::{Group, group};
use crate::outline::Outline;
use crate::practices::{Action, Actor, Practices};
use crate::tokens::Tokens;

/// The subjects of which a policy may be silent, with the words that speak of them.
const SUBJECTS: [(&str, Group); 9] = [
    ("abroad", ABROAD),
    ("children", group!("card.subject.children")),
    ("collect", group!("card.subject.collect")),
    ("contact", group!("card.subject.contact")),
    ("permissions", group!("card.subject.permissions")),
    ("retention", group!("card.subject.retention")),
    ("rights", group!("card.subject.rights")),
    ("share", group!("card.subject.share")),
    ("store", STORE),
];

const ABROAD: Group = group!("card.subject.abroad");
const STORE: Group = group!("card.subject.store");

/// Subjects of which a clause speaks only beside a word for information: 'other countries' alone may be those of a licence.
const OF_DATA: [Group; 3] = [ABROAD, group!("card.subject.share"), STORE];

/// What a practice does that states something of a subject.
fn states(subject: &str, action: Action) -> bool {
    match subject {
        "collect" => action == Action::Collect,
        "permissions" => action == Action::AskPermission,
        "share" => matches!(action, Action::Share | Action::Entrust | Action::Transfer | Action::Publish),
        _ => false,
    }
}

/// Clauses of a subject that are kept: the first ones say best what it is about.
const MOST: usize = 12;

/// Where each subject is spoken of: the clauses under a heading that names it first.
#[derive(Debug)]
pub struct Subjects([Vec<usize>; SUBJECTS.len()]);

impl Subjects {
    /// Looks each subject up. A heading alone speaks by what stands under it.
    #[must_use]
    pub fn new(tokens: &Tokens<'_>, outline: &Outline, clauses: &[Clause], practices: &Practices) -> Self {
        Self(SUBJECTS.map(|(subject, group)| {
            let titled = |s: usize| outline.sections.get(s).is_some_and(|s| !s.implicit) && tokens.title_has(s, group);
            let headed: Vec<bool> = (0..outline.sections.len()).map(titled).collect();
            let under = |clause: &usize| clauses.get(*clause).is_some_and(|c| headed.get(c.section()) == Some(&true));
            let speaks = |clause: &usize| {
                let void = match group {
                    STORE => Some(group!("card.elsewhere")),
                    ABROAD => Some(group!("card.licence")),
                    _ => None,
                };
                let elsewhere = void.is_some_and(|void| !tokens.of(*clause, void).is_empty());
                let bare = OF_DATA.contains(&group) && tokens.of(*clause, group!("card.data")).is_empty();
                !tokens.of(*clause, group).is_empty() && !elsewhere && !bare && !practices.terms(*clause)
            };
            let stated = |clause: &usize| {
                practices.of(*clause).iter().any(|p| p.actor == Actor::We && states(subject, p.action))
            };
            let all = || 0..clauses.len();
            let mut found: Vec<usize> = all().filter(|c| speaks(c) && under(c)).take(MOST).collect();
            if found.is_empty() && headed.contains(&true) {
                found.extend(all().filter(under).take(2));
            }
            found.extend(all().filter(|c| speaks(c) && !under(c)).take(MOST));
            found.extend(all().filter(stated).take(MOST));
            found.sort_by_key(|clause| !stated(clause));
            found.dedup();
            found
        }))
    }

    /// What the checklist found of a subject is no silence, either.
    pub fn add(&mut self, slot: &str, clauses: &[usize]) {
        let at = SUBJECTS.iter().position(|(name, _)| *name == slot);
        if let Some(known) = at.and_then(|at| self.0.get_mut(at)).filter(|known| known.is_empty()) {
            known.extend(clauses);
        }
    }

    /// The clauses that speak of a subject.
    #[must_use]
    pub fn of(&self, slot: &str) -> &[usize] {
        let at = SUBJECTS.iter().position(|(name, _)| *name == slot);
        at.and_then(|at| self.0.get(at)).map_or(&[], Vec::as_slice)
    }
}
