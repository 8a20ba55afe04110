//! A predicate → what stands in its frame: objects, recipients.
//!
//! ```text
//! take O V · take O toward R V · toward R V O · with R V O · V O · V toward R · O by V · O V(toward) R
//! ```

use super::Stretch;
use super::items::Items;
use super::lists;
use super::scope::{Scope, content, is_dative};
use super::verbs::{Verb, is_gap};
use super::words::{Clause, Kind, Word};
use crate::lexicon::{Hit, group, keys};

/// The slots of a predicate.
#[derive(Debug, Default)]
pub(super) struct Frame {
    pub objects: Vec<Stretch>,
    pub recipients: Vec<Stretch>,
    /// The object is what a verb behind it takes in, not a topic.
    pub direct: bool,
    /// The object is that of a verb further on.
    pub chained: bool,
    /// Up to where the clause has been read.
    pub reached: usize,
}

/// Verbs that have one object, each of them denied.
const MOST_CHAINED: usize = 4;

/// Reads the frame of `verbs[at]`; `from` is where what belongs to it starts.
pub(super) fn read(clause: &Clause<'_>, scope: &Scope, items: &Items, verbs: &[Verb], at: usize, from: usize) -> Frame {
    let mut frame = own(clause, scope, items, verbs, at, from);
    let last = (at..at + MOST_CHAINED).find(|at| !chained(clause, verbs, *at));
    if let Some((last, before)) =
        last.filter(|last| *last > at && frame.objects.is_empty()).and_then(|l| Some((l, verbs.get(l - 1)?)))
    {
        frame.objects = own(clause, scope, items, verbs, last, before.end).objects;
        frame.chained = true;
    }
    frame
}

/// What stands in its own frame.
fn own(clause: &Clause<'_>, scope: &Scope, items: &Items, verbs: &[Verb], at: usize, from: usize) -> Frame {
    let mut frame = Frame::default();
    let Some(verb) = verbs.get(at) else { return frame };
    let left: Vec<Word> = clause
        .within(from, verb.start)
        .iter()
        .filter(|w| !scope.conditional(w.start) && !scope.aimed(w.start))
        .copied()
        .collect();
    frame.reached = verb.end;
    receivers_before(clause, &left, verb, &mut frame);
    let take = left.iter().rposition(|w| w.kind == Kind::Take && clause.segment(w.start) <= verb.segment);
    // What is done to it by a light verb before the comma is over.
    let over = |w: &Word| clause.is(group!("practice.light"), w.start, w.end) && clause.segment(w.start) < verb.segment;
    // 'You may put X into Y, we collect Z': another one acts behind the comma.
    let acts = |w: &Word| {
        w.kind == Kind::We && clause.segment(w.start) == verb.segment && !clause.starts(group!("practice.of"), w.end)
    };
    let ended = |take: &[Word]| {
        let before = take.first().is_some_and(|w| clause.segment(w.start) < verb.segment);
        take.iter().any(over) || before && take.iter().any(acts)
    };
    if let Some(take) = take.and_then(|t| left.get(t..)).filter(|take| !ended(take)) {
        let start = take.first().map_or(verb.start, |w| w.end);
        let limit = frame.recipients.first().map_or(verb.start, |r| r.0);
        let stop = take.iter().skip(1).find(|w| {
            clause.is(group!("practice.light"), w.start, w.end)
                || matches!(
                    w.kind,
                    Kind::Toward | Kind::Modal | Kind::Not | Kind::For | Kind::By | Kind::From | Kind::We
                ) && !(w.kind == Kind::We && clause.starts(group!("practice.of"), w.end))
        });
        let with = clause.within(start, limit).last().filter(|w| w.kind == Kind::With && w.end == limit);
        let end = stop.map_or(limit, |w| w.start).min(with.map_or(limit, |w| w.start)).min(limit).min(verb.start);
        if end > start {
            frame.objects.push((start, end));
            frame.direct = true;
        }
    }
    receivers_behind(clause, verb, verb.end, &mut frame);
    entrusted(clause, verb, &mut frame);
    if frame.direct && frame.recipients.is_empty() {
        receivers_bare(clause, verb, &mut frame);
    }
    if !frame.direct && frame.reached == verb.end {
        after(clause, scope, items, verbs, at, &mut frame);
        // 'V O toward R'.
        let in_own = clause.segment(frame.reached) == verb.segment;
        if gives(verb) && in_own && frame.recipients.is_empty() && !frame.objects.is_empty() {
            let reached = frame.reached;
            receivers_behind(clause, verb, reached, &mut frame);
        }
    }
    // 'O is passed on R': what follows the verb is who gets it.
    // 'V, or with R V': what follows is the next verb's.
    let objects = frame.objects.len();
    frame.objects.retain(|o| {
        let words = clause.within(o.0, o.1 + 1);
        let with = |w: &Word| matches!(w.kind, Kind::With | Kind::Toward);
        let joined = words.first().is_some_and(|w| w.kind == Kind::And && w.start == o.0);
        !joined || words.get(1).is_none_or(|w| !with(w) || words.first().is_some_and(|f| f.end != w.start))
    });
    if frame.objects.len() < objects {
        frame.reached = verb.end;
    }
    let to_somebody = |o: &Stretch| frame.recipients.is_empty() && o.0 == verb.end && somebody(clause, o.0, o.1);
    if gives(verb) && frame.objects.first().is_some_and(to_somebody) {
        frame.recipients.append(&mut frame.objects);
    }
    if frame.objects.is_empty() && !verb.relative {
        topic(clause, scope, verb, from, &mut frame);
    }
    if frame.objects.is_empty() && !verb.relative {
        fronted(clause, scope, items, verb, &mut frame);
    }
    let nothing = |o: &Stretch| lists::weigh(clause, items, o.0, o.1).1 == 0;
    if verb.parts.iter().all(|p| p.0.takes_in()) && frame.objects.iter().all(nothing) {
        label(clause, items, verb, &mut frame);
    }
    frame
}

/// 'We neither V nor toward R V O', 'V or toward R V O': both have the object of the next verb.
fn chained(clause: &Clause<'_>, verbs: &[Verb], at: usize) -> bool {
    let (Some(verb), Some(next)) = (verbs.get(at), verbs.get(at + 1)) else { return false };
    let first = clause.within(verb.end, next.start).first().filter(|w| is_gap(clause.text(verb.end, w.start)));
    let denies = first.is_some_and(|w| matches!(w.kind, Kind::Not | Kind::And | Kind::Adverb));
    let behind = clause.within(verb.end, next.start);
    let not = behind.iter().any(|w| matches!(w.kind, Kind::Not | Kind::Toward | Kind::With));
    let plain =
        behind.iter().all(|w| !matches!(w.kind, Kind::Take | Kind::We | Kind::You | Kind::For | Kind::If | Kind::When));
    denies && not && plain && !next.relative
}

/// 'Toward R V', 'with R V'.
fn receivers_before(clause: &Clause<'_>, left: &[Word], verb: &Verb, frame: &mut Frame) {
    for (at, word) in left.iter().enumerate().rev() {
        let stretch = match word.kind {
            Kind::Toward => true,
            Kind::With => verb.parts.iter().any(|p| p.0.gives()),
            Kind::Take => break,
            _ => continue,
        };
        let behind = left.get(at + 1..).unwrap_or_default();
        // What stands before a particle is a relative clause on who it is.
        let of = behind.iter().rposition(|w| w.kind == Kind::Of && w.end < verb.start).unwrap_or(0);
        let stop = behind
            .iter()
            .skip(of)
            .find(|w| matches!(w.kind, Kind::Modal | Kind::Not | Kind::Take | Kind::Adverb | Kind::To | Kind::By));
        let end = stop.map_or(verb.start, |w| w.start);
        let same = clause.segment(word.start) == verb.segment
            || left.iter().all(|w| w.kind != Kind::Verb(super::Class::Collect));
        if stretch && end > word.end && same {
            // 'A and B with C': the last one is the preposition.
            let before = at.checked_sub(1).and_then(|i| left.get(i)).filter(|b| b.end == word.start);
            let opens = before.is_some_and(|b| matches!(b.kind, Kind::Modal | Kind::Adverb | Kind::Not | Kind::We));
            if word.kind == Kind::With && !opens && !receives(clause, word.end, end) {
                continue;
            }
            frame.recipients.push((word.end, end));
            break;
        }
    }
}

/// Whether somebody is named there.
fn receives(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    // 'The guardian's number' is nobody.
    let who = |w: &Word| matches!(w.kind, Kind::Third | Kind::We | Kind::You) || w.kind == Kind::Reader && w.end == to;
    // 'Makers of phones (A, B)'.
    let end = clause.mask(from, to).map_or(to, |m| m.0);
    clause.within(from, to).iter().any(who)
        || super::kind_of(clause.reading, from, to).is_some()
        || clause.reading.after(group!("company.form"), from, to).is_some()
        || clause.ends(group!("practice.party"), end)
}

/// 'V toward R'.
fn receivers_behind(clause: &Clause<'_>, verb: &Verb, at: usize, frame: &mut Frame) {
    // 'V, or toward R V': the next verb's.
    let joined = clause.within(verb.end, at).last().is_some_and(|w| w.kind == Kind::And && w.end == at);
    let next = clause.within(at, at + 1).first().filter(|w| w.kind == Kind::Toward && !joined);
    let ends = at == verb.end && clause.ends(group!("practice.toward"), verb.end) && gives(verb);
    let start = match next {
        Some(word) => word.end,
        None if ends => verb.end,
        None => return,
    };
    let end = receivers_end(clause, verb, start);
    if end > start {
        frame.recipients.push((start, end));
        frame.reached = end;
    }
}

/// Where those end who stand behind a verb: 'to R for …', 'to R to use'.
fn receivers_end(clause: &Clause<'_>, verb: &Verb, start: usize) -> usize {
    let Some(segment) = clause.segments.get(verb.segment) else { return start };
    let words = clause.within(start, segment.end);
    // 'To the courier that does … for Example'.
    let whose = clause.starts(group!("practice.dative"), start);
    let of = words.iter().rfind(|w| whose && w.kind == Kind::Of).map_or(start, |w| w.end);
    let stop = words.iter().filter(|w| w.start >= of).find(|w| match w.kind {
        Kind::Verb(_) => !w.weak || w.end == segment.end && w.start > start,
        kind => matches!(kind, Kind::For | Kind::To | Kind::Modal | Kind::Not | Kind::When | Kind::Take),
    });
    stop.map_or(segment.end, |w| w.start)
}

/// 'Take O V R': somebody right behind the verb, without a preposition.
fn receivers_bare(clause: &Clause<'_>, verb: &Verb, frame: &mut Frame) {
    let end = receivers_end(clause, verb, verb.end);
    if gives(verb) && somebody(clause, verb.end, end) {
        frame.recipients.push((verb.end, end));
        frame.reached = end;
    }
}

fn gives(verb: &Verb) -> bool {
    verb.parts.iter().any(|p| p.0.gives())
}

/// Whether a stretch ends in a word for somebody who is not the reader: a kind, a company, an institution.
pub(super) fn somebody(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let ends = |g| clause.reading.within(g, from, to).iter().any(|h| h.end() == to);
    to > from
        && (keys!("recipient.").any(|(_, g)| ends(g))
            || [
                group!("company.form"),
                group!("company.weak"),
                group!("practice.party"),
                group!("practice.third"),
                group!("practice.anyone"),
            ]
            .into_iter()
            .any(ends))
}

/// 'V O', over the commas that the enumeration goes on behind.
fn after(clause: &Clause<'_>, scope: &Scope, items: &Items, verbs: &[Verb], at: usize, frame: &mut Frame) {
    let Some(verb) = verbs.get(at) else { return };
    let Some(own) = clause.segments.get(verb.segment) else { return };
    let next = verbs.get(at + 1..).unwrap_or_default().iter().find(|v| !v.relative).map_or(usize::MAX, |v| v.start);
    let from = verb.end
        + clause.reading.after(group!("practice.of"), verb.end, verb.end + 1).map_or(0, |h| h.end() - h.start());
    let end = stop(clause, scope, verbs, (from, own.end), next);
    // 'Is stored in …', 'is posted at …': a place.
    let set = verb.parts.iter().all(|p| matches!(p.0, super::Class::Publish | super::Class::Store));
    let place = set && clause.within(verb.end, verb.end + 1).iter().any(|w| w.kind == Kind::In);
    if place || clause.is(group!("practice.verb.at"), verb.start, verb.end) {
        frame.reached = end;
        return;
    }
    if end > from {
        frame.objects.push((from, end));
        frame.direct = true;
    }
    frame.reached = end;
    let mut open = end == own.end && !own.last;
    let mut colon = own.colon;
    let (mut led, mut led_by_commas) = (false, false);
    for (at, segment) in clause.segments.iter().enumerate().skip(verb.segment + 1) {
        if !open {
            break;
        }
        let from = content(clause, segment);
        // ', for example, …': what opens the list stands alone.
        let lone = clause
            .within(from, from + 1)
            .iter()
            .any(|w| matches!(w.kind, Kind::Include | Kind::Such) && w.end >= segment.end);
        if lone {
            led = true;
            continue;
        }
        let aims = clause.within(from, from + 1).iter().any(|w| matches!(w.kind, Kind::For | Kind::To));
        // 'Correcting: you may …' says something of its own.
        let own = clause.within(from, segment.end);
        let acts = own.first().is_some_and(|w| matches!(w.kind, Kind::You | Kind::We) && w.start == from);
        if acts && own.get(1).is_some_and(|w| w.kind == Kind::Modal && own.first().is_some_and(|f| f.end == w.start)) {
            break;
        }
        if next < from || scope.conditional(from) || aims {
            break;
        }
        let end = stop(clause, scope, verbs, (from, segment.end), next);
        if end <= from || (segment.colon && !colon) {
            break;
        }
        let (data, all) = lists::weigh(clause, items, from, end);
        let includes = led || clause.within(from, from + 1).iter().any(|w| w.kind == Kind::Include);
        let leads = led
            || clause.within(from, from + 1).iter().any(|w| matches!(w.kind, Kind::Include | Kind::Such | Kind::And));
        led = false;
        // 'The following: A, B'.
        let told = colon && frame.objects.last().is_some_and(|o| clause.ends(group!("practice.noun.generic"), o.1));
        // 'A, B, X, C': one that no list knows between others that commas part.
        let next_known = || {
            let behind = clause.segments.get(at + 1).filter(|_| end == segment.end && end - from <= COMMAS);
            let bare = clause.within(from, end).iter().all(|w| matches!(w.kind, Kind::Opaque) || w.weak);
            bare && behind
                .is_some_and(|b| b.end - b.start <= COMMAS && lists::weigh(clause, items, b.start, b.end) == (1, 1))
        };
        let among = (data, all) == (0, 1) && led_by_commas && next_known();
        if !among && (data * 2 < all && !leads && !told || data == 0 && !colon && !includes) {
            break;
        }
        led_by_commas = (data, all) == (1, 1);
        frame.objects.push((from, end));
        frame.reached = end;
        open = end == segment.end && !segment.last;
        colon = segment.colon;
    }
}

/// Bytes of a member of a list that commas part.
const COMMAS: usize = 24;

/// Bytes in which a relative clause before a list ends; longer than any that is written.
const RELATIVE: usize = 600;

/// Where an object that starts at `from` ends in its segment.
fn stop(clause: &Clause<'_>, scope: &Scope, verbs: &[Verb], (from, end): Stretch, next: usize) -> usize {
    // 'What you use': it says which.
    let which = |at: usize| verbs.binary_search_by_key(&at, |v| v.start).ok().and_then(|i| verbs.get(i));
    let words = clause.within(from, end);
    // A relative clause before the first list comma may hold whatever words.
    let near = clause.reading.text.floor_char_boundary(end.min(from + RELATIVE));
    let first = clause.within(from, near);
    let comma = clause.text(from, near).find('\u{3001}').map_or(near, |at| from + at);
    let limit = first.iter().find(|w| w.kind == Kind::For).map_or(comma, |w| w.start.min(comma));
    let clauses = clause.reading.within(group!("practice.relative"), from, limit);
    let relative = |w: &&Word| matches!(w.kind, Kind::Verb(_)) && clause.starts(group!("practice.of"), w.end);
    let verb = first.iter().rev().find(|w| relative(w) && w.end < limit).map_or(from, |w| w.end);
    let free = clauses.last().map_or(from, Hit::end).max(verb);
    let mut end = end;
    for (at, word) in words.iter().enumerate() {
        if word.start >= end {
            break;
        }
        let of = clause.starts(group!("practice.of"), word.end);
        let stops = match word.kind {
            Kind::For | Kind::Take => true,
            // 'The numbers that went through a hash'.
            Kind::If => word.start >= free,
            Kind::To => word.start > from,
            // 'A, our version, B': behind a list comma it says whose.
            Kind::We => !of && word.start >= free && !clause.text(from, word.start).ends_with('\u{3001}'),
            Kind::You => {
                let owner = of || is_dative(clause, word) || which(word.end).is_some_and(|v| v.relative);
                !owner && word.start >= free && word.start > from && subject(words, at)
            }
            Kind::Modal if which(word.end).is_some_and(|v| v.relative) => false,
            Kind::Modal | Kind::Not | Kind::By | Kind::Toward => word.start >= free && word.start > from,
            Kind::From => word.start >= free,
            Kind::When => word.start >= free && word.end == end,
            Kind::Verb(_) => word.start >= next && word.start >= free,
            _ => false,
        };
        if stops || scope.aimed(word.start) && word.start > from && word.start >= free {
            end = word.start;
        }
    }
    end
}

/// Whether 'you' is followed by what a subject is followed by.
fn subject(words: &[Word], at: usize) -> bool {
    let word = words.get(at);
    let next = words.get(at + 1).filter(|n| word.is_some_and(|w| w.end == n.start));
    next.is_some_and(|n| matches!(n.kind, Kind::Modal | Kind::Not | Kind::Adverb | Kind::Verb(_) | Kind::In))
}

/// 'Log data: when you …, we collect': the label that the clause opens with.
fn label(clause: &Clause<'_>, items: &Items, verb: &Verb, frame: &mut Frame) {
    let Some(first) = clause.segments.first().filter(|s| verb.segment > 0 && !s.last) else { return };
    let start = content(clause, first);
    let bare = clause.within(start, first.end).iter().all(|w| w.kind == Kind::Opaque);
    if bare && first.end - start <= LABEL && lists::weigh(clause, items, start, first.end) == (1, 1) {
        frame.objects = vec![(start, first.end)];
    }
}

/// 'Your X, unless you agree, we never pass on': the noun phrase that opens the sentence, where nothing is said of it yet.
fn fronted(clause: &Clause<'_>, scope: &Scope, items: &Items, verb: &Verb, frame: &mut Frame) {
    use super::Class;
    let before = clause.segments.get(..verb.segment).unwrap_or_default();
    let first = before.iter().rposition(|s| s.last).map_or(0, |at| at + 1);
    let Some(segment) = before.get(first).filter(|s| !s.colon) else { return };
    let start = content(clause, segment);
    let takes =
        |class: Class| class.gives() || class.takes_in() || matches!(class, Class::Use | Class::Store | Class::Delete);
    // Somebody does it, and what it is done with is said of by nothing else.
    let acts =
        clause.within(segment.end, verb.start).iter().any(|w| matches!(w.kind, Kind::We | Kind::Third | Kind::By));
    let told = [group!("practice.is"), group!("practice.says")]
        .into_iter()
        .any(|g| clause.reading.after(g, start, segment.end).is_some());
    let bare = acts
        && !told
        && clause.within(start, segment.end).iter().all(|w| match w.kind {
            Kind::You | Kind::We => clause.starts(group!("practice.of"), w.end),
            kind => matches!(kind, Kind::Opaque | Kind::Of | Kind::And | Kind::With | Kind::Include | Kind::Etc),
        });
    let (data, all) = lists::weigh(clause, items, start, segment.end);
    let fresh = |w: &Word| !matches!(w.kind, Kind::Verb(_)) || scope.conditional(w.start);
    if clause.within(segment.end, verb.start).iter().all(fresh)
        && bare
        && data > 0
        && data * 2 >= all
        && verb.parts.iter().all(|p| takes(p.0))
        && !scope.conditional(start)
        && !scope.aimed(start)
    {
        frame.objects.push((start, segment.end));
    }
}

/// The longest label, in bytes.
const LABEL: usize = 30;

/// 'Entrust R to V O'.
fn entrusted(clause: &Clause<'_>, verb: &Verb, frame: &mut Frame) {
    if !verb.parts.iter().all(|p| p.0 == super::Class::Entrust) || !frame.recipients.is_empty() {
        return;
    }
    let Some(segment) = clause.segments.get(verb.segment) else { return };
    let stops = |w: &&Word| match w.kind {
        Kind::Verb(class) => class != super::Class::Ask,
        kind => matches!(kind, Kind::Toward | Kind::For | Kind::To | Kind::Modal | Kind::Take),
    };
    let end = clause.within(verb.end, segment.end).iter().find(stops).map_or(segment.end, |w| w.start);
    if end > verb.end {
        frame.recipients.push((verb.end, end));
    }
}

/// 'O is V': what the sentence starts with, before its modal.
fn topic(clause: &Clause<'_>, scope: &Scope, verb: &Verb, from: usize, frame: &mut Frame) {
    let Some(segment) = clause.segments.get(verb.segment) else { return };
    let start = content(clause, segment).max(from);
    let modal = clause
        .within(start, verb.start)
        .iter()
        .find(|w| matches!(w.kind, Kind::Modal | Kind::By | Kind::Not | Kind::Adverb | Kind::Toward | Kind::Take));
    let end = modal.map_or(verb.start, |w| w.start);
    // 'Your X and that with us will be collected by us': who acts is told.
    let by = clause.within(end, verb.start).iter().any(|w| w.kind == Kind::By);
    let free = clause.within(start, end).iter().all(|w| match w.kind {
        Kind::We | Kind::You if by => true,
        Kind::We => clause.starts(group!("practice.of"), w.end),
        // What we use is not the reader's.
        Kind::Verb(_) => {
            w.weak || clause.starts(group!("practice.of"), w.end) && !clause.ends(group!("practice.we"), w.start)
        }
        Kind::If | Kind::In | Kind::For | Kind::From => false,
        _ => true,
    });
    if end > start && free && !scope.conditional(start) && !scope.aimed(start) {
        frame.objects.push((start, end));
    }
}
