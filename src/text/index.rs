//! Keys, numbers, words and characters → what is kept of each: the program's own small maps.
//!
//! One compiled form serves all of them; a standard map per type would cost a page a kilobyte or two each.

use super::{first, last, part};

/// Which items have a key: keys are hashed, so that one compiled form serves texts and numbers alike (a map per type
/// would cost the page a kilobyte or two each). Equal hashes of unequal texts are possible: compare what is found.
#[derive(Clone, Debug, Default)]
pub struct Index(Vec<(u64, usize)>);

impl Index {
    /// Takes the hash of each item, in order.
    pub fn new(keys: impl Iterator<Item = u64>) -> Self {
        Self::sorted(keys.zip(0..).collect())
    }

    /// Takes hashes, each with its item.
    #[inline(never)]
    #[must_use]
    pub fn sorted(mut entries: Vec<(u64, usize)>) -> Self {
        entries.sort_unstable();
        Self(entries)
    }

    /// The items with that hash, ascending.
    #[must_use]
    pub fn of(&self, key: u64) -> &[(u64, usize)] {
        let from = self.0.partition_point(|e| e.0 < key);
        let to = self.0.partition_point(|e| e.0 <= key);
        self.0.get(from..to).unwrap_or(&[])
    }
}

/// A number by hash: the one kind of map that grows while it is asked. Open addressing with linear probing; the
/// standard map would bring its own hashing and rehashing, 3 kB, into the page.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// Powers of two, at most half of them taken.
    slots: Vec<(u64, usize)>,
    taken: usize,
}

/// The value of a free slot.
const FREE: usize = usize::MAX;

impl Numbers {
    /// The slot of a key, or the free one where it belongs.
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        // Fibonacci hashing (Knuth, TAOCP 6.4): small numbers are spread as well as hashes are.
        let mut at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
        while self.slots.get(at).is_some_and(|s| s.1 != FREE && s.0 != key) {
            at = (at + 1) & mask;
        }
        at
    }

    /// The number of a key.
    #[must_use]
    pub fn get(&self, key: u64) -> Option<usize> {
        self.slots.get(self.slot(key)).map(|s| s.1).filter(|n| *n != FREE)
    }

    /// Sets the number of a key; returns the one before.
    #[inline(never)]
    pub fn insert(&mut self, key: u64, number: usize) -> Option<usize> {
        if self.taken * 2 >= self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots.resize((old.len() * 2).max(16), (0, FREE));
            for entry in old {
                let at = self.slot(entry.0);
                if let Some(slot) = self.slots.get_mut(at).filter(|_| entry.1 != FREE) {
                    *slot = entry;
                }
            }
        }
        let at = self.slot(key);
        let slot = self.slots.get_mut(at)?;
        let before = std::mem::replace(slot, (key, number)).1;
        self.taken += usize::from(before == FREE);
        Some(before).filter(|n| *n != FREE)
    }

    /// Adds to the number of a key, which starts at 0; never below it.
    pub fn add(&mut self, key: u64, change: isize) {
        let before = self.get(key).unwrap_or(0);
        self.insert(key, before.saturating_add_signed(change));
    }
}

/// Words, each with a number, that are sought in many texts: by their first characters, so that a place of a text where
/// none starts costs next to nothing.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// A bit for the low bits of each first (or last) character.
    firsts: [u64; 16],
    /// By that character.
    words: Vec<(char, &'static str, i32)>,
}

impl Words {
    /// Takes words, each with its number.
    #[must_use]
    pub fn new(words: Vec<(&'static str, i32)>) -> Self {
        Self::by(first, words)
    }

    /// Takes words that are sought at the ends of texts alone.
    #[must_use]
    pub fn ends(words: Vec<(&'static str, i32)>) -> Self {
        Self::by(last, words)
    }

    fn by(edge: fn(&str) -> char, words: Vec<(&'static str, i32)>) -> Self {
        let mut firsts = [0; 16];
        let mut sorted = Vec::with_capacity(words.len());
        for (word, number) in words {
            let c = edge(word);
            if let Some(bits) = firsts.get_mut(c as usize >> 6 & 15) {
                *bits |= 1 << (c as u32 & 63);
            }
            sorted.push((c, word, number));
        }
        sorted.sort_by_key(|w| w.0);
        Self { firsts, words: sorted }
    }

    /// The words that start with a character, and the place of the first of them.
    fn of(&self, c: char) -> (usize, &[(char, &'static str, i32)]) {
        if self.firsts.get(c as usize >> 6 & 15).is_none_or(|bits| bits >> (c as u32 & 63) & 1 == 0) {
            return (0, &[]);
        }
        let from = self.words.partition_point(|w| w.0 < c);
        let words = self.words.get(from..).unwrap_or_default();
        (from, words.get(..words.partition_point(|w| w.0 == c)).unwrap_or_default())
    }

    /// Calls `take` with the number of each word that a text starts with.
    pub fn starting(&self, text: &str, mut take: impl FnMut(i32)) {
        for (_, word, number) in self.of(first(text)).1 {
            if text.starts_with(word) {
                take(*number);
            }
        }
    }

    /// Calls `take` with the number of each word that a text ends with; for words taken by `ends`.
    pub fn ending(&self, text: &str, mut take: impl FnMut(i32)) {
        for (_, word, number) in self.of(last(text)).1 {
            if text.ends_with(word) {
                take(*number);
            }
        }
    }

    /// Whether a text starts with one of the words.
    #[must_use]
    pub fn starts(&self, text: &str) -> bool {
        self.of(first(text)).1.iter().any(|(_, word, _)| text.starts_with(word))
    }

    /// Whether one of the words stands in a text.
    #[must_use]
    pub fn stands_in(&self, text: &str) -> bool {
        text.char_indices().any(|(at, c)| self.of(c).1.iter().any(|w| part(text, at, text.len()).starts_with(w.1)))
    }

    /// Calls `take` with the number of each word that stands in a text, once a word, in no order.
    pub fn each(&self, text: &str, mut take: impl FnMut(i32)) {
        // Few stand in a text.
        let mut taken = Vec::new();
        for (at, c) in text.char_indices() {
            let (from, words) = self.of(c);
            for (n, (_, word, number)) in words.iter().enumerate() {
                if part(text, at, text.len()).starts_with(word) && !taken.contains(&(from + n)) {
                    taken.push(from + n);
                    take(*number);
                }
            }
        }
    }
}

/// Characters of a list, to be asked for often: a bit each for those of the basic block of ideographs.
#[derive(Clone, Debug)]
pub struct Ideographs(Vec<u64>);

impl Ideographs {
    const FIRST: usize = 0x4e00;

    /// Takes the characters; any but ideographs are left out.
    #[must_use]
    pub fn new(list: &str) -> Self {
        let mut bits = vec![0; 0x5200 / 64];
        for at in list.chars().filter_map(|c| (c as usize).checked_sub(Self::FIRST)) {
            if let Some(bits) = bits.get_mut(at / 64) {
                *bits |= 1 << (at % 64);
            }
        }
        Self(bits)
    }

    /// Whether the list holds it.
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        let at = (c as usize).wrapping_sub(Self::FIRST);
        self.0.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 > 0)
    }
}

/// FNV-1a of a text's bytes.
#[must_use]
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ideographs_of_a_list() {
        let list = Ideographs::new("\u{4e00}a\u{9fff}\u{6587}");
        let has = ['\u{4e00}', '\u{4e01}', '\u{9fff}', '\u{6587}', 'a', '\u{a000}', '\u{20000}'].map(|c| list.has(c));
        assert_eq!(has, [true, false, true, true, false, false, false]);
    }

    #[test]
    fn words_are_found_once_each() {
        let words = Words::new(vec![("\u{4fe1}\u{606f}", 1), ("\u{4fe1}", 2), ("ip", 3), ("\u{8bbe}\u{5907}", 1)]);
        let found = |text: &str| {
            let mut found = Vec::new();
            words.each(text, |number| found.push(number));
            found.sort_unstable();
            found
        };
        assert_eq!(found("\u{4fe1}\u{606f}\u{548c}\u{4fe1}\u{606f}"), [1, 2], "twice is once");
        assert_eq!(found("\u{8bbe}\u{5907}\u{4fe1}\u{606f}ip"), [1, 1, 2, 3], "two words of a number");
        assert_eq!(found("i p\u{606f}"), [0; 0]);
        let starting = |text: &str| {
            let mut sum = 0;
            words.starting(text, |number| sum += number);
            (sum, words.starts(text), words.stands_in(text))
        };
        assert_eq!(starting("\u{4fe1}\u{606f}"), (3, true, true));
        assert_eq!(starting("a\u{8bbe}\u{5907}"), (0, false, true));
        assert_eq!(starting(""), (0, false, false));
        let ends = Words::ends(vec![("\u{4fe1}\u{606f}", 1), ("\u{606f}", 2), ("ip", 3)]);
        let ending = |text: &str| {
            let mut sum = 0;
            ends.ending(text, |number| sum += number);
            sum
        };
        assert_eq!(["\u{4fe1}\u{606f}", "a\u{606f}", "\u{606f}ip", "ip\u{4fe1}", ""].map(ending), [3, 2, 3, 0, 0]);
    }
}
