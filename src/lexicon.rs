//! The word lists of `data/` → where their terms occur in a text. The only reader of `data/`.
//!
//! A list is plain text, line by line:
//! ```text
//! # a comment, to the end of the line
//! [group.part]        opens a group; the same group may not be opened twice
//! term term term      terms, separated by white space
//! not term term       look-alikes: a hit of this group that ends inside one of these is none
//! say words to print  one line of text for the group's readers, see `say`
//! set key value …     settings for the group's readers, see `settings`
//! ```
//! Terms are matched on folded text (`fold`) without its white space, so that `14 周岁`, `１４周岁` and a word
//! torn by a line break are all found. A Latin or numeric term must stand alone: `IP` is not found in `shipping`.
//!
//! All terms stand in one sorted list. The last term that is not after the text at a place starts with every term that
//! the text there starts with, and each term knows the longest other one that it starts with: one search and a few steps
//! up find all terms at a place. (An automaton would be 10 KiB of the page.)

pub mod messages;
pub mod reading;
pub mod script;

pub use reading::Reading;

use std::sync::OnceLock;

/// The word lists of data/zh, one after the other, without comments (build.rs).
const LISTS: &str = include_str!(concat!(env!("OUT_DIR"), "/lists.txt"));

/// Characters that stand for another one, `from to` a line, by `from`.
const RADICALS: &str = include_str!(concat!(env!("OUT_DIR"), "/radicals.txt"));

/// A `[group]` of a word list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Group(u16);

/// Characters that are searched at once: a clause may be as long as a text.
const STRETCH: usize = 4096;
/// Characters that no term has more of.
const LONGEST: usize = 64;

/// Where a term of a group stands. Every clause has many: hence the narrow fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    start: u32,
    end: u32,
    /// The group whose term it is.
    pub group: Group,
}

impl Hit {
    /// Byte offset into the scanned text.
    #[must_use]
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// Byte offset into the scanned text.
    #[must_use]
    pub fn end(&self) -> usize {
        self.end as usize
    }
}

/// The groups from whose hits facts are read: those of the lists facts.txt, items.txt and outline.txt, which follow each
/// other (build.rs).
const STATING: std::ops::Range<u16> = include!(concat!(env!("OUT_DIR"), "/stating.rs"));

/// The names of all groups, for the compiler alone.
const NAMES: &[&str] = include!(concat!(env!("OUT_DIR"), "/groups.rs"));

/// The group of that name, as the compiler sees it; use it through the macro of that name.
///
/// # Panics
/// Where no list opens the group; in the macro, this is an error of the compiler.
#[must_use]
pub const fn named(name: &str) -> Group {
    let mut number = 0;
    while number < NAMES.len() {
        if same(NAMES[number].as_bytes(), name.as_bytes()) {
            return Group(number as u16);
        }
        number += 1;
    }
    panic!("no list opens a group of that name");
}

/// `a == b`, which the compiler cannot ask of texts yet.
const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// The group of that name; one that no list opens does not compile.
macro_rules! group {
    ($name:literal) => {
        const { $crate::lexicon::named($name) }
    };
}
pub(crate) use group;

/// The group that a list names; one that no list opens is never hit.
#[must_use]
pub fn find(name: &str) -> Group {
    let names = &lexicon().names;
    let found = names.binary_search_by(|(n, _)| (*n).cmp(name)).ok().and_then(|i| names.get(i));
    found.map_or(Group(u16::MAX), |(_, group)| *group)
}

/// The groups whose name starts with `prefix`, by name.
pub fn groups(prefix: &'static str) -> impl Iterator<Item = (&'static str, Group)> {
    let names = &lexicon().names;
    let from = names.partition_point(|(n, _)| *n < prefix);
    names.iter().skip(from).take_while(move |(n, _)| n.starts_with(prefix)).copied()
}

/// The groups whose name starts with `prefix`, by the rest of it.
pub fn keys(prefix: &'static str) -> impl Iterator<Item = (&'static str, Group)> {
    groups(prefix).map(|(name, group)| (name.get(prefix.len()..).unwrap_or(""), group))
}

/// The terms of a group as the list has them; for readers that look at one place, not at a whole text.
#[must_use]
pub fn terms(group: Group) -> &'static [&'static str] {
    lexicon().words.get(usize::from(group.0)).map_or(&[], Vec::as_slice)
}

/// What the group's `say` line says, or `""`.
#[must_use]
pub fn say(group: Group) -> &'static str {
    lexicon().says.iter().find(|(g, _)| *g == group).map_or("", |(_, text)| text)
}

/// The group's `set` lines as key and values.
pub fn settings(group: Group) -> impl Iterator<Item = (&'static str, &'static str)> {
    lexicon().settings.iter().filter(move |(g, ..)| *g == group).map(|(_, k, v)| (*k, *v))
}

/// The value of the group's `set` line with that key, or `""`.
#[must_use]
pub fn setting(group: Group, key: &str) -> &'static str {
    settings(group).find(|(k, _)| *k == key).map_or("", |(_, value)| value)
}

/// All hits of all groups, by start, longest first. Within a group they do not overlap (leftmost-longest) and
/// look-alikes are gone. Linear in the text.
#[must_use]
pub fn scan(text: &str) -> Vec<Hit> {
    lexicon().scan(text)
}

/// The character that stands for `c` when words are compared: ASCII for full width, lower case, the unified
/// ideograph for a Kangxi or supplementary radical. Always one character for one.
#[must_use]
pub fn fold(c: char) -> char {
    match c {
        '\0'..='\x7f' => c.to_ascii_lowercase(),
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).map_or(c, |narrow| narrow.to_ascii_lowercase()),
        '\u{2e80}'..='\u{2fd5}' => radical(c),
        // Other scripts' cases do not matter to the lists, and their table is 11 kB.
        _ => c,
    }
}

fn radical(c: char) -> char {
    // Every line is as long as the first: two characters of three bytes, a space and a line end.
    const LINE: usize = 8;
    let line = |i: usize| RADICALS.get(i * LINE..).unwrap_or("").chars();
    let (mut from, mut to) = (0, RADICALS.len() / LINE);
    while from < to {
        let middle = usize::midpoint(from, to);
        if line(middle).next().is_some_and(|radical| radical < c) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    let mut found = line(from);
    if found.next() == Some(c) { found.nth(1).unwrap_or(c) } else { c }
}

/// A term of a group.
struct Term {
    /// Folded.
    word: String,
    group: Group,
    look_alike: bool,
    /// The longest other term that this one starts with, as an index; its own where there is none.
    stem: usize,
}

struct Lexicon {
    names: Vec<(&'static str, Group)>,
    says: Vec<(Group, &'static str)>,
    settings: Vec<(Group, &'static str, &'static str)>,
    /// By group: its terms as written.
    words: Vec<Vec<&'static str>>,
    /// By word; one entry for each group that a word stands in.
    terms: Vec<Term>,
    /// By the first character of a word below U+10000: where such words start in `terms`, and those of the next.
    firsts: Vec<u16>,
}

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::new(LISTS))
}

/// A line of a list, read.
enum Line {
    Group(&'static str),
    Terms(&'static str),
    LookAlikes(&'static str),
    Say(&'static str),
    Set(&'static str, &'static str),
}

fn read(line: &'static str) -> Line {
    if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
        return Line::Group(name);
    }
    match line.split_once(' ') {
        Some(("not", rest)) => Line::LookAlikes(rest),
        Some(("say", rest)) => Line::Say(rest),
        Some(("set", rest)) => {
            let (key, value) = rest.split_once(' ').unwrap_or((rest, ""));
            Line::Set(key, value)
        }
        _ => Line::Terms(line),
    }
}

impl Lexicon {
    fn new(lists: &'static str) -> Self {
        let mut lexicon = Self {
            names: Vec::new(),
            says: Vec::new(),
            settings: Vec::new(),
            words: Vec::new(),
            terms: Vec::new(),
            firsts: Vec::new(),
        };
        let mut group = Group(u16::MAX);
        for line in lists.lines() {
            let (words, look_alike) = match read(line) {
                Line::Group(name) => {
                    group = Group(lexicon.names.len() as u16);
                    lexicon.names.push((name, group));
                    lexicon.words.push(Vec::new());
                    continue;
                }
                Line::Say(text) => {
                    lexicon.says.push((group, text));
                    continue;
                }
                Line::Set(key, value) => {
                    lexicon.settings.push((group, key, value));
                    continue;
                }
                Line::Terms(words) => (words, false),
                Line::LookAlikes(words) => (words, true),
            };
            for word in words.split(' ') {
                if let Some(list) = lexicon.words.last_mut().filter(|_| !look_alike) {
                    list.push(word);
                }
                lexicon.terms.push(Term { word: word.chars().map(fold).collect(), group, look_alike, stem: 0 });
            }
        }
        lexicon.names.sort_unstable();
        lexicon.index();
        lexicon
    }

    /// Sorts the terms and notes where each one's stem and each first character's terms are.
    fn index(&mut self) {
        self.terms.sort_unstable_by(|a, b| a.word.cmp(&b.word));
        // The terms that the one before starts with, itself among them.
        let mut stems: Vec<(usize, &str)> = Vec::new();
        let mut first = 0;
        for (at, term) in self.terms.iter_mut().enumerate() {
            while stems.last().is_some_and(|(_, word)| !term.word.starts_with(word)) {
                stems.pop();
            }
            term.stem = stems.last().map_or(at, |s| s.0);
            stems.push((at, &term.word));
            let c = term.word.chars().next().map_or(0, |c| c as usize);
            while first <= c {
                self.firsts.push(at as u16);
                first += 1;
            }
        }
        self.firsts.resize(0x1_0001, self.terms.len() as u16);
    }

    /// The terms that start with `c`, as a range of indices.
    fn starting(&self, c: char) -> (usize, usize) {
        let at = |c: usize| self.firsts.get(c).map_or(0, |i| usize::from(*i));
        (at(c as usize), at(c as usize + 1))
    }

    fn scan(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut found: Vec<(Hit, bool)> = Vec::new();
        // A stretch of the text as terms are written, and where its characters stand in the text itself.
        let mut folded = String::with_capacity(text.len().min(3 * STRETCH));
        let mut places: Vec<u32> = Vec::with_capacity(text.len().min(3 * STRETCH) / 3);
        let mut characters = text.char_indices().filter(|(_, c)| !c.is_whitespace());
        let mut reached = 0;
        loop {
            for (at, c) in characters.by_ref().take(STRETCH + LONGEST - places.len()) {
                folded.push(fold(c));
                places.push(at as u32);
            }
            // Terms that start in the stretch; its last characters start the next one.
            let whole = places.len() < STRETCH + LONGEST;
            let stretch = if whole { places.len() } else { STRETCH };
            let mut done = folded.len();
            for (number, (at, c)) in folded.char_indices().enumerate() {
                if number == stretch {
                    done = at;
                    break;
                }
                let (from, to) = self.starting(c);
                let (Some(rest), Some(terms)) = (folded.get(at..), self.terms.get(from..to)) else { continue };
                let mut next = from + terms.partition_point(|t| t.word.as_str() <= rest);
                while let Some(term) = next.checked_sub(1).and_then(|i| self.terms.get(i)).filter(|_| next > from) {
                    if rest.starts_with(&term.word) {
                        let place = |n: usize| places.get(n).map_or(0, |p| *p as usize);
                        let (start, last) = (place(number), place(number + term.word.chars().count() - 1));
                        let end = last + text.get(last..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
                        if parted(text, start) && parted(text, end) {
                            reached = reached.max(end as u32);
                            let hit = Hit { start: start as u32, end: end as u32, group: term.group };
                            found.push((hit, term.look_alike));
                        }
                    }
                    next = if term.stem + 1 == next { 0 } else { term.stem + 1 };
                }
            }
            // Where no term goes on, all before can be chosen among.
            if whole || places.get(stretch).is_some_and(|place| *place >= reached) {
                self.choose(&mut found, &mut hits);
            }
            if whole {
                return hits;
            }
            folded.drain(..done);
            places.drain(..stretch);
        }
    }

    /// Per group: drops what a look-alike covers, then of overlapping hits keeps the leftmost, then longest.
    fn choose(&self, found: &mut Vec<(Hit, bool)>, hits: &mut Vec<Hit>) {
        found.sort_unstable_by_key(|(h, like)| (h.start, std::cmp::Reverse(h.end), h.group, *like));
        // Look-alikes of each group as (start, end); starts ascend, so that one pass with a running index is enough.
        let mut likes: Vec<Vec<(u32, u32)>> = vec![Vec::new(); self.names.len()];
        for (hit, _) in found.iter().filter(|(_, like)| *like) {
            if let Some(list) = likes.get_mut(usize::from(hit.group.0)) {
                // Of those with one start the longest comes first and covers the others; a contained one adds nothing.
                if list.last().is_none_or(|&(_, end)| end < hit.end) {
                    list.push((hit.start, hit.end));
                }
            }
        }
        let mut taken = vec![0; self.names.len()];
        if hits.capacity() - hits.len() < found.len() {
            // A long text has millions: a quarter more is enough at a time.
            hits.reserve_exact(found.len().max(hits.len() / 4));
        }
        for (hit, _) in found.drain(..).filter(|(_, like)| !like) {
            let group = usize::from(hit.group.0);
            let (Some(free_from), Some(list)) = (taken.get_mut(group), likes.get(group)) else { continue };
            // Ends ascend as starts do: the first that ends at or after the hit is the only one that can cover its end
            // from the left.
            let next = list.partition_point(|&(_, end)| end < hit.end);
            let covered = list.get(next).is_some_and(|&(start, _)| start < hit.end);
            if !covered && hit.start >= *free_from {
                *free_from = hit.end;
                hits.push(hit);
            }
        }
    }
}

/// What may run on into a neighbouring character of its own kind: Latin letters (1) and digits (2).
fn class(c: char) -> u8 {
    match fold(c) {
        'a'..='z' => 1,
        '0'..='9' => 2,
        _ => 0,
    }
}

/// Whether no Latin word and no number goes on over that place. A capital after a small letter starts a word: `SDK` stands
/// alone in `PushSDK`.
fn parted(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) =
        (text.get(..at).and_then(|t| t.chars().next_back()), text.get(at..).and_then(|t| t.chars().next()))
    else {
        return true;
    };
    class(before) == 0 || class(before) != class(after) || !before.is_ascii_uppercase() && after.is_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn found(list: &'static str, text: &str) -> Vec<String> {
        let lexicon = Lexicon::new(list);
        let name = |g: Group| lexicon.names.iter().find(|(_, n)| *n == g).map_or("?", |(n, _)| n);
        lexicon.scan(text).iter().map(|h| format!("{}:{}", name(h.group), &text[h.start()..h.end()])).collect()
    }

    #[test]
    fn offsets_are_those_of_the_original() {
        let cases: &[(&str, &str, &[&str], &str)] = &[
            ("[a]\n位置 位置信息", "您的位置信息", &["a:位置信息"], "longest"),
            ("[a]\n位置\n[b]\n位置信息", "位置信息", &["b:位置信息", "a:位置"], "groups do not compete"),
            ("[a]\n14周岁", "不满１４ 周岁的", &["a:１４ 周岁"], "width and white space"),
            ("[a]\n身份证", "身份\n  证", &["a:身份\n  证"], "torn"),
            ("[a]\n用户", "⽤⼾用户", &["a:⽤⼾", "a:用户"], "Kangxi radicals"),
            ("[a]\nip", "IP地址 shipping zip ip", &["a:IP", "a:ip"], "Latin words stand alone"),
            ("[a]\nsdk", "PushSDK SDKs SDK列表", &["a:SDK", "a:SDK"], "a capital starts a word"),
            ("[a]\n14周岁", "114周岁", &[], "numbers stand alone"),
            ("[a]\n财产\nnot 财产安全", "人身财产安全与财产", &["a:财产"], "look-alike"),
            (
                "[a]\n位置信息 位置\nnot 当前位置",
                "当前位置信息，当前位置：",
                &["a:位置信息"],
                "a longer term outlives it",
            ),
            ("[a]\n个人通信\nnot 通信运营商", "个人通信运营商", &[], "a look-alike that starts later"),
            ("[a]\n财产\n[b]\nnot 财产安全\n安全", "财产安全", &["a:财产"], "of one group only"),
            ("[a]\n甲乙 乙丙", "甲乙丙", &["a:甲乙"], "leftmost"),
        ];
        for (list, text, want, why) in cases {
            assert_eq!(&found(list, text), want, "{why}");
        }
    }

    #[test]
    fn folding_is_one_to_one() {
        let cases =
            [('Ａ', 'a'), ('Z', 'z'), ('（', '('), ('⽤', '用'), ('⻅', '见'), ('㈠', '㈠'), ('İ', 'İ'), ('é', 'é')];
        for (from, to) in cases {
            assert_eq!(fold(from), to, "{from}");
        }
        for c in ('\0'..='\u{ffff}').step_by(7) {
            assert_eq!(fold(fold(c)), fold(c), "{c:?} folds in one step");
        }
    }

    #[test]
    fn lists_are_sorted_and_trimmed() {
        let mut names = BTreeSet::new();
        let (mut group, mut seen, mut terms, mut likes) = ("", BTreeSet::new(), Vec::new(), Vec::new());
        for line in LISTS.lines() {
            assert!(line == line.trim() && !line.contains("  ") && !line.contains('\t'), "stray white space: {line}");
            let line = read(line);
            match line {
                Line::Group(name) => {
                    assert!(names.insert(name), "[{name}] is opened twice");
                    (group, seen, terms, likes) = (name, BTreeSet::new(), Vec::new(), Vec::new());
                }
                Line::Terms(words) => {
                    assert!(!group.is_empty(), "terms before a group: {words}");
                    terms.extend(words.split_whitespace().map(str::to_owned));
                    assert!(terms.is_sorted(), "[{group}] is not sorted: {words}");
                    for w in words.split_whitespace() {
                        assert!(seen.insert(w.chars().map(fold).collect::<String>()), "[{group}] {w} stands twice");
                    }
                }
                Line::LookAlikes(words) => {
                    likes.extend(words.split_whitespace().map(str::to_owned));
                    assert!(likes.is_sorted(), "[{group}] look-alikes are not sorted: {words}");
                    for w in words.split_whitespace() {
                        assert!(seen.insert(w.chars().map(fold).collect::<String>()), "[{group}] {w} stands twice");
                    }
                }
                Line::Say(_) | Line::Set(..) => assert!(!group.is_empty()),
            }
        }
        assert!(names.len() < usize::from(u16::MAX));
    }

    #[test]
    fn a_long_text_is_searched_as_a_short_one() {
        let longest = lexicon().terms.iter().map(|term| term.word.chars().count()).max();
        assert!(longest <= Some(LONGEST), "{longest:?}");
        let text = "我们会收集您的手机号码、I P 地址与设备型号。";
        let once = scan(text);
        assert!(once.len() > 3, "{once:?}");
        // Stretches end at each of its characters.
        for blanks in 0..text.chars().count() {
            let head = "字".repeat(blanks);
            let long = head.clone() + &text.repeat(STRETCH / 10);
            let mut found = scan(&long).into_iter();
            for repeat in 0..STRETCH / 10 {
                let from = (head.len() + repeat * text.len()) as u32;
                for hit in &once {
                    let moved = Hit { start: hit.start + from, end: hit.end + from, ..*hit };
                    assert_eq!(found.next(), Some(moved), "{blanks} before, repeat {repeat}");
                }
            }
            assert_eq!(found.next(), None);
        }
    }

    #[test]
    fn radicals_are_sorted() {
        let from: Vec<char> = RADICALS.lines().filter_map(|l| l.chars().next()).collect();
        assert!(from.len() > 214 && from.is_sorted(), "radicals.txt");
        assert!(RADICALS.lines().all(|l| l.len() == 7), "the search counts on lines of one length");
    }

    #[test]
    fn time_is_linear() {
        let hits = |n| found("[a]\naa\n[b]\n中中\nnot 中中中", &"中a".repeat(n)).len();
        assert_eq!(hits(100_000), 0);
        assert_eq!(found("[a]\n中中\nnot 国", &"中".repeat(100_000)).len(), 50_000);
    }
}
