//! A text → its hits by group and its stretches: what lies between two commas, colons, full stops or cells.

use super::trie::{Finds, Groups, Present, Room};
use super::{Group, Hit, fold, trie};
use crate::steps::beat;
use crate::text::{is_ideograph, part};
use std::borrow::Cow;
use std::cell::RefCell;

/// A text, read once.
#[derive(Clone, Debug, Default)]
pub struct Reading<'a> {
    /// What was read.
    pub text: &'a str,
    /// By group, then start.
    hits: Cow<'a, [Hit]>,
    /// For each group that is hit, how many hits there are up to its last one.
    ends: Cow<'a, [u32]>,
    /// Where a stretch ends and the next one starts, ascending.
    breaks: Cow<'a, [u32]>,
    /// Most groups that are asked for are not hit.
    groups: Cow<'a, Groups>,
    /// The only groups that were looked for, where not all were.
    #[cfg(debug_assertions)]
    only: Option<Present>,
}

impl<'a> Reading<'a> {
    /// Reads a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self::of_some(text, None)
    }

    /// Looks for the terms of some groups alone: stages cut out thousands of phrases and ask one thing of each.
    #[must_use]
    pub fn only(text: &'a str, groups: impl IntoIterator<Item = Group>) -> Self {
        Self::of_some(text, Some(groups.into_iter().collect()))
    }

    fn of_some(text: &'a str, only: Option<Present>) -> Self {
        thread_local! {
            static ROOM: RefCell<Room> = RefCell::default();
        }
        let mut found = Finds::default();
        let groups = Cow::Owned(ROOM.with_borrow_mut(|room| trie().scan(text, only.as_ref(), room, &mut found)));
        let (hits, ends, breaks) = (found.hits.into(), found.ends.into(), found.breaks.into());
        #[cfg(debug_assertions)]
        return Self { text, hits, ends, breaks, groups, only };
        #[cfg(not(debug_assertions))]
        Self { text, hits, ends, breaks, groups }
    }

    /// The group's hits by start. (Written into its hundred callers it is 8 kB of the page.)
    #[must_use]
    #[inline(never)]
    pub fn of(&self, group: Group) -> &[Hit] {
        if self.has(group) { self.groups.of(&self.hits, &self.ends, group) } else { &[] }
    }

    /// Whether a term of the group stands in it.
    #[must_use]
    #[inline]
    pub fn has(&self, group: Group) -> bool {
        #[cfg(debug_assertions)]
        debug_assert!(self.only.is_none_or(|only| only.has(group)), "{group:?} was not looked for");
        self.groups.has(group)
    }

    /// How many ideographs at its start stand in no word of any list.
    #[must_use]
    pub fn unknown(&self) -> usize {
        let words = self.hits.iter().filter(|h| h.end() - h.start() > SINGLE);
        let known = words.map(Hit::start).min().unwrap_or(self.text.len());
        part(self.text, 0, known).chars().take_while(|c| is_ideograph(*c)).count()
    }

    /// The stretch around a byte offset.
    #[must_use]
    pub fn stretch(&self, at: usize) -> (usize, usize) {
        let next = self.breaks.partition_point(|&b| b as usize <= at);
        let start = next.checked_sub(1).and_then(|i| self.breaks.get(i)).map_or(0, |b| *b as usize);
        (start, self.breaks.get(next).map_or(self.text.len(), |b| *b as usize))
    }

    /// The group's hits that start in `from..to`.
    #[must_use]
    pub fn within(&self, group: Group, from: usize, to: usize) -> &[Hit] {
        let hits = self.of(group);
        if hits.is_empty() {
            return hits;
        }
        let a = hits.partition_point(|h| h.start() < from);
        let b = hits.partition_point(|h| h.start() < to);
        hits.get(a..b.max(a)).unwrap_or_default()
    }

    /// The group's last hit that starts at `from` or later and ends at `at` or before, brackets closed by then aside.
    #[must_use]
    pub fn before(&self, group: Group, from: usize, at: usize) -> Option<Hit> {
        let closed = |end: usize| {
            let mut between = self.text.get(end..at).unwrap_or_default().chars().take(200).map(fold);
            between.find(|c| matches!(c, '(' | ')')) == Some(')')
        };
        self.within(group, from, at).iter().rev().take(8).find(|h| h.end() <= at && !closed(h.end())).copied()
    }

    /// The group's first hit that starts in `at..to`.
    #[must_use]
    pub fn after(&self, group: Group, at: usize, to: usize) -> Option<Hit> {
        self.within(group, at, to).first().copied()
    }
}

/// Bytes of one ideograph, which is a word too often.
const SINGLE: usize = 3;

/// Whether a term of the group stands in a text.
#[must_use]
pub fn has_word(text: &str, group: Group) -> bool {
    Reading::only(text, [group]).has(group)
}

/// The readings of many texts in one row: a policy has thousands, which are the largest thing that any stage holds.
#[derive(Clone, Debug)]
pub struct Readings {
    found: Finds,
    /// For each text, how many hits, ends and breaks there are up to its end.
    ends: Vec<[u32; 3]>,
    /// For each text, the groups that are hit.
    groups: Vec<Groups>,
    /// The groups that were looked for.
    #[cfg(debug_assertions)]
    only: Present,
}

impl Readings {
    /// Reads texts, but for the terms of some groups.
    pub async fn without<'t>(groups: &[Group], texts: impl Iterator<Item = &'t str>) -> Self {
        let room = texts.size_hint().0;
        let (mut ends, mut present) = (Vec::with_capacity(room), Vec::with_capacity(room));
        let mut found = Finds::default();
        let mut room = Room::without(groups);
        for (at, text) in texts.enumerate() {
            beat(at).await;
            let hits = &mut found.hits;
            if hits.capacity() - hits.len() < text.len() {
                // A long text has millions: a quarter more is enough at a time.
                hits.reserve_exact(text.len().max(hits.len() / 4));
            }
            present.push(trie().scan(text, None, &mut room, &mut found));
            ends.push([found.hits.len(), found.ends.len(), found.breaks.len()].map(|end| end as u32));
        }
        found.hits.shrink_to_fit();
        #[cfg(debug_assertions)]
        return Self { found, ends, groups: present, only: Present::all_but(groups) };
        #[cfg(not(debug_assertions))]
        Self { found, ends, groups: present }
    }

    /// What was found in the text with an index: hits, ends and breaks.
    fn of_text(&self, index: usize) -> (&[Hit], &[u32], &[u32]) {
        let end = |texts: usize| texts.checked_sub(1).and_then(|text| self.ends.get(text)).copied().unwrap_or_default();
        let (from, to) = (end(index).map(|end| end as usize), end(index + 1).map(|end| end as usize));
        let Finds { hits, ends, breaks } = &self.found;
        let hits = hits.get(from[0]..to[0]).unwrap_or_default();
        let ends = ends.get(from[1]..to[1]).unwrap_or_default();
        (hits, ends, breaks.get(from[2]..to[2]).unwrap_or_default())
    }

    /// The reading of the text with an index, which is handed in again.
    #[must_use]
    pub fn get<'a>(&'a self, index: usize, text: &'a str) -> Reading<'a> {
        let (hits, ends, breaks) = self.of_text(index);
        let groups = self.groups.get(index).map_or_else(Cow::default, Cow::Borrowed);
        let (hits, ends, breaks) = (hits.into(), ends.into(), breaks.into());
        #[cfg(debug_assertions)]
        return Reading { text, hits, ends, breaks, groups, only: Some(self.only) };
        #[cfg(not(debug_assertions))]
        Reading { text, hits, ends, breaks, groups }
    }

    /// Whether a term of the group stands in the text with an index.
    #[must_use]
    pub fn has(&self, index: usize, group: Group) -> bool {
        #[cfg(debug_assertions)]
        debug_assert!(self.only.has(group), "{group:?} was not looked for");
        self.groups.get(index).is_some_and(|groups| groups.has(group))
    }

    /// The group's hits in the text with an index, by start.
    #[must_use]
    pub fn of(&self, index: usize, group: Group) -> &[Hit] {
        if !self.has(index, group) {
            return &[];
        }
        let (hits, ends, _) = self.of_text(index);
        self.groups.get(index).map_or(&[], |groups| groups.of(hits, ends, group))
    }
}

/// Whether nothing but the comma of a list (U+3001) and white space stands there.
#[must_use]
pub fn is_list_comma(between: &str) -> bool {
    let between = between.trim();
    between.is_empty() || between == "\u{3001}"
}
