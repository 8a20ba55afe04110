//! Clauses and headings → where each subject of the card is spoken of: silence is said only where it is nowhere.

use super::stated::Stated;
use crate::clauses::Clause;
use crate::lexicon::reading::has_word;
use crate::lexicon::{Group, Reading, group};
use crate::outline::Outline;
use crate::practices::{Actor, May, Practice, Practices};
use crate::text::count;
use crate::tokens::Tokens;

/// The subjects of which a policy may be silent, with the words that speak of them.
const SUBJECTS: [(&str, Group); 11] = [
    ("abroad", ABROAD),
    ("children", CHILDREN),
    ("collect", group!("card.subject.collect")),
    ("contact", group!("card.subject.contact")),
    ("permissions", group!("card.subject.permissions")),
    ("retention", RETENTION),
    ("rights", RIGHTS),
    ("share", group!("card.subject.share")),
    ("since", SINCE),
    ("store", STORE),
    ("who", WHO),
];

const ABROAD: Group = group!("card.subject.abroad");
const CHILDREN: Group = group!("card.subject.children");
const RETENTION: Group = group!("card.subject.retention");
const RIGHTS: Group = group!("card.subject.rights");
const SINCE: Group = group!("card.subject.since");
const STORE: Group = group!("card.subject.store");
const WHO: Group = group!("card.subject.who");

/// What is spoken of elsewhere than under its heading only where information is named beside it.
const OF_INFORMATION: [Group; 4] = [ABROAD, RETENTION, group!("card.subject.share"), STORE];

/// Clauses of a subject that are kept: the first ones say best what it is about.
const MOST: usize = 12;

/// Where each subject is spoken of: the clauses under a heading that names it first.
#[derive(Debug)]
pub struct Subjects {
    found: [Vec<usize>; SUBJECTS.len()],
    /// Clauses in which others may, and the reader may nothing, or a request is refused.
    pub(super) powers: Vec<usize>,
    /// How plainly clauses state things.
    pub(super) stated: Stated,
}

impl Subjects {
    /// Whether a practice says plainly that others get information.
    #[must_use]
    pub fn gives(&self, practice: &Practice) -> bool {
        self.stated.gives(practice) > 0
    }

    /// Looks each subject up. A heading alone speaks by what stands under it.
    #[must_use]
    pub fn new(tokens: &Tokens<'_>, outline: &Outline, clauses: &[Clause], practices: &Practices) -> Self {
        let stated = Stated::new(tokens, outline, clauses, practices);
        let theirs = |may: May| !matches!(may.actor, Some(Actor::You) | None);
        let refuses = |section: usize| {
            let titled = |group| tokens.title_has(section, group);
            titled(group!("grant.refuse")) || titled(group!("grant.company")) && titled(group!("grant.may"))
        };
        let power = |clause: &usize| {
            let mut mays = practices.mays(*clause).peekable();
            let titled = clauses.get(*clause).is_some_and(|c| refuses(c.section()));
            tokens.has(*clause, group!("grant.refuse")) || titled || mays.peek().is_some() && mays.all(theirs)
        };
        let powers: Vec<usize> = (0..clauses.len()).filter(power).collect();
        let found = SUBJECTS.map(|(_, group)| {
            let titled = |s: usize| {
                outline.sections.get(s).is_some_and(|s| !s.implicit)
                    && tokens.title_has(s, group)
                    && (group != RIGHTS || !refuses(s))
            };
            // What a heading says of these two, a line under it need not.
            let own = matches!(group, SINCE | WHO);
            let headed: Vec<bool> = (0..outline.sections.len()).map(|s| !own && titled(s)).collect();
            let under = |clause: &usize| clauses.get(*clause).is_some_and(|c| headed.get(c.section()) == Some(&true));
            let elsewhere = |clause: usize| {
                let void = match group {
                    RETENTION | STORE => Some(group!("card.elsewhere")),
                    ABROAD => Some(group!("card.licence")),
                    _ => None,
                };
                void.is_some_and(|void| tokens.has(clause, void))
            };
            // How something is stored says of no place.
            let placed = |clause: &usize| group != STORE || tokens.has(*clause, group!("card.store-place"));
            let speaks = |clause: &usize| {
                let told = match group {
                    SINCE => is_dated(&tokens.clause(*clause)),
                    WHO => is_company(&tokens.clause(*clause)),
                    STORE => placed(clause) && !practices.terms(*clause),
                    _ => !practices.terms(*clause),
                };
                let power = group == RIGHTS && powers.binary_search(clause).is_ok();
                tokens.has(*clause, group) && !elsewhere(*clause) && !power && told
            };
            let all = || 0..clauses.len();
            let mut found: Vec<usize> = all().filter(|c| speaks(c) && under(c)).take(MOST).collect();
            if found.is_empty() && headed.contains(&true) {
                found.extend(all().filter(|c| under(c) && placed(c)).take(2));
            }
            // Elsewhere a word alone may be about anything: information is named beside it.
            let about = |clause: &usize| !OF_INFORMATION.contains(&group) || tokens.has(*clause, group!("card.data"));
            found.extend(all().filter(|c| speaks(c) && !under(c) && about(c)).take(MOST));
            // What minors owe is said of them all the same; and an agreement on who owes what may say it in passing.
            let passing = group == CHILDREN || !matches!(group, ABROAD | STORE) && found.is_empty();
            if passing {
                let said = |c: &usize| practices.terms(*c) && tokens.has(*c, group) && !elsewhere(*c);
                found.extend(all().filter(|c| !own && said(c) && about(c)).take(MOST));
            }
            found
        });
        Self { found, powers, stated }
    }

    /// Whether a text has words of a slot's subject.
    pub(super) fn speaks(slot: &str, text: &str) -> bool {
        SUBJECTS.iter().any(|(name, group)| *name == slot && has_word(text, *group))
    }

    /// What the checklist found of a subject is no silence, either.
    pub fn add(&mut self, slot: &str, clauses: &[usize]) {
        let at = SUBJECTS.iter().position(|(name, _)| *name == slot);
        if let Some(known) = at.and_then(|at| self.found.get_mut(at)).filter(|known| known.is_empty()) {
            known.extend(clauses.iter().filter(|clause| slot != "rights" || !self.powers.contains(clause)));
        }
    }

    /// The clauses that speak of a subject.
    #[must_use]
    pub fn of(&self, slot: &str) -> &[usize] {
        let at = SUBJECTS.iter().position(|(name, _)| *name == slot);
        at.and_then(|at| self.found.get(at)).map_or(&[], Vec::as_slice)
    }
}

/// Whether a clause tells when the policy was written or changed: it has a year, and is short or names the policy.
fn is_dated(reading: &Reading<'_>) -> bool {
    let digits = reading.text.split(|c: char| !c.is_ascii_digit());
    let year = |run: &str| run.len() == 4 && (run.starts_with("19") || run.starts_with("20"));
    let own = reading.has(group!("card.since.own")) || count(reading.text) <= LINE;
    own && count(reading.text) <= LONGEST && { digits }.any(year)
}

/// Whether a clause names a company that is nobody's who gets something.
fn is_company(reading: &Reading<'_>) -> bool {
    let others = [group!("practice.kit"), group!("practice.third"), group!("practice.party")];
    reading.has(group!("company.form")) && !others.into_iter().any(|g| reading.has(g))
}

/// A longer sentence says more than when a policy was written.
const LONGEST: usize = 60;

/// Characters of a line that holds little but a date.
const LINE: usize = 24;
