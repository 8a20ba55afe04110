//! A predicate → who acts: the subject in front of it, else the one that its sentence goes on with; and where a sentence
//! only says what the reader owes.

use super::scope::{Scope, is_dative};
use super::words::{Clause, Kind, Word};
use super::{Actor, Stretch};
use crate::lexicon::group;
use crate::text::is_letter;

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
        let prior = at.checked_sub(1).and_then(|i| words.get(i));
        let before = prior.filter(|b| b.end == word.start);
        let next = words.get(at + 1).filter(|n| n.start == word.end);
        if word.kind == Kind::Third && received(clause, words.get(..at).unwrap_or_default(), word, to) {
            continue;
        }
        let Some(actor) = acts(clause, word, prior, before, next, to) else { continue };
        // 'You agree that Example collects', 'we and our affiliates share', 'you may ask us to delete'.
        let actor = match actor {
            Actor::We if asked(clause, words.get(..at).unwrap_or_default(), word) => Actor::You,
            Actor::You if grants(clause, words.get(at + 1..).unwrap_or_default(), to) => Actor::We,
            Actor::Third if joined(words.get(..at).unwrap_or_default(), clause.segment(word.start), clause) => continue,
            actor => actor,
        };
        found = Some(Subject { actor, at: (word.start, word.end) });
        // The nearest pronoun decides; a noun may only be near.
        break;
    }
    found
}

/// Whether the reader asks us to do it: a word for that right before us, and the reader as its subject.
fn asked(clause: &Clause<'_>, words: &[Word], we: &Word) -> bool {
    if !clause.ends(group!("practice.asks"), we.start) {
        return false;
    }
    let own = clause.segment(we.start);
    let reader = |w: &Word| {
        matches!(w.kind, Kind::You | Kind::Reader)
            && clause.segment(w.start) == own
            && !is_dative(clause, w)
            && !clause.starts(group!("practice.of"), w.end)
    };
    words.iter().any(reader)
}

/// Whether the reader only lets somebody do it: a word for that between the two, and behind it a name that no list has.
fn grants(clause: &Clause<'_>, words: &[Word], verb: usize) -> bool {
    let ask = words.iter().rfind(|w| clause.is(group!("practice.grant"), w.start, w.end));
    // 'You agree: Example may …', 'you agree, Example may …'.
    let same = |w: &Word| {
        let (own, segment) = (clause.segment(w.start), clause.segment(verb));
        let next = |s: &super::words::Segment| s.colon || s.end == w.end;
        own == segment || own + 1 == segment && clause.segments.get(own).is_some_and(next)
    };
    ask.is_some_and(|w| w.end < verb && same(w) && named(clause, w.end, verb))
}

/// Whether the verb before lets somebody do this one who has no word of the grammar.
pub(super) fn granted(clause: &Clause<'_>, start: usize, end: usize, verb: usize) -> bool {
    clause.is(group!("practice.grant"), start, end)
        && clause.segment(end) == clause.segment(verb)
        && named(clause, end, verb)
}

/// Whether letters stand there that are no word of the grammar.
fn named(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let end = clause.within(from, to).first().map_or(to, |w| w.start);
    clause.text(from, end).chars().any(is_letter)
}

/// 'We and …': the one before the conjunction acts, the other gets it.
fn joined(words: &[Word], segment: usize, clause: &Clause<'_>) -> bool {
    let mut back = words.iter().rev().skip_while(|w| {
        !matches!(w.kind, Kind::We) && matches!(w.kind, Kind::And | Kind::With | Kind::Opaque | Kind::Third)
    });
    let we = back.next().filter(|w| w.kind == Kind::We && clause.segment(w.start) == segment);
    we.is_some_and(|we| words.iter().any(|w| w.kind == Kind::With && w.start == we.end))
}

/// 'To partners and other third parties', 'with whoever is not of Example': the last of those who get it is no subject of the verb
/// behind them.
fn received(clause: &Clause<'_>, words: &[Word], third: &Word, verb: usize) -> bool {
    let own = clause.segment(third.start);
    let of = words.iter().rfind(|w| w.kind == Kind::Of).filter(|of| clause.segment(of.start) == own);
    let mut back = words.iter().rev().skip_while(|w| match w.kind {
        Kind::And | Kind::Opaque | Kind::Third => true,
        kind => of.is_some_and(|of| w.start <= of.start) && matches!(kind, Kind::Of | Kind::When | Kind::Verb(_)),
    });
    let to = back.next().filter(|w| clause.segment(w.start) == own);
    let to = to.filter(|w| w.kind == Kind::Toward || w.kind == Kind::With && of.is_some_and(|of| w.start < of.start));
    to.is_some() && clause.segment(verb) == own
}

/// Where the stretch of a verb begins, if it begins with what is the reader's: 'your information may be shared'.
pub(super) fn fronted(clause: &Clause<'_>, verb: usize) -> Option<usize> {
    let segment = clause.segments.get(clause.segment(verb))?;
    let start = super::scope::content(clause, segment);
    let first = clause.of(segment).iter().find(|w| w.start >= start)?;
    let owner = first.kind == Kind::You && first.start == start && clause.starts(group!("practice.of"), first.end);
    owner.then_some(start)
}

/// Whether the segment of a verb starts with somebody who has to do neither with us nor with the reader: 'other products'.
pub(super) fn elsewhere(clause: &Clause<'_>, verb: usize) -> bool {
    let Some(segment) = clause.segments.get(clause.segment(verb)) else { return false };
    let start = super::scope::content(clause, segment);
    let Some(others) = clause.reading.after(group!("practice.elsewhere"), start, verb) else { return false };
    let waits = |w: &Word| matches!(w.kind, Kind::With | Kind::Toward | Kind::Take | Kind::From | Kind::By | Kind::We);
    !clause.within(start, others.start()).iter().any(waits) && !clause.starts(group!("practice.of"), others.end())
}

/// Bytes between a preposition and a third party: 'any', 'the above'.
const QUALIFIER: usize = 12;

/// Who the word says acts, if it is a subject.
fn acts(
    clause: &Clause<'_>,
    word: &Word,
    prior: Option<&Word>,
    before: Option<&Word>,
    next: Option<&Word>,
    verb: usize,
) -> Option<Actor> {
    // 'You understand and agree: …': what is agreed to is done by somebody else.
    if word.kind == Kind::You && clause.starts(group!("practice.agree"), word.end) {
        return None;
    }
    let by = before.is_some_and(|b| b.kind == Kind::By);
    let possessor = clause.starts(group!("practice.of"), word.end);
    let after_preposition =
        before.is_some_and(|b| matches!(b.kind, Kind::Toward | Kind::Take | Kind::With | Kind::To | Kind::From));
    if possessor || after_preposition && !by {
        return None;
    }
    // 'To any third party'.
    let received = prior
        .is_some_and(|p| matches!(p.kind, Kind::Toward | Kind::With | Kind::Take) && word.start - p.end <= QUALIFIER);
    if received && word.kind == Kind::Third {
        return None;
    }
    // 'Third-party payment institutions may': up to the end of the noun.
    let party = (word.kind == Kind::Third).then(|| party_end(clause, word)).flatten();
    let next = next.or(party);
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
    // 'What you publish is shown': said of a noun.
    let told = next.is_some_and(|n| matches!(n.kind, Kind::Verb(_)) && clause.starts(group!("practice.of"), n.end));
    if told && matches!(word.kind, Kind::You | Kind::We) && next.is_some_and(|n| n.start != verb) {
        return None;
    }
    match word.kind {
        Kind::We => Some(Actor::We),
        Kind::You if by || !is_dative(clause, word) && (adjacent || bare(clause, word)) => Some(Actor::You),
        Kind::Reader if by || adjacent && !is_dative(clause, word) => Some(Actor::You),
        Kind::Third if by || adjacent && !is_dative(clause, word) => Some(Actor::Third),
        _ => None,
    }
}

/// Bytes between 'third party' and the end of the noun that it goes with.
const PARTY: usize = 48;

/// The modal behind a noun that starts with 'third party', if no preposition and no verb waits for that noun.
fn party_end<'c>(clause: &'c Clause<'_>, word: &Word) -> Option<&'c Word> {
    let behind = clause.within(word.end, word.end + PARTY);
    let modal = behind.iter().find(|w| w.kind != Kind::Opaque).filter(|w| matches!(w.kind, Kind::Modal | Kind::Not))?;
    if !clause.text(word.end, modal.start).chars().all(is_letter) {
        return None;
    }
    let segment = clause.segments.get(clause.segment(word.start))?;
    let waits = |w: &Word| {
        matches!(w.kind, Kind::With | Kind::Toward | Kind::Take | Kind::From)
            || matches!(w.kind, Kind::Verb(_)) && !clause.starts(group!("practice.of"), w.end)
    };
    (!clause.within(segment.start, word.start).iter().any(waits)).then_some(modal)
}

/// 'You', and no noun behind it whose owner the reader would be.
fn bare(clause: &Clause<'_>, word: &Word) -> bool {
    let at = word.end;
    ![group!("practice.noun.generic"), group!("practice.noun.relational"), group!("practice.noun.data")]
        .into_iter()
        .any(|g| clause.starts(g, at))
}

/// What the reader must or must not do, from its subject to the end of the sentence or to our own doing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Owed {
    pub at: Stretch,
    /// Forbidden, not asked.
    pub ban: bool,
}

/// Stretches of a clause on what the reader owes, by start. Linear in the words.
pub(super) fn owed(clause: &Clause<'_>) -> Vec<Owed> {
    let kinds = [
        (group!("practice.owed.ban"), true),
        (group!("practice.owed.duty"), false),
        (group!("practice.owed.please"), false),
    ];
    let mut hits: Vec<(usize, usize, bool, bool)> = Vec::new();
    for (group, ban) in kinds {
        let please = group == group!("practice.owed.please");
        hits.extend(clause.reading.of(group).iter().map(|h| (h.start(), h.end(), ban, please)));
    }
    if hits.is_empty() {
        return Vec::new();
    }
    hits.sort_unstable();
    let mut out: Vec<Owed> = Vec::new();
    let mut hits = hits.into_iter().peekable();
    // Who is bound, by the last subject of the sentence; and a duty that is still open.
    let (mut reader, mut named, mut open): (bool, usize, Option<Owed>) = (false, 0, None);
    for segment in &clause.segments {
        let start = super::scope::content(clause, segment);
        // 'You must sign in with X, when X will record …': somebody that no list knows goes on.
        let modal = clause.of(segment).iter().find(|w| w.kind == Kind::Modal);
        if modal.is_some_and(|m| m.start > start) {
            out.extend(open.take().map(|o| o.until(start)));
        }
        let mut words = clause.of(segment).iter().peekable();
        loop {
            let hit = hits.peek().copied().filter(|h| h.0 < segment.end);
            let word = words.peek().filter(|w| hit.is_none_or(|h| w.start < h.0)).copied();
            match (word, hit) {
                (Some(word), _) => {
                    words.next();
                    let Some(who) = bears(clause, word) else { continue };
                    (reader, named) = (who == Actor::You, word.start);
                    out.extend(open.take_if(|_| !reader).map(|o| o.until(word.start)));
                }
                (None, Some((from, to, ban, please))) => {
                    hits.next();
                    // An imperative needs no subject; a ban and a duty are those of the reader that was named.
                    reader |= please && from <= start;
                    if reader && (!please || from <= start) && !clause.masked(from) {
                        // From the subject on, if it stands in the same stretch.
                        let from = if named >= segment.start { named.min(from) } else { start.min(from) };
                        open.get_or_insert(Owed { at: (from, to), ban }).ban |= ban;
                    }
                }
                (None, None) => break,
            }
        }
        if segment.last {
            out.extend(open.take().map(|o| o.until(segment.end)));
            reader = false;
        }
    }
    out
}

impl Owed {
    fn until(self, end: usize) -> Self {
        Self { at: (self.at.0, end), ..self }
    }
}

/// Who a word makes the subject of what follows.
fn bears(clause: &Clause<'_>, word: &Word) -> Option<Actor> {
    let owner = clause.starts(group!("practice.of"), word.end);
    let object = is_dative(clause, word) || clause.ends(group!("practice.toward"), word.start);
    match word.kind {
        Kind::We if !owner && !object => Some(Actor::We),
        Kind::You | Kind::Reader if !owner && !object => Some(Actor::You),
        Kind::Third if !owner && !object => Some(Actor::Third),
        _ => None,
    }
}
