//! A clause's words → who may do what follows, by place: "you may V" told apart from "when you V" and from "we may V".
//!
//! ```text
//! may = subject (adverb | condition)* modal     the subject may stand in the stretch before, or be left out
//! ```

use super::scope::{self, Scope, content, is_dative};
use super::subjects;
use super::words::{Clause, Kind, Segment, Word};
use super::{Actor, LONGEST_NAME};
use crate::lexicon::group;
use crate::text::{count, is_blank, is_comma, trim_start};

/// Somebody may do what follows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct May {
    /// Behind the modal, in bytes of the clause.
    pub at: usize,
    /// Who, where the sentence says so.
    pub actor: Option<Actor>,
    /// "So that you may …".
    pub aimed: bool,
}

/// The modals of a clause that let somebody do something, in order. Linear in the words.
pub(super) fn find(clause: &Clause<'_>, scope: &Scope) -> Vec<May> {
    let mut out: Vec<May> = Vec::new();
    if !clause.reading.has(group!("practice.may")) {
        return out;
    }
    // Of the sentence: where its last modal ends, who was let do something, and who opened the last stretch that names somebody.
    let (mut reached, mut last, mut opener) = (0, None, None);
    for segment in &clause.segments {
        let (opened, who) = opening(clause, scope, segment);
        opener = who.or(opener);
        for word in clause.of(segment).iter().filter(|w| lets(clause, scope, w)) {
            let named = subjects::find(clause, scope, reached.max(segment.start), word.start);
            let actor = match named {
                // "May at any time": one behind the other.
                _ if reached > 0 && word.start == reached => last,
                None if opened >= word.start || reached > segment.start => last.or(opener),
                // "So that you can …": right before it, whatever governs it.
                _ if clause.ends(group!("practice.you"), word.start) => Some(Actor::You),
                Some(subject) if reaches(clause, scope, subject.at.1, word.start) => Some(subject.actor),
                // "The cook may correct his own information": whoever may do that is the reader. Else a name that no list has,
                // or what somebody does.
                _ if !clause.reading.within(group!("practice.self"), word.end, segment.end).is_empty() => {
                    Some(Actor::You)
                }
                _ => Some(Actor::Third),
            };
            (reached, last) = (word.end, actor);
            let you = clause.within(segment.start, word.start).last().filter(|w| w.end == word.start);
            let aimed = you.is_some_and(|you| scope.aimed(you.start) || is_dative(clause, you));
            out.push(May { at: word.end, actor, aimed });
        }
        if segment.last {
            (reached, last, opener) = (segment.end, None, None);
        }
    }
    bracketed(clause, &mut out);
    out
}

/// Whether a word is a modal that lets somebody do something: not denied, not "when you can …".
fn lets(clause: &Clause<'_>, scope: &Scope, word: &Word) -> bool {
    clause.is(group!("practice.may"), word.start, word.end)
        && !clause.ends(group!("practice.not"), word.start)
        && !scope.condition(word.start).is_some_and(|c| ends_in_when(clause, c))
}

/// Whether a subject reaches over what stands between it and its modal, conditions aside: a few words.
fn reaches(clause: &Clause<'_>, scope: &Scope, from: usize, to: usize) -> bool {
    let conditions =
        scope::among(&scope.conditions, from, to).iter().map(|c| count(clause.text(c.0, c.1))).sum::<usize>();
    count(clause.text(from, to)).saturating_sub(conditions) <= SUBJECT
}

/// Characters between a subject and what it may.
const SUBJECT: usize = 10;

/// "(You may take it back in the settings)": in a bracket the reader is named there.
fn bracketed(clause: &Clause<'_>, out: &mut Vec<May>) {
    let all = out.len();
    for hit in clause.reading.of(group!("practice.may")).iter().filter(|h| clause.masked(h.start())) {
        let mask = clause.masks.get(clause.masks.partition_point(|m| m.0 <= hit.start()).saturating_sub(1));
        let you = mask.and_then(|m| clause.reading.before(group!("practice.you"), m.0, hit.start()));
        let you = you.filter(|you| count(clause.text(you.end(), hit.start())) <= SUBJECT);
        out.extend(you.map(|_| May { at: hit.end(), actor: Some(Actor::You), aimed: false }));
    }
    if out.len() > all {
        out.sort_unstable_by_key(|may| may.at);
    }
}

/// Whether a condition has a word for its end: "when you can …", not "if you want to, you can".
fn ends_in_when(clause: &Clause<'_>, condition: super::Stretch) -> bool {
    clause.within(condition.0, condition.1).last().is_some_and(|w| w.kind == Kind::When)
}

/// Who a word makes the subject of what follows, where it opens a stretch.
fn opens(clause: &Clause<'_>, word: &Word) -> Option<Actor> {
    let object = is_dative(clause, word) || clause.starts(group!("practice.of"), word.end);
    match word.kind {
        _ if object => None,
        Kind::We => Some(Actor::We),
        Kind::You | Kind::Reader => Some(Actor::You),
        Kind::If if clause.is(group!("practice.if.you"), word.start, word.end) => Some(Actor::You),
        Kind::Third => Some(Actor::Third),
        _ => None,
    }
}

/// Where a segment's own words start behind adverbs and conditions, and who is named there, or else in the conditions: "if you
/// want to, (you) may".
fn opening(clause: &Clause<'_>, scope: &Scope, segment: &Segment) -> (usize, Option<Actor>) {
    let mut at = content(clause, segment);
    let mut supposed = None;
    while at < segment.end {
        let word = clause.within(at, at + 1).first();
        let end = match (scope.condition(at), word) {
            (Some(condition), _) => {
                let own = clause.within(at, condition.1).iter();
                supposed = supposed.or(own.filter_map(|w| opens(clause, w)).find(|a| *a == Actor::You));
                condition.1
            }
            (None, Some(word)) if matches!(word.kind, Kind::Adverb | Kind::And) && !lets(clause, scope, word) => {
                word.end
            }
            (None, word) => {
                let next = |at: usize| clause.within(at, at + 1).first();
                let governs = |n: &Word| matches!(n.kind, Kind::Modal | Kind::Not | Kind::Adverb | Kind::Take);
                // "If you do not see how we use it, …": a condition ends at who only acts in it. "Their relatives".
                let word = word.filter(|w| supposed.is_none() || next(w.end).is_some_and(governs));
                let word = word.map(|w| next(w.end).filter(|n| n.kind == Kind::Reader).unwrap_or(w));
                // "Example finds that a member …": a name that no list has.
                let finds = clause.reading.within(group!("practice.finds"), at + 1, segment.end.min(at + LONGEST_NAME));
                let other = (word.is_none() && !finds.is_empty()).then_some(Actor::Third);
                return (at, word.and_then(|w| opens(clause, w)).or(supposed).or(other));
            }
        };
        let rest = clause.text(end, segment.end);
        at = end.max(segment.end - trim_start(rest, |c| is_blank(c) || is_comma(c)).len().min(segment.end));
    }
    (at, supposed)
}
