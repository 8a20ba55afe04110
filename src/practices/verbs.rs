//! A clause's words → its predicates: verbs that are no nouns, coordinated ones as one.

use super::Class;
use super::scope::Scope;
use super::words::{Clause, Kind, Word};
use crate::lexicon::group;
use crate::text::is_blank;

/// One or several coordinated verbs with one object.
#[derive(Clone, Debug)]
pub(super) struct Verb {
    pub start: usize,
    pub end: usize,
    /// Each with where it stands.
    pub parts: Vec<(Class, usize, usize)>,
    pub segment: usize,
    /// 'that you provide': says which information is meant.
    pub relative: bool,
}

/// The predicates in order. Linear in the words.
pub(super) fn find(clause: &Clause<'_>, scope: &Scope) -> Vec<Verb> {
    let mut out: Vec<Verb> = Vec::new();
    // The last word taken into the last predicate.
    let mut last = 0;
    for (at, word) in clause.words.iter().enumerate() {
        let class = match word.kind {
            Kind::Verb(class) => class,
            Kind::Toward if alone(clause, at) => Class::Share,
            _ => continue,
        };
        let noun = match class {
            Class::Abroad => !super::roles::is_sent(clause, at),
            _ => inner(clause, at) || named(clause, at),
        };
        if scope.aimed(word.start) || done_to(clause, at) || noun || heads(clause, at) {
            continue;
        }
        // 'Should it be sent abroad' ends in a particle as well.
        let relative = class != Class::Abroad
            && (clause.starts(group!("practice.of"), word.end) || told_of(clause, at) || tells(clause, at));
        if let Some(verb) = out.last_mut()
            && coordinated(clause, verb, last, at)
        {
            verb.parts.push((class, word.start, word.end));
            verb.end = word.end;
            verb.relative = relative && verb.parts.iter().all(|p| p.0 != Class::Abroad);
            last = at;
            continue;
        }
        if word.weak && !relative && (owns(clause, at) || !governed(clause, at)) {
            continue;
        }
        let segment = clause.segment(word.start);
        out.push(Verb {
            start: word.start,
            end: word.end,
            parts: vec![(class, word.start, word.end)],
            segment,
            relative,
        });
        last = at;
    }
    out
}

/// 'Model, battery readings, state': with a noun before it and a list comma behind it a verb is the head of a list's member.
fn heads(clause: &Clause<'_>, at: usize) -> bool {
    let Some(word) = clause.words.get(at) else { return false };
    let Some(segment) = clause.segments.get(clause.segment(word.start)) else { return false };
    let behind = clause.text(word.end, segment.end);
    let next = clause.words.get(at + 1).filter(|n| n.start == word.end + '\u{3001}'.len_utf8());
    let before = at.checked_sub(1).and_then(|i| clause.words.get(i)).map_or(segment.start, |b| b.end);
    let left = clause.text(before.max(segment.start), word.start);
    let noun = left.rfind('\u{3001}').is_some_and(|comma| comma + '\u{3001}'.len_utf8() < left.len());
    noun && behind.starts_with('\u{3001}') && !next.is_some_and(|n| matches!(n.kind, Kind::Verb(_)))
}

/// 'With partners who provide A, analyse B …': from a verb right behind a preposition to the particle all tells which ones are
/// meant, if a verb of giving follows the noun.
fn inner(clause: &Clause<'_>, at: usize) -> bool {
    let Some(word) = clause.words.get(at) else { return false };
    let Some(segment) = clause.segments.get(clause.segment(word.start)) else { return false };
    let before = clause.words.get(at.saturating_sub(MOST_INNER)..at).unwrap_or_default();
    let toward = before.iter().rposition(|w| matches!(w.kind, Kind::With | Kind::Toward));
    let Some(toward) =
        toward.and_then(|i| before.get(i..)).filter(|t| t.first().is_some_and(|w| w.start >= segment.start))
    else {
        return false;
    };
    let (Some(with), next) = (toward.first(), toward.get(1).unwrap_or(word)) else { return false };
    let opens = next.start == with.end && matches!(next.kind, Kind::Verb(_));
    if !opens || toward.iter().skip(1).any(|w| matches!(w.kind, Kind::Of | Kind::Modal | Kind::Not)) {
        return false;
    }
    let behind = clause.within(word.end, segment.end);
    let Some(of) = behind.iter().position(|w| w.kind == Kind::Of) else { return false };
    behind.iter().skip(of).any(|w| matches!(w.kind, Kind::Verb(class) if class.gives()))
}

/// Words from the preposition of such a clause to a verb of it.
const MOST_INNER: usize = 8;

/// 'We give it to nobody': a preposition for who gets it, with no verb that it belongs to, is the verb.
fn alone(clause: &Clause<'_>, at: usize) -> bool {
    let (Some(word), before) = (clause.words.get(at), clause.words.get(..at).unwrap_or_default()) else { return false };
    if !clause.is(group!("practice.give"), word.start, word.end) {
        return false;
    }
    let Some(segment) = clause.segments.get(clause.segment(word.start)) else { return false };
    let own = before.get(before.partition_point(|w| w.start < segment.start)..).unwrap_or_default();
    let taken =
        own.iter().rfind(|w| matches!(w.kind, Kind::Take | Kind::Verb(_))).is_some_and(|w| w.kind == Kind::Take);
    let left = taken
        || own.last().is_some_and(|b| matches!(b.kind, Kind::Modal | Kind::Not | Kind::Adverb) && b.end == word.start);
    let free = clause.within(word.end, segment.end).iter().all(|w| !matches!(w.kind, Kind::Verb(_) | Kind::Toward));
    left && free && super::frames::somebody(clause, word.end, segment.end)
}

/// 'At the request of …,': behind a particle and at the end of its segment it is a noun.
fn named(clause: &Clause<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| clause.words.get(i));
    let Some(word) = clause.words.get(at) else { return false };
    let segment = clause.segments.get(clause.segment(word.start));
    let Some(segment) = segment.filter(|s| s.end == word.end) else { return false };
    // 'Stop the collecting of X', 'do the changing of X' say it.
    let said = |w: &Word| w.kind == Kind::Take || clause.is(group!("practice.light"), w.start, w.end);
    before.is_some_and(|b| b.kind == Kind::Of && b.end == word.start)
        && !clause.within(segment.start, word.start).iter().any(said)
}

/// Bytes from a light verb to the verb in its noun.
const LIGHT: usize = 120;

/// 'We carry out a check of your face on you': what is done to a person is the light verb's noun, and takes nothing.
fn done_to(clause: &Clause<'_>, at: usize) -> bool {
    let before = clause.words.get(..at).unwrap_or_default();
    let Some(start) = clause.words.get(at).map(|word| word.start) else { return false };
    let from = before.partition_point(|w| w.start + LIGHT < start);
    let mut near = (from..at).rev();
    let is_light = |w: &Word| clause.is(group!("practice.light"), w.start, w.end);
    let Some(light) = near.find(|i| before.get(*i).is_some_and(is_light)) else { return false };
    let back = |n: usize| light.checked_sub(n).and_then(|i| before.get(i));
    let (Some(word), Some(light), Some(who), Some(take)) = (clause.words.get(at), before.get(light), back(1), back(2))
    else {
        return false;
    };
    matches!(who.kind, Kind::You | Kind::Reader)
        && take.kind == Kind::Take
        && take.end == who.start
        && who.end == light.start
        && clause.text(light.end, word.start).chars().all(crate::text::is_letter)
}

/// Whether the verb goes on with a predicate: nothing but conjunctions, modals and list commas between the two.
fn coordinated(clause: &Clause<'_>, verb: &Verb, last: usize, at: usize) -> bool {
    let Some(word) = clause.words.get(at) else { return false };
    let mut reached = verb.end;
    for between in clause.words.get(last + 1..at).unwrap_or_default() {
        let joins = matches!(between.kind, Kind::And | Kind::With | Kind::Modal | Kind::Adverb | Kind::Not);
        if !joins || !is_gap(clause.text(reached, between.start)) {
            return false;
        }
        reached = between.end;
    }
    if !is_gap(clause.text(reached, word.start)) || verb.relative {
        return false;
    }
    // Two verbs without anything between them: one, if their object follows; else the second is a noun's.
    let object =
        clause.words.get(at + 1).is_some_and(|n| n.start == word.end && matches!(n.kind, Kind::You | Kind::We))
            || clause.starts(group!("practice.noun.generic"), word.end);
    reached != word.start || verb.end != word.start || object
}

/// 'We collect your browsing of pages': the reader stands at the start of what is collected, and acts in no sentence.
fn owns(clause: &Clause<'_>, at: usize) -> bool {
    let behind = |back: usize| at.checked_sub(back).and_then(|i| clause.words.get(i));
    let (Some(word), Some(you), Some(verb)) = (clause.words.get(at), behind(1), behind(2)) else { return false };
    let takes = matches!(verb.kind, Kind::Verb(Class::Collect | Class::Use | Class::Store | Class::Share));
    you.kind == Kind::You && you.end == word.start && takes && verb.end == you.start
}

/// 'Which you visit': the verb right behind its pronoun, and in the same phrase the sign that a noun follows.
fn told_of(clause: &Clause<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| clause.words.get(i));
    let Some(word) = clause.words.get(at) else { return false };
    if !before.is_some_and(|b| b.kind == Kind::You && b.end == word.start) {
        return false;
    }
    let Some(segment) = clause.segments.get(clause.segment(word.start)) else { return false };
    let rest = clause.text(word.end, segment.end);
    // What is collected starts with the reader: whatever is said up to its noun tells which.
    let owns = owns(clause, at);
    let comma = rest.find('\u{3001}').filter(|_| !owns);
    let end = comma.map_or(segment.end, |comma| word.end + comma);
    let mut owner = word.end;
    for next in clause.within(word.end, end) {
        match next.kind {
            Kind::Of if next.start > owner => return true,
            Kind::We | Kind::You => owner = next.end,
            Kind::Modal | Kind::Not | Kind::When | Kind::For | Kind::Take if !owns => return false,
            _ => {}
        }
    }
    false
}

/// 'We never take whatever may tell who you are': what may be told by it says which, inside of what another verb takes.
fn tells(clause: &Clause<'_>, at: usize) -> bool {
    let back = |n: usize| at.checked_sub(n).and_then(|i| clause.words.get(i));
    let (Some(word), Some(modal), Some(verb)) = (clause.words.get(at), back(1), back(2)) else { return false };
    let inside = word.kind == Kind::Verb(Class::Use)
        && modal.kind == Kind::Modal
        && modal.end == word.start
        && matches!(verb.kind, Kind::Verb(_))
        && clause.segment(verb.start) == clause.segment(word.start)
        && !is_gap(clause.text(verb.end, modal.start));
    let end = clause.segments.get(clause.segment(word.start)).map_or(word.end, |s| s.end);
    inside && clause.within(word.end, end).iter().any(|w| w.kind == Kind::Of)
}

/// List commas, slashes and blanks.
pub(super) fn is_gap(text: &str) -> bool {
    text.chars().all(|c| is_blank(c) || matches!(c, '\u{3001}' | '/' | '\u{ff0c}' | ','))
}

/// 'You may, in Example, upload': a modal before the place where it is done.
fn placed(before: &[Word], from: usize) -> bool {
    let mut back = before.iter().rev().take_while(|w| w.start >= from);
    let place = back.next().filter(|w| matches!(w.kind, Kind::In | Kind::From));
    let modal = back.next().filter(|w| matches!(w.kind, Kind::Modal | Kind::Adverb));
    place.zip(modal).is_some_and(|(place, modal)| modal.end == place.start)
}

/// Whether what stands before a word that may be a noun makes a verb of it.
fn governed(clause: &Clause<'_>, at: usize) -> bool {
    let (Some(word), before) = (clause.words.get(at), clause.words.get(..at).unwrap_or_default()) else { return false };
    let Some(segment) = clause.segments.get(clause.segment(word.start)) else { return false };
    let start = super::scope::content(clause, segment);
    if word.start <= start {
        return true;
    }
    let left = before.last().filter(|w| w.end == word.start);
    // 'It is, encrypted, sent to Example': how it is done.
    let how =
        left.filter(|w| w.kind == Kind::Verb(Class::Protect)).and_then(|_| before.get(before.len().checked_sub(2)?));
    let left = how.filter(|w| w.kind == Kind::Modal).or(left);
    let adjacent = left.is_some_and(|w: &Word| {
        matches!(w.kind, Kind::Modal | Kind::Not | Kind::Adverb | Kind::We | Kind::You | Kind::By | Kind::Third)
            || matches!(w.kind, Kind::When | Kind::For | Kind::To)
            || clause.is(group!("practice.and.verb"), w.start, w.end)
    });
    // 'Store your …': no noun is followed by whose it is.
    let next = clause.words.get(at + 1).filter(|n| n.start == word.end && n.kind == Kind::You);
    let owned = next.is_some() && left.is_none_or(|w| w.kind != Kind::Of);
    // 'Allow Example to read …': whoever is allowed has no word of ours.
    let granted = before.last().is_some_and(|w| {
        let close = w.end < word.start && word.start - w.end <= super::LONGEST_NAME;
        let takes = matches!(word.kind, Kind::Verb(class) if class.takes_in());
        w.kind == Kind::Verb(Class::Ask)
            && w.start >= segment.start
            && takes
            && close
            && !clause.text(w.end, word.start).contains('\u{3001}')
            && clause.starts(group!("practice.grant"), w.start)
    });
    // 'Pass X on to Y', 'ask Y for X': the preposition waits for its verb.
    let gives = matches!(word.kind, Kind::Verb(class) if class.gives() || class.takes_in());
    // 'Take the loan record sell': the last of what is given is a noun.
    let last =
        clause.words.get(at + 1).is_some_and(|n| n.start == word.end && matches!(n.kind, Kind::Verb(c) if c.gives()));
    let noun = last && matches!(word.kind, Kind::Verb(class) if class.takes_in());
    let with = clause.words.get(at + 1).is_some_and(|n| n.start == word.end && n.kind == Kind::With);
    let waits = || {
        let from = before.partition_point(|w| w.start < segment.start);
        let mut back = (from..before.len()).rev().filter(|i| !inner(clause, *i)).filter_map(|i| before.get(i));
        // 'With partners that analyse use, share': what stands before a particle says which.
        let own = before.get(from..).unwrap_or_default();
        let of = own.iter().rfind(|w| w.kind == Kind::Of).map_or(0, |w| w.end);
        let held = back.find(|w| match w.kind {
            Kind::Verb(_) => !w.weak || w.start > of,
            kind => matches!(kind, Kind::Take | Kind::Toward | Kind::With | Kind::By),
        });
        held.is_some_and(|w| match w.kind {
            Kind::Take | Kind::By => true,
            // 'Check with X whether yours …'.
            Kind::Toward => gives || word.kind == Kind::Verb(Class::Use) && with,
            Kind::With => matches!(word.kind, Kind::Verb(class) if class.gives()),
            _ => false,
        } && clause.reading.within(group!("practice.relative"), w.end, word.start).is_empty())
    };
    adjacent
        || granted
        || owned
        || placed(before, segment.start)
        || !noun && left.is_none_or(|w| w.kind != Kind::Of) && waits()
}
