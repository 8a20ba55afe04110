//! A clause → the items of information that lists know, by where they end; what a phrase is like.
//!
//! A phrase is an item's name by its last noun: one of `item.…`, or of what information is called (`practice.noun.data`).

use super::words::{Clause, Kind};
use crate::lexicon::{Hit, Reading, group, keys};
use crate::text::{count, is_closing, is_ideograph};

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
    pub fn inside(&self, start: usize, end: usize) -> Option<&'static str> {
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

/// Whether a phrase ends like what is no information; 'way of watering' and 'result of the test' may be some, as 'ways' and
/// 'the way of …' are not.
pub(super) fn is_none(clause: &Clause<'_>, items: &Items, start: usize, stop: usize) -> bool {
    let manners = clause.reading.of(group!("practice.noun.manner"));
    let manner = manners.binary_search_by_key(&stop, Hit::end).ok().and_then(|at| manners.get(at));
    let of = |h: &Hit| h.start() > start && !clause.ends(group!("practice.of"), h.start());
    // 'Result of the check-up': of what a list knows.
    let found = clause.ends(group!("practice.noun.finding"), stop) && items.inside(start, stop).is_some();
    clause.ends(group!("practice.noun.none"), stop) && !manner.is_some_and(of) && !found
}

/// Whether a phrase is all information at once, its key, and whether it ends like information.
pub(super) fn likeness(
    clause: &Clause<'_>,
    items: &Items,
    start: usize,
    stop: usize,
) -> (bool, Option<&'static str>, bool) {
    // 'Information of any kind': the last noun decides.
    let of = clause.within(start, stop).iter().rfind(|w| w.kind == Kind::Of);
    let head = of.map_or(start, |w| w.end);
    let hits = clause.reading.of(group!("practice.noun.generic"));
    let last = hits.binary_search_by_key(&stop, Hit::end).ok().and_then(|at| hits.get(at));
    let whole = |from| last.is_some_and(|h| h.start() <= from);
    let generic = whole(start) || whole(head) || kind_of_all(clause, start, stop);
    let key = items.ending(start, stop).filter(|_| fits(clause, items, start, stop));
    // 'Network card (MAC) address': what the bracket before its last word names.
    let bracket = items.starting(start, stop).filter(|tail| clause.text(start, *tail).ends_with(is_closing));
    let key = key.map(|key| bracket.and_then(|tail| items.inside(start, tail)).unwrap_or(key));
    let text = clause.text(start, stop);
    let noun = || clause.ends(group!("practice.noun.data"), stop) || hidden(clause, start, stop).is_some();
    let data = !generic && (key.is_some() || noun() || is_identifier(text));
    (generic, key, data)
}

/// 'The kinds of your personal information': of all of it alone.
fn kind_of_all(clause: &Clause<'_>, start: usize, stop: usize) -> bool {
    let by_end = |group, at: usize| {
        let hits = clause.reading.of(group);
        hits.binary_search_by_key(&at, Hit::end).ok().and_then(|i| hits.get(i))
    };
    let Some(kind) = by_end(group!("practice.noun.relational"), stop) else { return false };
    let at = by_end(group!("practice.of"), kind.start()).map_or(kind.start(), Hit::start);
    let all = by_end(group!("practice.noun.generic"), at);
    kind.start() >= start && all.is_some_and(|h| h.start() <= start || h.end() - h.start() >= PERSONAL)
}

/// Bytes of a word for personal information; shorter ones are the head of many an item.
pub(super) const PERSONAL: usize = 12;

/// Where the noun of two characters starts that ends a phrase, if another word of its list hides it: of two that overlap the
/// first counts, but the last one is the head.
pub(super) fn hidden(clause: &Clause<'_>, start: usize, stop: usize) -> Option<usize> {
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
pub(super) fn fits(clause: &Clause<'_>, items: &Items, start: usize, stop: usize) -> bool {
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

/// A Latin name such as `IMEI` or `Android ID`.
fn is_identifier(text: &str) -> bool {
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '.'));
    plain && text.chars().any(|c| c.is_ascii_uppercase()) && !text.contains("SDK") && count(text) >= 2
}
