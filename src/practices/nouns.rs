//! The stretch of one member → the noun phrase that names an item, without what only says whose it is; or nothing.
//!
//! ```text
//! phrase = (whose | which | relative clause)* noun        a word of a sentence in it makes none of it
//! ```

use super::items::{Items, PERSONAL, fits, hidden, is_none, likeness};
use super::lists::Member;
use super::words::{Clause, Kind};
use crate::lexicon::{Hit, group};
use crate::text::{count, is_blank, is_closing, is_letter, is_opening, part, trim_end, trim_start};

/// The longest name of an item, in characters.
const LONGEST: usize = 26;

/// Strips what is no name from the phrase `[from, to)` and keeps it, with what stands up to `end`.
pub(super) fn named(clause: &Clause<'_>, items: &Items, from: usize, to: usize, end: usize, out: &mut Vec<Member>) {
    let (mut start, mut stop) = trim(clause, from, to);
    // 'Etc': nothing behind it is a member.
    if let Some(etc) = clause.reading.after(group!("practice.etc"), start, stop) {
        stop = etc.start();
        if stop <= start {
            return;
        }
    }
    // A conjunction that nothing follows.
    while let Some(word) =
        clause.within(start, stop).last().filter(|w| w.end == stop && matches!(w.kind, Kind::And | Kind::With))
    {
        stop = word.start;
    }
    let mut owned = false;
    // 'Android such as A', in a bracket.
    if let Some(such) = clause.reading.within(group!("practice.such"), start + 1, stop).iter().rfind(|h| h.end() < stop)
    {
        start = such.end();
    }
    // 'Data on your contacts': on what they are.
    if let Some(on) = clause.reading.within(group!("practice.on"), start, stop).last() {
        let (from, to) = trim(clause, start, on.start());
        let strip = longest_at(clause, from).filter(|h| h.end() < to).map_or(from, |h| h.end());
        if clause.is(group!("practice.noun.generic"), on.end(), stop) && likeness(clause, items, strip, to).2 {
            stop = to;
        }
    }
    // Relative clauses: the last one that only says which.
    if let Some(hit) = clause.reading.within(group!("practice.relative"), start, stop).iter().rfind(|h| h.end() < stop)
    {
        owned = true;
        start = hit.end();
    }
    // 'The insured person's …'.
    if let Some(word) = clause.within(start, start + 1).first().filter(|w| matches!(w.kind, Kind::Reader))
        && let Some(of) =
            clause.reading.after(group!("practice.of"), word.end, word.end + 1).filter(|of| of.end() < stop)
    {
        (owned, start) = (true, of.end());
    }
    // 'Username' is no name of the user's.
    let noun = |h: &Hit| {
        let nouns = clause.reading.within(group!("practice.noun.data"), h.start(), h.start() + 1);
        nouns.first().is_some_and(|n| n.start() == h.start() && n.end() > h.end() && n.end() >= stop)
    };
    while let Some(hit) = longest_at(clause, start).filter(|h| h.end() < stop && !noun(h)) {
        owned |= clause.starts(group!("practice.you"), hit.start());
        start = theirs(clause, &hit, stop);
        let rest = trim_start(clause.text(start, stop), |c| is_blank(c) || is_opening(c));
        start = stop - rest.len();
    }
    let (start, stop) = trim(clause, start, stop);
    if stop <= start {
        return;
    }
    let text = clause.text(start, stop);
    if text.contains('/') && slashed(clause, items, start, stop, owned, out) {
        return;
    }
    // A bracket within brackets says more of its noun.
    let inner = text.find(['(', '\u{ff08}']).filter(|at| *at > 0 && end == to && text.ends_with([')', '\u{ff09}']));
    let (stop, text) = inner.map_or((stop, text), |at| (start + at, part(text, 0, at)));
    // A bracket that closes what was not opened.
    let unopened = text.ends_with([')', '\u{ff09}']) && !text.contains(['(', '\u{ff08}']);
    let stop = if unopened { last_start(clause, stop) } else { stop };
    let start = taken(clause, items, start, stop);
    // 'The number, which is sensitive information'.
    let apposed = clause.within(start, stop).iter().rfind(|w| w.kind == Kind::Of).filter(|of| {
        clause.is(group!("practice.noun.generic"), of.end, stop) && likeness(clause, items, start, of.start).1.is_some()
    });
    let stop = apposed.map_or(stop, |of| of.start);
    let (mut generic, mut key, mut data) = likeness(clause, items, start, stop);
    let mut start = start;
    let bad = |from: usize| is_rubbish(clause, from, stop, clause.text(from, stop)) || is_act(clause, from, stop);
    if !generic && (is_none(clause, items, start, stop) || bad(start)) {
        // 'What you told us of your X': the noun behind the last particle, if it is information.
        let Some(of) = head(clause, start, stop) else { return };
        start = of;
        (generic, key, data) = likeness(clause, items, start, stop);
        if !data || generic || is_none(clause, items, start, stop) || bad(start) {
            return;
        }
    }
    let end = if end > to && !generic { end } else { stop };
    let last = hidden(clause, start, stop).unwrap_or(stop);
    let key = key.or_else(|| items.inside(start, last)).filter(|_| fits(clause, items, start, stop));
    out.push(Member { start, end, key, data, generic, owned });
}
/// 'A/B/C': members, if each of them is information by itself.
fn slashed(clause: &Clause<'_>, items: &Items, start: usize, stop: usize, owned: bool, out: &mut Vec<Member>) -> bool {
    let text = clause.text(start, stop);
    let mut parts = Vec::new();
    let mut from = start;
    for part in text.split('/') {
        let (a, b) = trim(clause, from, from + part.len());
        from += part.len() + 1;
        let (generic, key, data) = likeness(clause, items, a, b);
        if generic || !data || count(clause.text(a, b)) < 2 {
            return false;
        }
        parts.push(Member { start: a, end: b, key, data, generic, owned });
    }
    out.append(&mut parts);
    true
}

/// Past the reader, and one character for what is the reader's before a particle: 'your home's'.
fn theirs(clause: &Clause<'_>, hit: &Hit, stop: usize) -> usize {
    let of = clause.reading.after(group!("practice.of"), hit.end(), (hit.end() + OWNER).min(stop));
    let bare = of.is_some_and(|of| !clause.is(group!("practice.noun.relational"), of.end(), stop));
    let named = clause.starts(group!("practice.you"), hit.start());
    of.filter(|of| bare && named && of.end() < stop && !clause.starts(group!("practice.you"), of.start()))
        .map_or(hit.end(), |of| of.end())
}

/// Bytes up to the start of that particle.
const OWNER: usize = 4;

fn longest_at(clause: &Clause<'_>, at: usize) -> Option<Hit> {
    clause.reading.within(group!("practice.strip"), at, at + 1).first().copied()
}
/// Where the noun behind the last particle starts; none where something is done to what is the reader's: 'create your account'.
fn head(clause: &Clause<'_>, from: usize, to: usize) -> Option<usize> {
    let of = clause.reading.within(group!("practice.of"), from, to).last().map_or(to, Hit::end);
    let you = clause.within(from, to).iter().rfind(|w| w.kind == Kind::You);
    let done = you.is_some_and(|you| {
        let whose = clause.reading.within(group!("practice.of"), you.end, to).first().map(Hit::end);
        whose.is_none_or(|end| end == of) && you.start > from && !clause.ends(group!("practice.of"), you.start)
    });
    (!done).then_some(of)
}

/// Bytes of a verb that no list has, before what is the reader's.
const VERB: usize = 6;

/// Past a verb of collecting with which a member starts: 'read the storage card', but not 'time of reading'; past any other
/// one before what is the reader's: 'follow your location'.
fn taken(clause: &Clause<'_>, items: &Items, from: usize, to: usize) -> usize {
    let you = clause.within(from + 1, from + VERB + 1).first().filter(|w| w.kind == Kind::You);
    let act = || clause.reading.within(group!("practice.act"), from, from + 1).is_empty();
    if let Some(you) = you.filter(|you| clause.starts(group!("practice.of"), you.end) && act()) {
        let of = clause.reading.within(group!("practice.of"), you.end, to).first().map_or(you.end, Hit::end);
        return if of < to { of } else { from };
    }
    let verb = clause.within(from, from + 1).first();
    // 'Carry out face recognition': the face is taken.
    if let Some(light) = clause.reading.within(group!("practice.light"), from, from + 1).first()
        && items.ending(light.end(), to).is_some()
    {
        return light.end();
    }
    let verb = verb.filter(|w| !w.weak && clause.is(group!("practice.verb.collect.takes"), w.start, w.end));
    let noun = [group!("practice.noun.event"), group!("practice.noun.relational")];
    verb.filter(|w| w.end < to && !noun.into_iter().any(|g| clause.is(g, w.end, to))).map_or(from, |w| w.end)
}

/// Whether a phrase is something that is done ('upload pictures') rather than what is kept of it ('upload time').
fn is_act(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let joined = clause.starts(group!("practice.and.verb"), from);
    let act = clause.reading.within(group!("practice.act"), from, from + 1).first();
    let kept =
        [group!("practice.noun.event"), group!("practice.noun.relational")].into_iter().any(|g| clause.ends(g, to));
    let which = |h: &Hit| clause.reading.after(group!("practice.of"), h.end(), to).is_some();
    joined || act.is_some_and(|h| h.end() < to && !kept && !which(h))
}

/// Whether a phrase is too long for a name or holds words of a sentence.
fn is_rubbish(clause: &Clause<'_>, from: usize, to: usize, text: &str) -> bool {
    let unbalanced = |open: [char; 3], close: [char; 3]| text.matches(open).count() != text.matches(close).count();
    says(clause, from, to)
        || goes_on(clause, from, to)
        || count(text) < 2
        || count(text) > LONGEST
        || !text.chars().any(is_letter)
        || text.contains("://")
        || unbalanced(['(', '\u{ff08}', '\u{201c}'], [')', '\u{ff09}', '\u{201d}'])
}

/// Whether words of a sentence stand in a phrase: some anywhere, others in its last noun, behind which nothing tells which
/// one is meant.
fn says(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let words = clause.within(from, to);
    let last = words.iter().rfind(|w| w.kind == Kind::Of).map_or(from, |w| w.end);
    let said = words.iter().any(|w| match w.kind {
        Kind::Adverb => w.end == to,
        Kind::We | Kind::You | Kind::If | Kind::In | Kind::Not | Kind::For | Kind::To | Kind::Take | Kind::By => true,
        Kind::Toward | Kind::Include => true,
        Kind::From | Kind::When => w.start >= last,
        // 'Sensors that can tell where': of what the last noun is.
        Kind::Modal => w.end < to && (w.start > from || last == from),
        Kind::Verb(_) => !w.weak && w.end < to && !clause.starts(group!("practice.of"), w.end) && w.start > from,
        _ => false,
    });
    let verb = words.first().is_some_and(|w| w.start == from && w.end == to && matches!(w.kind, Kind::Verb(_)));
    let open =
        clause.ends(group!("practice.of"), to) || clause.reading.after(group!("practice.we"), from, to).is_some();
    // 'A is sensitive information', 'in the way that …'.
    let told =
        clause.reading.after(group!("practice.says"), from, to).is_some() || clause.starts(group!("practice.to"), from);
    said || verb || open || told || clause.ends(group!("practice.when"), to)
}

/// Whether a phrase goes on behind all information at once as no name does: 'information when …', 'partners who use personal
/// information', 'the data that is sensitive information'.
fn goes_on(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let words = clause.within(from, to);
    let generics = clause.reading.of(group!("practice.noun.generic"));
    let next = generics.partition_point(|h| h.end() <= from);
    let nouns = [group!("practice.noun.data"), group!("practice.noun.relational"), group!("practice.noun.event")];
    let joined = |h: &Hit| clause.within(h.end(), h.end() + 1).iter().any(|w| matches!(w.kind, Kind::And | Kind::With));
    let name = |h: &Hit| joined(h) || nouns.into_iter().any(|g| clause.is(g, h.end(), to));
    let last = words.iter().rfind(|w| w.kind == Kind::Of).map_or(from, |w| w.end);
    let inside = generics.iter().skip(next).take_while(|h| h.start() < to).take(MOST_GENERIC);
    let whole = inside.into_iter().any(|h| h.end() < to && (h.start() <= from || h.start() >= last) && !name(h));
    let last = generics.binary_search_by_key(&to, Hit::end).ok().and_then(|at| generics.get(at));
    let used = last.is_some_and(|h| {
        h.start() > from
            && h.end() - h.start() >= PERSONAL
            && words.iter().any(|w| matches!(w.kind, Kind::Verb(_) | Kind::Modal) && w.end <= h.start())
            && clause.within(from, h.start()).last().is_none_or(|w| w.kind != Kind::Of)
    });
    whole || used
}

/// Words for all information at once that are looked at in one phrase.
const MOST_GENERIC: usize = 4;

/// Without blanks, quotes and punctuation around it.
pub(super) fn trim(clause: &Clause<'_>, from: usize, to: usize) -> (usize, usize) {
    let text = part(clause.reading.text, from, to.max(from));
    let rest = trim_start(text, is_edge);
    let start = from + text.len() - rest.len();
    (start, start + trim_end(rest, is_edge).len())
}

fn is_edge(c: char) -> bool {
    is_blank(c)
        || is_closing(c) && !matches!(c, ')' | '\u{ff09}')
        || is_opening(c) && !matches!(c, '(' | '\u{ff08}')
        || matches!(c, '\u{3002}' | '-' | '/' | '"' | '*' | '_' | '#')
}

/// Where the last character before `end` starts.
pub(super) fn last_start(clause: &Clause<'_>, end: usize) -> usize {
    end - clause.text(0, end).chars().next_back().map_or(0, char::len_utf8)
}
