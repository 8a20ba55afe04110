//! A predicate → who acts: the subject in front of it, else the one that its sentence goes on with.

use super::scope::{Scope, is_dative};
use super::words::{Clause, Kind, Word};
use super::{Actor, Stretch};
use crate::lexicon::group;

/// Who acts, and where it is printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject {
    pub actor: Actor,
    pub at: Stretch,
}

/// The subject among the words between the predicate before and this one, outside of conditions and purposes. A subject of a
/// condition counts only where nothing else is printed (`weak`).
pub(super) fn find(clause: &Clause<'_>, scope: &Scope, from: usize, to: usize) -> Option<Subject> {
    let words = clause.within(from, to);
    let inside = scope.conditional(to);
    let mut found = None;
    for (at, word) in words.iter().enumerate().rev() {
        if !inside && scope.conditional(word.start) || scope.aimed(word.start) {
            continue;
        }
        let before = at.checked_sub(1).and_then(|i| words.get(i)).filter(|b| b.end == word.start);
        let next = words.get(at + 1).filter(|n| n.start == word.end);
        let Some(actor) = acts(clause, word, before, next, to) else { continue };
        found = Some(Subject { actor, at: (word.start, word.end) });
        // The nearest pronoun decides; a noun may only be near.
        break;
    }
    found
}

/// Who the word says acts, if it is a subject.
fn acts(clause: &Clause<'_>, word: &Word, before: Option<&Word>, next: Option<&Word>, verb: usize) -> Option<Actor> {
    let by = before.is_some_and(|b| b.kind == Kind::By);
    let possessor = clause.starts(group!("practice.of"), word.end);
    let after_preposition =
        before.is_some_and(|b| matches!(b.kind, Kind::Toward | Kind::Take | Kind::With | Kind::To | Kind::From));
    if possessor || after_preposition && !by {
        return None;
    }
    let adjacent = word.end == verb
        || next.is_some_and(|n| {
            matches!(
                n.kind,
                Kind::Modal
                    | Kind::Adverb
                    | Kind::Not
                    | Kind::Verb(_)
                    | Kind::Take
                    | Kind::Toward
                    | Kind::From
                    | Kind::In
                    | Kind::To
                    | Kind::If
            )
        });
    match word.kind {
        Kind::We => Some(Actor::We),
        Kind::You if by || !is_dative(clause, word) && (adjacent || bare(clause, word)) => Some(Actor::You),
        Kind::Reader if by || adjacent && !is_dative(clause, word) => Some(Actor::You),
        Kind::Third if by || adjacent && !is_dative(clause, word) => Some(Actor::Third),
        _ => None,
    }
}

/// 'You', and no noun behind it whose owner the reader would be.
fn bare(clause: &Clause<'_>, word: &Word) -> bool {
    let at = word.end;
    ![group!("practice.noun.generic"), group!("practice.noun.relational"), group!("practice.noun.data")]
        .into_iter()
        .any(|g| clause.starts(g, at))
}
