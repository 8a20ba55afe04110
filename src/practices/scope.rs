//! A clause's words → how far conditions and purposes reach, and whether a verb is denied.

use super::words::{Clause, Kind, Segment, Word};
use crate::lexicon::{Hit, group};
use crate::text::{is_blank, is_closing, trim_start};

/// A stretch of the clause.
pub(super) type Stretch = (usize, usize);

/// What stands around the verbs of a clause.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// By start.
    pub conditions: Vec<Stretch>,
    /// By start.
    pub purposes: Vec<Stretch>,
}

impl Scope {
    /// Finds conditions, then purposes outside of them. Linear in the words.
    pub fn new(clause: &Clause<'_>) -> Self {
        let mut scope = Self::default();
        for at in 0..clause.segments.len() {
            scope.suppose(clause, at);
        }
        let mut open = false;
        for segment in &clause.segments {
            open = scope.purpose(clause, segment, open) && !segment.last;
        }
        scope
    }

    /// Whether a place is inside of a condition.
    pub fn conditional(&self, at: usize) -> bool {
        self.condition(at).is_some()
    }

    /// The condition around a place.
    pub fn condition(&self, at: usize) -> Option<Stretch> {
        covering(&self.conditions, at)
    }

    /// Whether a place is inside of a purpose.
    pub fn aimed(&self, at: usize) -> bool {
        covering(&self.purposes, at).is_some()
    }

    fn suppose(&mut self, clause: &Clause<'_>, at: usize) {
        let Some(segment) = clause.segments.get(at) else { return };
        if self.conditional(content(clause, segment)) {
            return;
        }
        let later = clause.segments.get(at + 1..).unwrap_or_default();
        let words = clause.of(segment);
        let start = content(clause, segment);
        let mut reached = start;
        for (at, word) in words.iter().enumerate() {
            if word.start < reached {
                continue;
            }
            let rest = words.get(at + 1..).unwrap_or_default();
            let end = match word.kind {
                Kind::If | Kind::In => {
                    let opens = words.iter().take(at).all(|w| matches!(w.kind, Kind::And | Kind::Adverb | Kind::With));
                    end(segment, rest)
                        .or_else(|| opens.then(|| later_end(clause, segment, later))?)
                        .or_else(|| (word.kind == Kind::If && opens).then(|| bare_end(segment, word, rest)))
                        .or_else(|| (word.kind == Kind::If && stated(rest)).then_some(segment.end))
                        .map(|end| (word.start, end))
                }
                // 'When' without 'if': all before it.
                Kind::When if closes(segment, word, rest) && word.start > start => Some((reached, word.end)),
                _ => None,
            };
            if let Some((from, to)) = end.filter(|e| e.1 > e.0 && !enumerates(clause, e.0, e.1)) {
                self.conditions.push((from, to));
                reached = to;
            }
        }
    }

    /// Whether the purpose may go on behind the segment.
    fn purpose(&mut self, clause: &Clause<'_>, segment: &Segment, open: bool) -> bool {
        let words = clause.of(segment);
        // 'Other programs that you use to see our service': which ones they are.
        let owned = |at: usize, w: &Word| {
            at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|b| b.kind == Kind::You && b.end == w.start)
        };
        let told = |at: usize, w: &Word| {
            matches!(w.kind, Kind::For | Kind::To)
                && !self.conditional(w.start)
                && !(w.kind == Kind::For && owned(at, w))
        };
        if let Some(at) = words.iter().enumerate().position(|(at, w)| told(at, w)) {
            let word = words.get(at).map_or(segment.start, |w| w.end);
            let end = self.aim_end(clause, segment, words.get(at + 1..).unwrap_or_default(), word);
            // With the word that opens it.
            self.purposes.push((words.get(at).map_or(word, |w| w.start), end));
            return end == segment.end;
        }
        let start = content(clause, segment);
        let aims = clause.reading.within(group!("practice.aim"), start, segment.end);
        // A word that is a verb of the grammar as well is no mere help: 'check your password'.
        let acts = words.iter().any(|w| w.start == start && matches!(w.kind, Kind::Verb(_)));
        let helps =
            |h: &Hit| h.start() == start && !acts && words.iter().any(|w| w.start == h.end() && is_served(clause, w));
        if !segment.colon && aims.first().is_some_and(helps) {
            let from = words.iter().find(|w| is_served(clause, w)).map_or(start, |w| w.start);
            let behind = words.iter().position(|w| w.start == from).and_then(|at| words.get(at..)).unwrap_or_default();
            self.purposes.push((start, self.aim_end(clause, segment, behind, from)));
            return true;
        }
        let goes_on = open
            && !segment.colon
            && !words.iter().any(|w| match w.kind {
                Kind::We | Kind::If | Kind::In | Kind::Modal | Kind::Not | Kind::Take | Kind::Include => true,
                Kind::You => !clause.starts(group!("practice.of"), w.end) && !is_dative(clause, w),
                Kind::Verb(class) => class.takes_in() && !w.weak,
                _ => false,
            });
        if goes_on {
            self.purposes.push((start, segment.end));
        }
        goes_on
    }

    /// Where a purpose ends: at its last word, at the subject of the main verb or at its modal.
    fn aim_end(&self, clause: &Clause<'_>, segment: &Segment, words: &[Word], from: usize) -> usize {
        let told = clause.reading.after(group!("practice.for.end"), from, segment.end);
        let end = told.map_or(segment.end, |hit| hit.end());
        let takes = |w: &Word| matches!(w.kind, Kind::Verb(class) if class.takes_in()) && !w.weak;
        let taken = words.iter().rposition(|w| takes(w) && !self.conditional(w.start));
        let stops = |at: usize, word: &Word| {
            // 'So as to tell, when you open it, …': what it is for goes on behind, unless something is taken there.
            if self.conditional(word.start) { taken.is_some_and(|t| t > at) } else { is_main(clause, words, at, from) }
        };
        let mut own = words.iter().enumerate().take_while(|(_, w)| w.start < end);
        let stop = own.find(|(at, w)| w.start > from && stops(*at, w));
        stop.map_or(end, |(_, w)| end.min(w.start))
    }
}

/// Whether a word of a purpose that opens at `from` is the subject or the modal of the main verb behind it.
fn is_main(clause: &Clause<'_>, words: &[Word], at: usize, from: usize) -> bool {
    let adjacent = |at: usize| {
        let (word, before) = (words.get(at)?, words.get(at.checked_sub(1)?)?);
        Some(before).filter(|b| b.end == word.start)
    };
    // 'The use of our service', 'show you what you may like': the object of the verb right before.
    let taken = |at: usize| adjacent(at).is_some_and(|b| matches!(b.kind, Kind::Verb(_)));
    // 'So that you can', 'to help you to': who is served, with what he can then do, is what it is for.
    let served = |at: usize| {
        let starts = words.get(at).map_or(from, |w| w.start);
        starts == from || !taken(at) && clause.ends(group!("practice.aim"), starts)
    };
    let Some(word) = words.get(at) else { return false };
    let next = words.get(at + 1).filter(|n| n.start == word.end);
    let modal = next.is_some_and(|n| n.kind == Kind::Modal);
    match word.kind {
        Kind::We => (modal || !taken(at)) && !served(at) && !clause.starts(group!("practice.of"), word.end),
        Kind::You => modal && !taken(at) && !served(at) && !is_dative(clause, word),
        // 'For the service and so collect your …'.
        Kind::And => next.is_some_and(|n| {
            let takes = matches!(n.kind, Kind::Verb(class) if class.takes_in()) && !n.weak;
            takes && clause.is(group!("practice.thus"), word.start, word.end)
        }),
        Kind::Modal | Kind::Not => {
            let leads =
                |n: &Word| matches!(n.kind, Kind::Modal | Kind::Verb(_) | Kind::Not | Kind::Take | Kind::Adverb);
            let who = adjacent(at).is_some_and(|b| matches!(b.kind, Kind::You | Kind::We));
            next.is_some_and(leads) && word.start != from && !(who && served(at - 1))
        }
        _ => false,
    }
}

/// Whether a stretch is rather the start of a list: 'such as what you say there, the records from when you …'.
fn enumerates(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let opens = |w: &&Word| matches!(w.kind, Kind::Of | Kind::Such | Kind::Include);
    let Some(opener) = clause.within(from, to).iter().find(opens) else { return false };
    // 'If that needs your A, B': something is said before the list.
    if clause.within(from, opener.start).iter().any(|w| matches!(w.kind, Kind::Modal | Kind::Not)) {
        return false;
    }
    let text = clause.text(opener.end, to);
    text.match_indices('\u{3001}').take(MOST_COMMAS).any(|(at, _)| {
        let at = opener.end + at;
        [group!("practice.noun.data"), group!("practice.noun.generic")].into_iter().any(|g| clause.ends(g, at))
    })
}

/// List commas of a stretch that are looked at.
const MOST_COMMAS: usize = 8;

/// The conditions and purposes of one sentence that bear on a verb are those in its stretch.
pub(super) fn among(stretches: &[Stretch], from: usize, to: usize) -> &[Stretch] {
    let a = stretches.partition_point(|s| s.0 < from);
    let b = stretches.partition_point(|s| s.0 < to);
    stretches.get(a..b.max(a)).unwrap_or_default()
}

fn covering(stretches: &[Stretch], at: usize) -> Option<Stretch> {
    let next = stretches.partition_point(|s| s.0 <= at);
    next.checked_sub(1).and_then(|i| stretches.get(i)).copied().filter(|s| at < s.1)
}

/// Where the segment's own text starts: behind blanks, marks of lists, closing brackets and conjunctions.
pub(super) fn content(clause: &Clause<'_>, segment: &Segment) -> usize {
    let skip = |from: usize| {
        let text = clause.text(from, segment.end);
        segment.end - trim_start(text, |c| is_blank(c) || is_closing(c) || c.is_ascii_punctuation() && c != '(').len()
    };
    let number = if segment.start == 0 { clause.number.min(segment.end) } else { 0 };
    let mut at = skip(segment.start.max(number));
    for word in clause.of(segment) {
        if word.start != at || !clause.is(group!("practice.conjunction"), word.start, word.end) {
            break;
        }
        at = skip(word.end);
    }
    at
}

/// Segments over which a condition goes on until its end.
const MOST_SEGMENTS: usize = 3;

/// The end of a condition that comes in one of the next segments, none of which has a subject of ours.
fn later_end(clause: &Clause<'_>, own: &Segment, later: &[Segment]) -> Option<usize> {
    if own.last || own.colon || clause.of(own).iter().any(|w| w.kind == Kind::We) {
        return None;
    }
    for segment in later.iter().take(MOST_SEGMENTS) {
        let words = clause.of(segment);
        if words.iter().any(|w| matches!(w.kind, Kind::We | Kind::Take | Kind::Not | Kind::Modal)) {
            return None;
        }
        if let Some(word) = words.last().filter(|w| w.kind == Kind::When && w.end == segment.end) {
            return Some(word.end);
        }
        if segment.last || segment.colon {
            return None;
        }
    }
    None
}

/// The end of a condition that has a word for it.
fn end(segment: &Segment, rest: &[Word]) -> Option<usize> {
    let mut words = rest.iter().enumerate();
    let closing =
        |(at, w): &(usize, &Word)| w.kind == Kind::When && closes(segment, w, rest.get(at + 1..).unwrap_or_default());
    words.find(closing).map(|(_, w)| w.end)
}

/// Bytes of a word that ends a condition and nothing else.
const PLAIN: usize = 9;

/// Whether a condition ends with the word: at the segment's end, or right before who acts or what is done.
fn closes(segment: &Segment, word: &Word, rest: &[Word]) -> bool {
    let behind = rest.first().filter(|n| n.start == word.end);
    // 'On condition that', unlike 'when', is no noun's: whatever follows.
    let plain = word.end - word.start >= PLAIN;
    word.end == segment.end
        || plain && behind.is_none()
        || behind.is_some_and(|n| {
            !matches!(n.kind, Kind::Of | Kind::And | Kind::With | Kind::Etc | Kind::When | Kind::Opaque | Kind::Such)
        })
}

/// The end of a condition without one: the subject of the main verb, or the segment's end.
fn bare_end(segment: &Segment, opener: &Word, rest: &[Word]) -> usize {
    let subject = rest.iter().find(|w| w.kind == Kind::We && w.start > opener.end);
    subject.map_or(segment.end, |w| w.start)
}

/// Whether somebody is whom the word right before helps or lets do something: 'to help you', 'so that we'.
fn is_served(clause: &Clause<'_>, word: &Word) -> bool {
    matches!(word.kind, Kind::You | Kind::We) && is_dative(clause, word)
}

/// 'We may, as the law demands,': nothing is done behind it in its segment, and nothing of the reader's is named.
fn stated(rest: &[Word]) -> bool {
    let says = |w: &Word| match w.kind {
        Kind::Verb(_) => !w.weak,
        kind => matches!(kind, Kind::Take | Kind::Toward | Kind::For | Kind::To | Kind::You),
    };
    !rest.iter().any(says)
}

/// Whether 'you' stands behind a preposition or a verb of which it is the object.
pub(super) fn is_dative(clause: &Clause<'_>, word: &Word) -> bool {
    clause.ends(group!("practice.dative"), word.start)
}
