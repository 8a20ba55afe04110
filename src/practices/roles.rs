//! A predicate and its frame → the place where it is done or that it leads to.
//!
//! ```text
//! place = V at P · V toward (R of) P · at P V · toward (R of) P V · P V
//! ```
//! Where information comes from, where the reader is and whose name starts with a place are no such place.

use super::frames::Frame;
use super::verbs::Verb;
use super::words::{Clause, Kind, Word};
use super::{Class, Stretch};
use crate::lexicon::{Group, Hit, group};
use crate::text::is_letter;

/// Words for places: in the country, out of it, named ones.
const PLACES: [Group; 4] =
    [group!("place.inland"), group!("place.outland"), group!("place.foreign"), group!("company.place")];

/// Places of a segment that are looked at.
const MOST: usize = 16;

/// Bytes from a verb to its place, and from a place to its verb.
const NEAR: usize = 72;

/// Bytes of a company's name behind the place that it starts with.
const NAME: usize = 72;

/// Bytes of a particle between a place and what is done there.
const BEHIND: usize = 4;

/// The place of a predicate; of several, the one that it leads to, then the first.
pub(super) fn place(clause: &Clause<'_>, verb: &Verb, frame: &Frame) -> Option<Stretch> {
    let segment = clause.segments.get(verb.segment)?;
    let from = frame.recipients.first().map_or(segment.start, |r| r.0.min(segment.start));
    let to = frame.recipients.last().map_or(segment.end, |r| r.1.max(segment.end));
    let mut best: Option<(u8, std::cmp::Reverse<usize>, usize)> = None;
    for group in PLACES.into_iter().filter(|group| clause.reading.has(*group)) {
        for hit in clause.reading.within(group, from, to).iter().take(MOST) {
            let received = frame.recipients.iter().any(|r| r.0 <= hit.start() && hit.end() <= r.1);
            let rank = match () {
                () if clause.masked(hit.start()) || is_other(clause, hit) => continue,
                () if received => 1,
                () if clause.reading.after(group!("place.not"), hit.end(), hit.end() + BEHIND).is_some() => continue,
                () if is_behind(clause, verb, hit) => 1,
                () if is_before(clause, verb, hit) => 0,
                () => continue,
            };
            best = best.max(Some((rank, std::cmp::Reverse(hit.start()), hit.end())));
        }
    }
    best.map(|(_, start, end)| (start.0, end))
}

/// Whether a place says of something else where it is: the reader, what comes from there, a company by its name.
fn is_other(clause: &Clause<'_>, place: &Hit) -> bool {
    // 'Outside of China'.
    if clause.starts(group!("place.outland"), place.end()) {
        return true;
    }
    let form = clause.reading.after(group!("company.form"), place.end(), place.end() + NAME);
    let name = form.is_some_and(|form| clause.text(place.end(), form.start()).chars().all(is_letter));
    let mut back = clause.within(0, place.start()).iter().rev();
    let open = back.next().filter(|w| w.end == place.start());
    let theirs = match open.map(|w| w.kind) {
        Some(Kind::From) => true,
        Some(Kind::In) => back.next().is_some_and(|w| {
            matches!(w.kind, Kind::You | Kind::Reader) && open.is_some_and(|open| open.start == w.end)
        }),
        _ => false,
    };
    name || theirs
}

/// A verb between a place and its own that is no noun there.
fn is_verb(clause: &Clause<'_>, word: &Word) -> bool {
    matches!(word.kind, Kind::Verb(_)) && !word.weak && !clause.starts(group!("practice.of"), word.end)
}

/// 'V at P', 'V toward P'.
fn is_behind(clause: &Clause<'_>, verb: &Verb, place: &Hit) -> bool {
    if place.start() < verb.end || place.start() - verb.end > NEAR {
        return false;
    }
    let between = clause.within(verb.end, place.start());
    let leads = clause.is(group!("practice.verb.at"), verb.start, verb.end)
        || clause.ends(group!("practice.toward"), verb.end)
        || between.first().is_some_and(|w| w.start == verb.end && matches!(w.kind, Kind::In | Kind::Toward));
    leads && !between.iter().any(|w| is_verb(clause, w))
}

/// 'At P V', 'toward P V', 'P V'; what is collected at P as well only tells for whom a policy is.
fn is_before(clause: &Clause<'_>, verb: &Verb, place: &Hit) -> bool {
    let scope = verb.parts.iter().any(|p| matches!(p.0, Class::Collect | Class::Use));
    if place.end() > verb.start || verb.start - place.end() > NEAR || scope {
        return false;
    }
    let open = clause.within(0, place.start()).last().filter(|w| w.end == place.start()).map(|w| w.kind);
    let between = clause.within(place.end(), verb.start);
    let toward = open == Some(Kind::Toward) || clause.ends(group!("place.at"), place.start());
    let at = matches!(open, Some(Kind::In | Kind::By | Kind::If));
    if place.end() == verb.start && !toward && !at {
        return matches!(open, None | Some(Kind::Modal | Kind::Not | Kind::Adverb));
    }
    // 'What came in there is stored' says where it came from, 'on servers there it is stored' where it is.
    let held = || clause.reading.after(group!("place.holder"), place.end(), verb.start).is_some();
    let of = between.iter().any(|w| w.kind == Kind::Of);
    (toward || at) && !between.iter().any(|w| matches!(w.kind, Kind::Verb(_) | Kind::When)) && (!(of && at) || held())
}

/// Whether the name of what is done, moving information abroad, is said of somebody: not, or if need be, or of his information.
pub(super) fn is_sent(clause: &Clause<'_>, at: usize) -> bool {
    let Some(word) = clause.words.get(at) else { return false };
    let Some(segment) = clause.segments.get(clause.segment(word.start)) else { return false };
    let before = clause.within(segment.start, word.start);
    let says = |w: &Word| {
        use Kind::{Adverb, If, In, Modal, Not, Take, Toward, We};
        matches!(w.kind, Modal | Not | If | In | Take | Toward | Adverb | We)
    };
    let first = clause.text(word.end, segment.end).chars().next();
    let next = clause.within(word.end, segment.end).first().filter(|w| w.start == word.end);
    let case = |at: usize| clause.starts(group!("practice.case"), at);
    let whole = match next.map(|w| w.kind) {
        _ if first.is_none_or(|c| !is_letter(c)) || case(word.end) => true,
        Some(Kind::Of) => next.is_some_and(|w| w.end == segment.end || case(w.end)),
        Some(Kind::You | Kind::When | Kind::And | Kind::With) => true,
        _ => clause.starts(group!("card.data"), word.end),
    };
    whole && before.iter().any(says)
}
