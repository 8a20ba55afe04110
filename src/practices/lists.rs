//! A stretch of a clause → the members of the enumeration in it: noun phrases without what only says whose they are.
//!
//! ```text
//! list   = member ((、|，|and) member)* (etc noun?)?
//! member = (whose | relative clause)* noun phrase bracket?
//! bracket = ( list ) | ( other name ) | ( remark )
//! ```

use super::words::{Clause, Kind, Segment, Word};
use crate::lexicon::{Hit, Reading, fold, group, keys};
use crate::text::{count, is_blank, is_closing, is_ideograph, is_letter, is_opening, part, trim_end, trim_start};

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

/// The longest name of an item, in characters.
const LONGEST: usize = 26;
/// A list of so many members speaks for those that no list knows.
const MANY: usize = 3;

/// Bytes of a bracket in which its list may open.
const OPENER: usize = 90;

/// Items of information by where they end.
#[derive(Debug)]
pub(super) struct Items(Vec<(u32, u32, &'static str)>);

impl Items {
    pub fn new(clause: &Clause<'_>) -> Self {
        let mut edges: Option<Edges> = None;
        let mut items: Vec<(u32, u32, &'static str)> = Vec::new();
        for (key, group) in keys!("item.").filter(|(_, group)| clause.reading.has(*group)) {
            for hit in clause.reading.of(group) {
                if hit.end() - hit.start() != TWO || !edges.get_or_insert_with(|| Edges::new(clause)).cut(clause, hit) {
                    items.push((hit.end() as u32, hit.start() as u32, key));
                    continue;
                }
                // The word that it hides, if it is one of the same list.
                let (from, to) = (hit.start() + TWO / 2, hit.end() + TWO / 2);
                let text = clause.text(from, to);
                let whole = |h: &Hit| h.start() == 0 && h.end() == text.len();
                if Reading::only(text, [group]).of(group).iter().any(whole) {
                    items.push((to as u32, from as u32, key));
                }
            }
        }
        items.sort_unstable();
        Self(items)
    }

    /// The key of the item that ends at `end` and starts at `start` or later; the longest.
    pub fn ending(&self, start: usize, end: usize) -> Option<&'static str> {
        let at = self.0.partition_point(|i| (i.0, i.1) < (end as u32, start as u32));
        self.0.get(at).filter(|i| i.0 as usize == end).map(|i| i.2)
    }

    /// Where the longest item starts that ends at `end`, from `start` on.
    fn starting(&self, start: usize, end: usize) -> Option<usize> {
        let at = self.0.partition_point(|i| (i.0, i.1) < (end as u32, start as u32));
        self.0.get(at).filter(|i| i.0 as usize == end).map(|i| i.1 as usize)
    }

    /// The key of an item within, the last one.
    fn inside(&self, start: usize, end: usize) -> Option<&'static str> {
        let at = self.0.partition_point(|i| i.0 as usize <= end);
        self.0.get(..at)?.last().filter(|i| i.1 as usize >= start).map(|i| i.2)
    }
}

/// Where words of the lists start and end in a clause: two characters that are a word may be the end of one and the start
/// of another.
struct Edges {
    starts: Vec<usize>,
    ends: Vec<usize>,
    /// What information is called, by start.
    nouns: Vec<(usize, usize)>,
}

impl Edges {
    fn new(clause: &Clause<'_>) -> Self {
        let groups = keys!("item.").map(|k| k.1).chain([group!("practice.noun.data")]);
        let hits = groups.flat_map(|g| clause.reading.of(g)).map(|h| (h.start(), h.end()));
        let mut nouns: Vec<(usize, usize)> = hits.collect();
        nouns.sort_unstable();
        nouns.dedup();
        let words = clause.words.iter().map(|w| (w.start, w.end));
        let generic = clause.reading.of(group!("practice.noun.generic")).iter().map(|h| (h.start(), h.end()));
        let all: Vec<(usize, usize)> = nouns.iter().copied().chain(words).chain(generic).collect();
        let mut starts: Vec<usize> = all.iter().map(|a| a.0).collect();
        let mut ends: Vec<usize> = all.iter().map(|a| a.1).collect();
        starts.sort_unstable();
        ends.sort_unstable();
        Self { starts, ends, nouns }
    }

    /// Whether a word of two characters is cut out of its neighbours: its last character starts a longer one, or one
    /// character is left over on both of its sides.
    fn cut(&self, clause: &Clause<'_>, hit: &Hit) -> bool {
        let (start, end) = (hit.start(), hit.end());
        if !clause.text(start, end).chars().all(is_ideograph) {
            return false;
        }
        let middle = start + TWO / 2;
        let next = self.nouns.partition_point(|n| n.0 < middle);
        // Of two words of one list that overlap the first hides the last one.
        let hidden = || hidden(clause, start, end + TWO / 2).is_some();
        if self.nouns.get(next).is_some_and(|n| n.0 == middle && n.1 > end) || hidden() {
            return true;
        }
        // One ideograph and no second one.
        let alone = |first: Option<char>, second: Option<char>| {
            first.is_some_and(is_ideograph) && !second.is_some_and(is_ideograph)
        };
        let known = self.ends.partition_point(|e| *e <= start).checked_sub(1).and_then(|at| self.ends.get(at));
        let mut left = clause.text(*known.unwrap_or(&0), start).chars().rev();
        let known = self.starts.get(self.starts.partition_point(|s| *s < end));
        let mut right = clause.text(end, known.copied().unwrap_or(clause.reading.text.len())).chars();
        alone(left.next(), left.next()) && alone(right.next(), right.next())
    }
}

/// Bytes of two ideographs.
const TWO: usize = 6;

/// The members of a list, judged: those that no list knows count where most of the others are known.
pub(super) fn members(clause: &Clause<'_>, items: &Items, from: usize, to: usize, frame: Trust) -> Vec<Member> {
    let mut out = Vec::new();
    collect(clause, items, from, to, 0, &mut out);
    judge(clause, &mut out, frame, closed(clause, from, to));
    out
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

/// Up to where the members of a stretch are told to be information by what closes their list: 'A, B and other information'.
fn closed(clause: &Clause<'_>, from: usize, to: usize) -> usize {
    let closes = |h: &&Hit| {
        let nouns = [group!("practice.noun.generic"), group!("practice.noun.data")];
        nouns.into_iter().any(|g| {
            let near = clause.reading.within(g, h.end(), (h.end() + CLOSING).min(to));
            near.iter().any(|n| clause.text(h.end(), n.end()).chars().all(|c| is_letter(c) && c != '\u{3001}'))
        })
    };
    let closed = clause.reading.within(group!("practice.etc"), from, to).iter().rfind(closes).map_or(from, Hit::start);
    // 'Information, including A, B'.
    let opens = |w: &Word| w.kind == Kind::Include && w.start > from;
    // 'The following information: A, B'.
    let generic = group!("practice.noun.generic");
    let colon = ending(clause, from, to).any(|s| s.colon && clause.ends(generic, s.end));
    if colon || clause.within(from, to).iter().any(opens) { to } else { closed }
}

/// The segments that end between two places.
fn ending<'c>(clause: &'c Clause<'_>, from: usize, to: usize) -> impl Iterator<Item = &'c Segment> {
    let first = clause.segments.partition_point(|s| s.end <= from);
    clause.segments.iter().skip(first).take_while(move |s| s.end < to)
}

/// Bytes between 'and so on' and the noun that closes a list.
const CLOSING: usize = 24;

/// The members of a line under a lead-in that asks for information: whatever is named there is.
pub(super) fn led(clause: &Clause<'_>, items: &Items, from: usize, to: usize) -> Vec<Member> {
    let mut out = Vec::new();
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
    members.retain(|m| {
        m.data
            || m.generic
            || majority
            || m.end <= closed && known > 0 && told_short(m)
            || listed && plain(clause, m) && ends(clause, m.end)
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
    cuts.push((to, to));
    for (end, next) in cuts {
        if end >= start {
            member(clause, items, start, end, depth, out);
            start = next;
        }
    }
}

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
    bare && (modified || !clause.starts(group!("practice.noun.own"), joint.1))
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
    // Behind the verb there is nothing to join: 'to And-So Ltd.'.
    let first = marks.first() == Some(left) && *left == word.start;
    word.end - word.start <= TWO / 2
        && (first || !whole && !kind)
        && !clause.reading.within(form, word.end, *right).is_empty()
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
    let opener = [group!("practice.include"), group!("practice.such")]
        .into_iter()
        .filter_map(|g| clause.reading.within(g, inner, (inner + OPENER).min(inner_to)).last().map(Hit::end));
    // 'X (we collect …, including A, B)': a sentence, and its list.
    let list = clause.reading.after(group!("practice.include"), inner, inner_to).map(|h| h.end());
    let opener = opener.max().or(list.filter(|_| says(clause, inner, inner_to)));
    let inner = opener.unwrap_or(inner);
    let remark = opener.is_none() && (clause.starts(group!("practice.remark"), inner) || says(clause, inner, inner_to));
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

/// Where the last character before `end` starts.
fn last_start(clause: &Clause<'_>, end: usize) -> usize {
    end - clause.text(0, end).chars().next_back().map_or(0, char::len_utf8)
}

/// Strips what is no name from the phrase `[from, to)` and keeps it, with what stands up to `end`.
fn named(clause: &Clause<'_>, items: &Items, from: usize, to: usize, end: usize, out: &mut Vec<Member>) {
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
    while let Some(hit) = longest_at(clause, start).filter(|h| h.end() < stop) {
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
    let text = clause.text(start, stop);
    let (mut generic, mut key, mut data) = likeness(clause, items, start, stop);
    let mut start = start;
    if !generic && (is_none(clause, items, start, stop) || is_rubbish(clause, start, stop, text)) {
        // 'What you told us of your X': the noun behind the last particle, if it is information.
        let of = clause.reading.within(group!("practice.of"), start, stop).last().map_or(stop, Hit::end);
        start = of;
        (generic, key, data) = likeness(clause, items, start, stop);
        if !data || generic || is_rubbish(clause, start, stop, clause.text(start, stop)) {
            return;
        }
    }
    let end = if end > to && !generic { end } else { stop };
    let last = hidden(clause, start, stop).unwrap_or(stop);
    let key = key.or_else(|| items.inside(start, last)).filter(|_| fits(clause, items, start, stop));
    out.push(Member { start, end, key, data, generic, owned });
}

/// Whether a phrase ends like what is no information; 'way of watering' and 'result of the test' may be some, as 'ways' and
/// 'the way of …' are not.
fn is_none(clause: &Clause<'_>, items: &Items, start: usize, stop: usize) -> bool {
    let manners = clause.reading.of(group!("practice.noun.manner"));
    let manner = manners.binary_search_by_key(&stop, Hit::end).ok().and_then(|at| manners.get(at));
    let of = |h: &Hit| h.start() > start && !clause.ends(group!("practice.of"), h.start());
    // 'Result of the check-up': of what a list knows.
    let found = clause.ends(group!("practice.noun.finding"), stop) && items.inside(start, stop).is_some();
    clause.ends(group!("practice.noun.none"), stop) && !manner.is_some_and(of) && !found
}

/// Whether a phrase is all information at once, its key, and whether it ends like information.
fn likeness(clause: &Clause<'_>, items: &Items, start: usize, stop: usize) -> (bool, Option<&'static str>, bool) {
    // 'Information of any kind': the last noun decides.
    let of = clause.within(start, stop).iter().rfind(|w| w.kind == Kind::Of);
    let head = of.map_or(start, |w| w.end);
    let hits = clause.reading.of(group!("practice.noun.generic"));
    let last = hits.binary_search_by_key(&stop, Hit::end).ok().and_then(|at| hits.get(at));
    let whole = |from| last.is_some_and(|h| h.start() <= from);
    let generic = whole(start) || whole(head);
    let key = items.ending(start, stop).filter(|_| fits(clause, items, start, stop));
    let text = clause.text(start, stop);
    let noun = || clause.ends(group!("practice.noun.data"), stop) || hidden(clause, start, stop).is_some();
    let data = !generic && (key.is_some() || noun() || is_identifier(text));
    (generic, key, data)
}

/// Where the noun of two characters starts that ends a phrase, if another word of its list hides it: of two that overlap the
/// first counts, but the last one is the head.
fn hidden(clause: &Clause<'_>, start: usize, stop: usize) -> Option<usize> {
    let noun = group!("practice.noun.data");
    let over = |h: &Hit| h.end() > stop.saturating_sub(TWO) && h.end() < stop && h.start() < stop.saturating_sub(TWO);
    let from = stop.checked_sub(TWO).filter(|from| *from >= start)?;
    let hides = clause.reading.within(noun, start, stop).iter().any(over);
    let text = clause.text(from, stop);
    let whole = |h: &Hit| h.start() == 0 && h.end() == text.len();
    (hides && Reading::only(text, [noun]).of(noun).iter().any(whole)).then_some(from)
}

/// Whether the head of a phrase still is what it is alone: the number of a card is a bank's only behind a bank's card, a
/// check-up that of a body only where it is none of a thing.
fn fits(clause: &Clause<'_>, items: &Items, start: usize, stop: usize) -> bool {
    let heads = [
        (group!("practice.head.device"), group!("practice.thing"), true),
        (group!("practice.head.bank"), group!("practice.bank"), true),
        (group!("practice.head.body"), group!("practice.thing"), false),
        (group!("practice.head.place"), group!("practice.thing"), false),
    ];
    heads.into_iter().all(|(head, of, needed)| {
        let hits = clause.reading.of(head);
        let hit = hits.binary_search_by_key(&stop, Hit::end).ok().and_then(|at| hits.get(at));
        // 'IP address' is one word of a list.
        let whole = |h: &Hit| items.starting(start, stop).is_some_and(|at| at < h.start());
        let free = |h: &Hit| h.start() <= start || clause.ends(group!("practice.of"), h.start());
        hit.is_none_or(|h| {
            whole(h) || if needed { free(h) || clause.ends(of, h.start()) } else { !clause.ends(of, h.start()) }
        })
    })
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

/// A Latin name such as `IMEI` or `Android ID`.
fn is_identifier(text: &str) -> bool {
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '.'));
    plain && text.chars().any(|c| c.is_ascii_uppercase()) && !text.contains("SDK") && count(text) >= 2
}

/// Whether a phrase is too long for a name or holds words of a sentence.
fn is_rubbish(clause: &Clause<'_>, from: usize, to: usize, text: &str) -> bool {
    let words = clause.within(from, to);
    let said = words.iter().any(|w| match w.kind {
        Kind::Adverb => w.end == to,
        Kind::We | Kind::If | Kind::In | Kind::Not | Kind::For | Kind::To | Kind::Take | Kind::By | Kind::Toward => {
            true
        }
        Kind::Modal => w.start > from && w.end < to,
        Kind::Verb(_) => !w.weak && w.end < to && !clause.starts(group!("practice.of"), w.end) && w.start > from,
        _ => false,
    });
    // 'Information when …': no name starts with all information.
    let generics = clause.reading.of(group!("practice.noun.generic"));
    let next = generics.partition_point(|h| h.end() <= from);
    let whole = generics.get(next).is_some_and(|h| h.start() <= from && h.end() < to);
    // 'Partners who use personal information'.
    let last = generics.binary_search_by_key(&to, Hit::end).ok().and_then(|at| generics.get(at));
    let used = last.is_some_and(|h| {
        h.start() > from
            && h.end() - h.start() >= PERSONAL
            && words.iter().any(|w| matches!(w.kind, Kind::Verb(_) | Kind::Modal) && w.end <= h.start())
            && clause.within(from, h.start()).last().is_none_or(|w| w.kind != Kind::Of)
    });
    let verb = words.first().is_some_and(|w| w.start == from && w.end == to && matches!(w.kind, Kind::Verb(_)));
    let open =
        clause.ends(group!("practice.of"), to) || clause.reading.after(group!("practice.we"), from, to).is_some();
    // 'A is sensitive information', 'in the way that …'.
    let told =
        clause.reading.after(group!("practice.says"), from, to).is_some() || clause.starts(group!("practice.to"), from);
    told || said
        || whole
        || used
        || verb
        || open
        || count(text) < 2
        || clause.ends(group!("practice.when"), to)
        || count(text) > LONGEST
        || !text.chars().any(is_letter)
        || text.contains("://")
}

/// Bytes of a word for personal information; shorter ones are the head of many an item.
const PERSONAL: usize = 12;

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
