//! A stretch of a clause → the members of the enumeration in it: noun phrases without what only says whose they are.
//!
//! ```text
//! list   = member ((、|，|and) member)* (etc noun?)?
//! member = (whose | relative clause)* noun phrase bracket?
//! bracket = ( list ) | ( other name ) | ( remark )
//! ```

use super::items::{Items, likeness};
use super::nouns::{last_start, named, trim};
use super::words::{Clause, Kind, Segment, Word};
use crate::lexicon::{Group, Hit, fold, group, keys};
use crate::text::{count, has, is_closing, is_comma, is_letter};

/// A member of an enumeration, in bytes of the clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub start: usize,
    pub end: usize,
    /// The key of its kind (`item.…`), where a list knows it.
    pub key: Option<&'static str>,
    /// Ends like what is called information.
    pub data: bool,
    /// All information at once.
    pub generic: bool,
    /// Said to be the reader's.
    pub owned: bool,
}

/// A list of so many members speaks for those that no list knows.
const MANY: usize = 3;

/// Bytes of an ideograph.
const ONE: usize = 3;

/// Bytes of a bracket in which its list may open.
const OPENER: usize = 90;

/// The members of a list, judged: those that no list knows count where most of the others are known.
pub(super) fn members(clause: &Clause<'_>, items: &Items, from: usize, to: usize, frame: Trust) -> Vec<Member> {
    let mut out = Vec::new();
    // 'Give false particulars (names, addresses)' is a breach.
    if clause.starts(group!("practice.false"), from) {
        return out;
    }
    collect(clause, items, from, to, 0, &mut out);
    contacts(clause, from, &mut out);
    let (told, none) = closed(clause, from, to);
    out.retain(|m| m.start >= none);
    judge(clause, &mut out, frame, told);
    out
}

/// 'Name and number of your contacts': whose they are is told once, and it is nobody's own name.
fn contacts(clause: &Clause<'_>, from: usize, members: &mut [Member]) {
    let Some((key, group)) = keys!("item.").find(|k| k.0 == "contacts") else { return };
    let Some(last) = members.last() else { return };
    let of = |h: &&Hit| !clause.reading.within(group!("practice.of"), h.end(), h.end() + ONE + 1).is_empty();
    let Some(owner) = clause.reading.within(group, from, last.start).iter().find(of) else { return };
    for member in members.iter_mut().filter(|m| m.end > owner.end() && m.key.is_some()) {
        member.key = Some(key);
    }
}

/// How much the frame around a list tells of its members.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Trust {
    /// Something is done with them.
    Said,
    /// A verb of collecting is among those that take them.
    Taken,
    /// Behind verbs by which information comes to us, and no others: whatever is named beside an item is one.
    Listed,
    /// The same behind 'collect': a list of plain nouns is one of items.
    Collected,
    /// The reader is asked for them: a list of plain nouns is one of items.
    Asked,
}

/// Up to where the members of a stretch are told to be information by what closes their list, 'A, B and other information';
/// and up to where to be none, 'A, B and other services'.
fn closed(clause: &Clause<'_>, from: usize, to: usize) -> (usize, usize) {
    let closes = |h: &Hit, nouns: &[Group]| {
        nouns.iter().any(|g| {
            let near = clause.reading.within(*g, h.end(), (h.end() + CLOSING).min(to));
            near.iter().any(|n| {
                let text = clause.text(h.end(), n.end()).chars().all(|c| is_letter(c) && c != '\u{3001}');
                text && clause.within(h.end(), n.start()).iter().all(|w| w.kind == Kind::Opaque || w.weak)
            })
        })
    };
    let etc = clause.reading.within(group!("practice.etc"), from, to);
    // 'Comments and other features', 'A, B and other functions for information'.
    let other = |h: &&Hit| closes(h, &[group!("practice.noun.service")]);
    let told = |h: &&Hit| closes(h, &[group!("practice.noun.generic"), group!("practice.noun.data")]) && !other(h);
    let closed = etc.iter().rfind(told).map_or(from, Hit::start);
    let more = clause.reading.within(group!("practice.other"), from, to);
    let none = etc.iter().chain(more).filter(other).map(Hit::start).max().unwrap_or(from);
    // 'Information, including A, B'.
    let opens = |w: &Word| w.kind == Kind::Include && w.start > from;
    // 'The following information: A, B'.
    let generic = group!("practice.noun.generic");
    let colon = ending(clause, from, to).any(|s| s.colon && clause.ends(generic, s.end));
    (if colon || clause.within(from, to).iter().any(opens) { to } else { closed }, none)
}

/// The segments that end between two places.
fn ending<'c>(clause: &'c Clause<'_>, from: usize, to: usize) -> impl Iterator<Item = &'c Segment> {
    let first = clause.segments.partition_point(|s| s.end <= from);
    clause.segments.iter().skip(first).take_while(move |s| s.end < to)
}

/// Bytes between 'and so on' and the noun that closes a list.
const CLOSING: usize = 24;

/// Bytes of a verb before what is the reader's.
const ACT: usize = 18;

/// The members of a line under a lead-in that asks for information: whatever is named there is.
pub(super) fn led(clause: &Clause<'_>, items: &Items, from: usize, to: usize) -> Vec<Member> {
    let mut out = Vec::new();
    // 'We will not: follow your location'.
    let you = clause.within(from, to).iter().find(|w| w.kind == Kind::You);
    let from = you.filter(|w| w.start <= from + ACT).map_or(from, |w| w.start);
    collect(clause, items, from, to, 0, &mut out);
    out.retain(|m| m.data || m.generic || plain(clause, m) && ends(clause, m.end));
    out
}

/// The members of a cell whose column is headed as information: its head says what they are, so that short ones count
/// where one of them is known.
pub(super) fn cell(clause: &Clause<'_>, items: &Items, from: usize, to: usize) -> Vec<Member> {
    let mut out = Vec::new();
    collect(clause, items, from, to, 0, &mut out);
    let known = out.iter().any(|m| m.data || m.generic);
    out.retain(|m| m.data || m.generic || known && members_short(clause, m));
    out
}

/// Characters of an item that only its place in a list tells.
const SHORT: usize = 10;

/// Drops what is no item.
fn judge(clause: &Clause<'_>, members: &mut Vec<Member>, frame: Trust, closed: usize) {
    let known = members.iter().filter(|m| m.data || m.generic).count();
    let majority = members.len() >= MANY && known * 2 >= members.len();
    let strong = frame >= Trust::Taken;
    let listed = members.len() > 1
        && match frame {
            Trust::Asked => known > 0 || members.iter().all(|m| plain(clause, m)),
            Trust::Listed => members.iter().any(|m| m.data),
            Trust::Collected => members.iter().any(|m| m.data) || members.iter().all(|m| plain(clause, m)),
            _ => false,
        };
    let told_short = |m: &Member| count(clause.text(m.start, m.end)) <= SHORT;
    // 'Your A, B and C': whose they are is told once.
    let owned = members.first().is_some_and(|m| m.owned) && (strong || known > 0);
    members.retain(|m| {
        m.data
            || m.generic
            || majority
            || m.end <= closed && known > 0 && told_short(m)
            || (listed || owned) && plain(clause, m) && ends(clause, m.end)
            || m.owned && members_short(clause, m) && clause.ends(group!("practice.noun.generic"), m.end)
            || strong && m.owned && members_short(clause, m) && (frame != Trust::Asked || plain(clause, m))
    });
}

/// Whether a phrase is over: a mark or a word of the grammar stands behind it.
fn ends(clause: &Clause<'_>, at: usize) -> bool {
    let goes_on = clause.text(at, clause.reading.text.len()).chars().next().is_some_and(is_letter);
    let closes = |w: &Word| !matches!(w.kind, Kind::Verb(_) | Kind::Opaque | Kind::Modal);
    !goes_on || clause.within(at, at + 1).iter().any(closes)
}

/// A short noun without any word of a sentence in it.
fn plain(clause: &Clause<'_>, member: &Member) -> bool {
    members_short(clause, member)
        && clause.within(member.start, member.end).iter().all(|w| matches!(w.kind, Kind::Opaque | Kind::Of) || w.weak)
}

/// The same in a bracket, in which no words are told apart.
fn bare(clause: &Clause<'_>, member: &Member) -> bool {
    let words = [group!("practice.from"), group!("practice.in"), group!("practice.we"), group!("practice.not")];
    members_short(clause, member)
        && words.into_iter().all(|g| clause.reading.within(g, member.start, member.end).is_empty())
}

/// "Your X" behind a strong verb.
fn members_short(clause: &Clause<'_>, member: &Member) -> bool {
    count(clause.text(member.start, member.end)) <= 8
}

/// How many of the members of a stretch are known, and how many there are.
pub(super) fn weigh(clause: &Clause<'_>, items: &Items, from: usize, to: usize) -> (usize, usize) {
    let mut out = Vec::new();
    collect(clause, items, from, to, 0, &mut out);
    (out.iter().filter(|m| m.data || m.generic).count(), out.len())
}

/// Cuts a stretch into members. `depth` of brackets.
fn collect(clause: &Clause<'_>, items: &Items, from: usize, to: usize, depth: usize, out: &mut Vec<Member>) {
    let mut start = from;
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let text = clause.text(from, to);
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        let at = from + at;
        if at < skip {
            continue;
        }
        if depth == 0
            && let Some(mask) = clause.mask(at, at + 1)
        {
            skip = mask.1;
            continue;
        }
        if is_list_stop(c) && !(c == ',' && is_number(clause.text(start, at), text.get(at - from + 1..))) {
            cuts.push((at, at + c.len_utf8()));
        }
    }
    // 'The following: A, B'.
    let colons = ending(clause, from, to).filter(|s| depth == 0 && s.colon);
    cuts.extend(colons.map(|s| (s.end, s.end + width(clause, s.end))));
    cuts.extend(joints(clause, from, to, depth).into_iter().filter(|j| !shared(clause, from, *j, to)));
    cuts.sort_unstable();
    whole(clause, from, to, &mut cuts);
    cuts.push((to, to));
    let mut aimed = false;
    for (end, next) in cuts {
        if end >= start {
            if !aimed {
                let aim = before_aim(clause, items, start, end);
                member(clause, items, start, aim.unwrap_or(end), depth, out);
                aimed = aim.is_some();
            }
            // What it is for goes on up to a comma.
            aimed &= !has(clause.text(end, next), is_comma) || clause.text(end, next).starts_with('\u{3001}');
            start = next;
        }
    }
}

/// Where the item ends of which it is said right behind it what for: 'the number of your card to complete the check'.
fn before_aim(clause: &Clause<'_>, items: &Items, from: usize, to: usize) -> Option<usize> {
    let whole = |h: &&Hit| {
        let (start, stop) = trim(clause, from, h.start());
        stop > start
            && (likeness(clause, items, start, stop).2 || clause.text(start, stop).ends_with([')', '\u{ff09}']))
    };
    clause.reading.within(group!("practice.aim.verb"), from, to).iter().find(whole).map(Hit::start)
}

/// Drops the cuts within one name: 'browsing, search and purchase records', 'device or software information' share their last
/// noun, 'the way and kind of access' their first.
fn whole(clause: &Clause<'_>, from: usize, to: usize, cuts: &mut Vec<(usize, usize)>) {
    let mut last = from;
    let mut at = 0;
    let edges: Vec<(usize, usize)> = cuts.clone();
    cuts.retain(|cut| {
        let end = edges.get(at + 1).map_or(to, |next| next.0);
        at += 1;
        let (left, right) = (trim(clause, last, cut.0.max(last)), trim(clause, cut.1, end.max(cut.1)));
        last = cut.1;
        let comma = clause.text(cut.0, cut.1).starts_with('\u{3001}');
        let word = [group!("practice.and"), group!("practice.with")].into_iter().any(|g| clause.is(g, cut.0, cut.1));
        let joins = word && headless(clause, left, right)
            || comma && (deed(clause, left, right) || manner(clause, left, right));
        !joins
    });
}

/// 'Device' of 'device or software information': short, no information by itself, before a noun with what it is of.
fn headless(clause: &Clause<'_>, left: (usize, usize), right: (usize, usize)) -> bool {
    let whose = clause.within(left.0, left.1).iter().rfind(|w| matches!(w.kind, Kind::You | Kind::Of));
    let left = (whose.map_or(left.0, |w| w.end), left.1);
    let bare = !noun_ends(clause, left) && left.1 > left.0 && left.1 - left.0 <= LEFT;
    let plain = |at: (usize, usize)| clause.within(at.0, at.1).iter().all(|w| matches!(w.kind, Kind::Opaque) || w.weak);
    let etc = clause.reading.after(group!("practice.etc"), right.0, right.1).map_or(right.1, |h| h.start());
    let right = (right.0, etc);
    let noun = clause.reading.of(group!("practice.noun.collective"));
    let head = noun.binary_search_by_key(&right.1, Hit::end).ok().and_then(|at| noun.get(at));
    let generic = clause.is(group!("practice.noun.generic"), right.0, right.1);
    bare && plain(left) && plain(right) && !generic && head.is_some_and(|h| h.start() > right.0)
}

/// 'Browsing' of 'browsing, search and purchase records': a deed before a deed.
fn deed(clause: &Clause<'_>, left: (usize, usize), right: (usize, usize)) -> bool {
    let deeds = group!("practice.deed");
    let behind = |at: usize| clause.reading.within(deeds, at, at + 1).first().map(Hit::end);
    let kept = || clause.ends(group!("practice.noun.event"), right.1);
    // The next one has the noun, or goes on so.
    clause.ends(deeds, left.1)
        && left.1 - left.0 <= LEFT
        && behind(right.0).is_some_and(|end| end >= right.1 || kept() && right.1 - right.0 <= LEFT * 2)
}

/// 'Kind' of 'the way, kind and state of access': what alone tells nothing, behind another one of these.
fn manner(clause: &Clause<'_>, left: (usize, usize), right: (usize, usize)) -> bool {
    let relational = group!("practice.noun.relational");
    let bare = clause.is(relational, right.0, right.1) || {
        let first = clause.reading.within(relational, right.0, right.0 + 1).first();
        first.is_some_and(|h| {
            clause.within(h.end(), h.end() + 1).iter().any(|w| matches!(w.kind, Kind::And | Kind::With))
        }) && clause.ends(relational, right.1)
    };
    bare && clause.ends(relational, left.1)
        && !clause.is(relational, left.0, left.1)
        && !clause.starts(group!("practice.noun.own"), right.0)
}

/// Whether a stretch ends like information.
fn noun_ends(clause: &Clause<'_>, at: (usize, usize)) -> bool {
    let nouns = [group!("practice.noun.data"), group!("practice.noun.generic"), group!("practice.noun.relational")];
    nouns.into_iter().chain(keys!("item.").map(|k| k.1)).any(|g| clause.ends(g, at.1))
}

/// Bytes of what shares the noun behind it.
const LEFT: usize = 18;

/// Words between members.
fn joints(clause: &Clause<'_>, from: usize, to: usize, depth: usize) -> Vec<(usize, usize)> {
    let joins = |k: Kind| matches!(k, Kind::And | Kind::With | Kind::Include | Kind::Such);
    let words = clause.within(from, to).iter().filter(|w| joins(w.kind));
    let mut joints: Vec<(usize, usize)> = words.map(|w| (w.start, w.end)).collect();
    if depth > 0 {
        // No word is sought in brackets but these.
        for g in [group!("practice.and"), group!("practice.with")] {
            joints.extend(clause.reading.within(g, from, to).iter().map(|h| (h.start(), h.end())));
        }
    }
    // 'What we collect is A': the list starts behind the link.
    for link in clause.reading.within(group!("practice.is"), from, to) {
        if clause.ends(group!("practice.noun.generic"), link.start()) {
            joints.push((link.start(), link.end()));
        }
    }
    joints.retain(|j| j.0 > from && j.1 < to);
    joints
}

/// 'The device's name and version': both nouns are of the first thing. 'Name and address' are two.
fn shared(clause: &Clause<'_>, from: usize, joint: (usize, usize), to: usize) -> bool {
    let relational = clause.reading.of(group!("practice.noun.relational"));
    let behind = relational.binary_search_by_key(&joint.1, Hit::start).ok().and_then(|at| relational.get(at));
    let bare = behind.is_some_and(|h| {
        let c = clause.text(h.end(), to).chars().next().unwrap_or('\u{3001}');
        h.end() >= to || is_list_stop(c) || is_closing(c) || clause.starts(group!("practice.etc"), h.end())
    });
    let before = relational.binary_search_by_key(&joint.0, Hit::end).ok().and_then(|at| relational.get(at));
    let modified = before
        .is_some_and(|h| h.start() > from && clause.text(from, h.start()).chars().next_back().is_some_and(is_letter));
    // 'A, and another way'.
    bare && !clause.ends(group!("practice.other"), joint.1)
        && (modified || !clause.starts(group!("practice.noun.own"), joint.1))
}

fn is_list_stop(c: char) -> bool {
    matches!(fold(c), ',' | ';' | '\u{3001}' | '\u{3002}' | '|' | '\n' | '\t' | '\u{2022}')
}

fn is_number(before: &str, behind: Option<&str>) -> bool {
    before.ends_with(|c: char| c.is_ascii_digit())
        && behind.is_some_and(|b| b.starts_with(|c: char| c.is_ascii_digit()))
}

/// The phrases of a stretch: what stands between list commas and conjunctions, without judgement.
pub(super) fn phrases(clause: &Clause<'_>, from: usize, to: usize) -> Vec<(usize, usize)> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut skip = 0;
    for (at, c) in clause.text(from, to).char_indices() {
        let at = from + at;
        if let Some(mask) = clause.mask(at, at + 1) {
            skip = mask.1;
        }
        if at >= skip && is_list_stop(c) {
            cuts.push((at, at + c.len_utf8()));
        }
    }
    let marks: Vec<usize> = [from].into_iter().chain(cuts.iter().map(|c| c.0)).chain([to]).collect();
    let joins = |w: &&Word| matches!(w.kind, Kind::And | Kind::With) && !spelt(clause, &marks, w);
    cuts.extend(clause.within(from, to).iter().filter(joins).map(|w| (w.start, w.end)));
    cuts.sort_unstable();
    cuts.push((to, to));
    let (mut out, mut start) = (Vec::new(), from);
    for (end, next) in cuts {
        let (a, b) = trim(clause, start, end.max(start));
        if b > a {
            out.push((a, b));
        }
        start = next.max(start);
    }
    out
}

/// Whether a conjunction of one character is a part of a company's name: a legal form ends the phrase, and before it stands
/// nobody. `marks` are the places between which it stands.
fn spelt(clause: &Clause<'_>, marks: &[usize], word: &Word) -> bool {
    let next = marks.partition_point(|m| *m <= word.start);
    let (Some(left), Some(right)) = (next.checked_sub(1).and_then(|at| marks.get(at)), marks.get(next)) else {
        return false;
    };
    let form = group!("company.form");
    let whole =
        [form, group!("company.known"), group!("practice.third"), group!("practice.we"), group!("practice.party")]
            .into_iter()
            .any(|g| clause.ends(g, word.start));
    let kind = super::kind_of(clause.reading, *left, word.start).is_some();
    // Behind the verb, and where a line starts, there is nothing to join: 'to And-So Ltd.', '1. And-So kit'.
    let first = marks.first() == Some(left) && *left == word.start;
    let formed = !clause.reading.within(form, word.end, *right).is_empty();
    word.end - word.start <= ONE && (first && (formed || *left == clause.number) || formed && !whole && !kind)
}

/// Takes one member, opening its bracket.
fn member(clause: &Clause<'_>, items: &Items, from: usize, to: usize, depth: usize, out: &mut Vec<Member>) {
    let (from, to) = trim(clause, from, to);
    let bracket = if depth == 0 { clause.mask(from, to) } else { None };
    let Some((open, close)) = bracket else {
        named(clause, items, from, to, to, out);
        return;
    };
    let before = (open > from).then_some(open);
    let inner = open + width(clause, open);
    let inner_to = last_start(clause, close).max(inner);
    // Digits in brackets number a list.
    if before.is_none() {
        let digits = clause.text(inner, inner_to);
        if digits.chars().count() <= 3 || !digits.chars().any(is_letter) {
            member(clause, items, close, to, depth, out);
        } else {
            collect(clause, items, inner, inner_to, depth + 1, out);
        }
        return;
    }
    let mut inside = Vec::new();
    // 'X (such as A, B)', 'X (that is whatever tells who you are, such as A, B)'.
    let stop = clause.text(inner, inner_to).find('\u{3001}').map_or(inner_to, |comma| inner + comma);
    let opener = [group!("practice.include"), group!("practice.such")]
        .into_iter()
        .filter_map(|g| clause.reading.within(g, inner, (inner + OPENER).min(stop)).last().map(Hit::end));
    // 'X (we collect …, including A, B)': a sentence, and its list.
    let list = clause.reading.after(group!("practice.include"), inner, inner_to).map(|h| h.end());
    let opener = opener.max().or(list.filter(|_| says(clause, inner, inner_to)));
    let inner = opener.unwrap_or(inner);
    // '(what you said, your X)' is a list.
    let owned = stop < inner_to && clause.starts(group!("practice.you"), inner);
    let noted = !owned && clause.starts(group!("practice.remark"), inner);
    let remark = opener.is_none() && (noted || says(clause, inner, inner_to));
    let denied = clause.reading.after(group!("practice.not"), open, inner_to).is_some();
    if !remark && !denied {
        collect(clause, items, inner, inner_to, depth + 1, &mut inside);
    }
    let known = inside.iter().filter(|m| m.data).count();
    // One name in the bracket is another name of what stands before it.
    let alias = opener.is_none() && inside.len() == 1 && count(clause.text(inner, inner_to)) <= 24 && close >= to;
    // 'Network card (MAC) address': one name.
    if close < to && clause.is(group!("practice.noun.relational"), close, to) && inside.len() <= 1 && open > from {
        named(clause, items, from, to, to, out);
        return;
    }
    let end = if alias && known == 1 { close } else { open };
    named(clause, items, from, open, end, out);
    // 'X (such as A, B)': whatever is short is one, as A is.
    if opener.is_some()
        && known > 0
        && !says(clause, inner, inner_to)
        && out.last().is_some_and(|m| m.end == open && (m.data || m.generic))
    {
        inside.retain(|m| m.data || bare(clause, m));
        for member in &mut inside {
            member.data = true;
        }
    }
    let known = inside.iter().filter(|m| m.data).count();
    if inside.len() > 1 && known * 2 >= inside.len() || known == 1 && inside.len() == 1 && !alias {
        out.append(&mut inside);
    }
    if close < to {
        // 'X (as far as there is one) of Y': what follows the bracket.
        let (rest, _) = trim(clause, close, to);
        if clause.text(rest, to).chars().any(is_letter) && !clause.starts(group!("practice.etc"), rest) {
            named(clause, items, rest, to, to, out);
        }
    }
}

/// Whether a bracket holds a sentence: something may be or is for something in it.
fn says(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    let modal = clause.reading.within(group!("practice.modal"), from, to).iter().any(|h| h.end() - h.start() > MODAL);
    modal || clause.reading.after(group!("practice.for"), from, to).is_some()
}

/// Bytes of a modal that may be a part of another word.
const MODAL: usize = 3;

fn width(clause: &Clause<'_>, at: usize) -> usize {
    clause.text(at, clause.reading.text.len()).chars().next().map_or(0, char::len_utf8)
}
