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
//! build.rs makes tables of the lists, which are used as they are; only the words, which it has packed, are laid out once
//! (`trie`).

pub mod edges;
#[cfg(test)]
#[path = "../build/lists.rs"]
#[allow(dead_code, reason = "most of it is for build.rs")]
mod lists;
pub mod messages;
mod narrow;
pub mod reading;
pub mod script;
mod trie;

pub use reading::Reading;

use std::sync::OnceLock;
#[cfg(test)]
use trie::{Finds, Room};
use trie::{Packed, Trie};

/// The lists of data/zh (build.rs).
const PACKED: Packed = Packed {
    words: include_str!(concat!(env!("OUT_DIR"), "/words.txt")),
    outs: include!(concat!(env!("OUT_DIR"), "/outs.rs")),
};

/// Terms that are not written as they are compared: group number, tab, term.
const WRITTEN: &str = include_str!(concat!(env!("OUT_DIR"), "/written.txt"));

/// The `say` and `set` lines of all groups, by group, as key and value; and where those of each group start.
const SETTINGS: &str = include_str!(concat!(env!("OUT_DIR"), "/settings.txt"));
const STARTS: &[u32] = include!(concat!(env!("OUT_DIR"), "/starts.rs"));

/// Weights of cues, `weight cue …` a line.
const WEIGHTS: &str = include_str!(concat!(env!("OUT_DIR"), "/weights.txt"));

/// Characters that stand for another one, `from to` a line, by `from`.
const RADICALS: &str = include_str!(concat!(env!("OUT_DIR"), "/radicals.txt"));

/// A `[group]` of a word list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Group(u16);

/// Where a term of a group stands. Every clause has many: hence the narrow fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    start: u32,
    length: u16,
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
        self.start as usize + usize::from(self.length)
    }
}

/// The groups by name.
const SORTED: &[u16] = include!(concat!(env!("OUT_DIR"), "/sorted.rs"));

/// The names of all groups; a group's number is its place among them.
static NAMES: &[&str] = ALL;
/// How many there are.
const COUNT: usize = ALL.len();
const ALL: &[&str] = include!(concat!(env!("OUT_DIR"), "/names.rs"));

/// The group of that name, as the compiler sees it; use it through the macro of that name.
///
/// # Panics
/// Where no list opens the group; in the macro, this is an error of the compiler.
#[must_use]
pub const fn named(name: &str) -> Group {
    let mut number = 0;
    while number < ALL.len() {
        if same(ALL[number].as_bytes(), name.as_bytes()) {
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

/// The group that a setting names: by its number, which build.rs puts there.
#[must_use]
pub fn numbered(number: &str) -> Group {
    Group(number.parse().unwrap_or(u16::MAX))
}

/// The group of that name; one that no list opens is never hit.
#[must_use]
pub fn find(name: &str) -> Group {
    let found = SORTED.binary_search_by(|group| self::name(*group).cmp(name)).ok();
    Group(found.and_then(|at| SORTED.get(at)).copied().unwrap_or(u16::MAX))
}

fn name(group: u16) -> &'static str {
    NAMES.get(usize::from(group)).map_or("", |name| *name)
}

/// The groups whose name starts with `prefix`, by name; the macro `keys` knows them without the table of names, which a page
/// does not carry.
pub fn groups(prefix: &'static str) -> impl Iterator<Item = (&'static str, Group)> {
    let from = SORTED.partition_point(|group| name(*group) < prefix);
    let all = SORTED.iter().skip(from).map(|group| (name(*group), Group(*group)));
    all.take_while(move |(name, _)| name.starts_with(prefix))
}

/// Whether a name starts with a prefix, which the compiler cannot ask of texts yet.
const fn starts(name: &str, prefix: &str) -> bool {
    name.len() >= prefix.len() && same(name.as_bytes().split_at(prefix.len()).0, prefix.as_bytes())
}

/// How many groups have a name that starts with `prefix`; for the macro `keys`.
#[must_use]
pub const fn count(prefix: &str) -> usize {
    let (mut count, mut number) = (0, 0);
    while number < ALL.len() {
        count += starts(ALL[number], prefix) as usize;
        number += 1;
    }
    count
}

/// The groups whose name starts with `prefix`, by the rest of it; for the macro `keys`.
#[must_use]
pub const fn keyed<const N: usize>(prefix: &str) -> [(&'static str, Group); N] {
    let (mut keys, mut found, mut at) = ([("", Group(u16::MAX)); N], 0, 0);
    while at < SORTED.len() {
        let name = ALL[SORTED[at] as usize];
        if starts(name, prefix) {
            keys[found] = (name.split_at(prefix.len()).1, Group(SORTED[at]));
            found += 1;
        }
        at += 1;
    }
    keys
}

/// The groups whose name starts with a prefix, by the rest of it, as the compiler found them.
macro_rules! keys {
    ($prefix:literal) => {{
        const COUNT: usize = $crate::lexicon::count($prefix);
        static KEYS: [(&str, $crate::lexicon::Group); COUNT] = $crate::lexicon::keyed($prefix);
        KEYS.iter().copied()
    }};
}
pub(crate) use keys;

/// The terms of a group as the list has them; for readers that look at one place, not at a whole text.
#[must_use]
pub fn terms(group: Group) -> &'static [&'static str] {
    static WORDS: OnceLock<(String, Vec<u32>)> = OnceLock::new();
    static TERMS: OnceLock<Terms> = OnceLock::new();
    let terms = TERMS.get_or_init(|| Terms::new(&PACKED, WORDS.get_or_init(|| PACKED.unpacked()), WRITTEN));
    terms.of(group)
}

/// The terms of all groups, by group.
struct Terms<'w> {
    terms: Vec<&'w str>,
    /// For each group, how many there are up to its end.
    ends: Vec<usize>,
}

impl<'w> Terms<'w> {
    /// Takes packed words, the same unpacked, and those of them that are written otherwise.
    fn new(packed: &Packed, (words, starts): &'w (String, Vec<u32>), written: &'static str) -> Self {
        let outs = || packed.outs().flatten().filter(|(_, look_alike)| !look_alike);
        let mut ends = vec![0; COUNT + 1];
        for (group, _) in outs() {
            if let Some(count) = ends.get_mut(usize::from(group.0) + 1) {
                *count += 1;
            }
        }
        let mut all = 0;
        for end in &mut ends {
            all += *end;
            *end = all;
        }
        let mut terms = vec![""; all];
        for (word, outs) in packed.outs().enumerate() {
            let start = |word: usize| starts.get(word).map_or(words.len(), |start| *start as usize);
            for (group, _) in outs.filter(|(_, look_alike)| !look_alike) {
                let Some(end) = ends.get_mut(usize::from(group.0)) else { continue };
                if let Some(term) = terms.get_mut(*end) {
                    *term = crate::text::part(words, start(word), start(word + 1));
                }
                *end += 1;
            }
        }
        for (group, term) in written.lines().filter_map(|line| line.split_once('\t')) {
            let (from, to) = Self::range(&ends, group.parse().unwrap_or(usize::MAX - 1));
            let folded = |t: &&mut &str| t.chars().eq(term.chars().map(fold));
            terms.get_mut(from..to).into_iter().flatten().find(folded).into_iter().for_each(|t| *t = term);
        }
        Self { terms, ends }
    }

    fn range(ends: &[usize], group: usize) -> (usize, usize) {
        let end = |group: usize| ends.get(group).copied().unwrap_or(0);
        (group.checked_sub(1).map_or(0, end), end(group))
    }

    fn of(&self, group: Group) -> &[&'w str] {
        let (from, to) = Self::range(&self.ends, usize::from(group.0));
        self.terms.get(from..to).unwrap_or_default()
    }
}

/// What the group's `say` line says, or `""`.
#[must_use]
pub fn say(group: Group) -> &'static str {
    lines(group).find(|(key, _)| *key == "say").map_or("", |(_, text)| text)
}

/// The group's `set` lines as key and values.
pub fn settings(group: Group) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(group).filter(|(key, _)| *key != "say")
}

/// The value of the group's `set` line with that key, or `""`; the macro `set` knows it without a search.
#[must_use]
pub const fn setting(group: Group, key: &str) -> &'static str {
    let (mut at, number) = (STARTS[group.0 as usize] as usize, group.0 as usize + 1);
    let to = if number < STARTS.len() { STARTS[number] as usize } else { SETTINGS.len() };
    let text = SETTINGS.as_bytes();
    while at < to {
        let (mut space, mut end) = (at, at);
        while end < to && text[end] != b'\n' {
            end += 1;
        }
        while space < end && text[space] != b' ' {
            space += 1;
        }
        if same(text.split_at(space).0.split_at(at).1, key.as_bytes()) {
            return SETTINGS.split_at(end).0.split_at(space + 1).1;
        }
        at = end + 1;
    }
    ""
}

/// The value of the group's `set` line with that key; one that no list sets does not compile.
macro_rules! set {
    ($group:literal, $key:literal) => {
        const {
            let value = $crate::lexicon::setting($crate::lexicon::named($group), $key);
            assert!(!value.is_empty(), "no list sets this key");
            value
        }
    };
}
pub(crate) use set;

fn lines(group: Group) -> impl Iterator<Item = (&'static str, &'static str)> {
    let start = |number: usize| STARTS.get(number).map_or(0, |start| *start as usize);
    let number = usize::from(group.0);
    crate::text::part(SETTINGS, start(number), start(number + 1)).lines().filter_map(|line| line.split_once(' '))
}

/// The weights of data/zh/plain.model, each with its cues.
pub fn weights() -> impl Iterator<Item = (i32, &'static str)> {
    WEIGHTS.lines().filter_map(|line| line.split_once(' ')).map(|(weight, cues)| (weight.parse().unwrap_or(0), cues))
}

/// All hits of all groups, by group, then start. Within a group they do not overlap (leftmost-longest) and look-alikes
/// are gone. Linear in the text.
#[cfg(test)]
fn scan(text: &str) -> Vec<Hit> {
    let mut found = Finds::default();
    trie().scan(text, None, &mut Room::default(), &mut found);
    found.hits
}

/// Whether a term of a group may start with a character: at nearly all places of a text none does.
#[must_use]
pub fn may_start(group: Group, c: char) -> bool {
    trie().may_start(group, fold(c))
}

fn trie() -> &'static Trie {
    static TRIE: OnceLock<Trie> = OnceLock::new();
    TRIE.get_or_init(|| Trie::new(&PACKED))
}

/// The character that stands for `c` when words are compared: ASCII for full width, lower case, the unified
/// ideograph for a Kangxi or supplementary radical. Always one character for one.
#[must_use]
#[inline]
pub fn fold(c: char) -> char {
    match c {
        '\u{2e80}'..='\u{2fd5}' => radical(c),
        // Most of a text.
        '\u{3001}'..='\u{ff00}' => c,
        _ => narrow::narrow(c),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn groups_of(list: &str) -> Vec<lists::Group> {
        lists::read(&[("list".into(), list.into())], narrow::narrow).unwrap()
    }

    fn found(list: &str, text: &str) -> Vec<String> {
        let groups = groups_of(list);
        let tables = lists::tables(&groups, narrow::narrow);
        let packed = Packed { words: tables.words.leak(), outs: tables.outs.leak() };
        let mut found = Finds::default();
        Trie::new(&packed).scan(text, None, &mut Room::default(), &mut found);
        let mut hits = found.hits;
        hits.sort_by_key(|h| (h.start(), std::cmp::Reverse(h.end())));
        let name = |g: Group| &groups[usize::from(g.0)].name;
        hits.iter().map(|h| format!("{}:{}", name(h.group), &text[h.start()..h.end()])).collect()
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
                "[a]\n位置 位置信息\nnot 当前位置",
                "当前位置信息，当前位置：",
                &["a:位置信息"],
                "a longer term outlives it",
            ),
            ("[a]\n个人通信\nnot 通信运营商", "个人通信运营商", &[], "a look-alike that starts later"),
            ("[a]\n财产\n[b]\nnot 财产安全\n安全", "财产安全", &["a:财产"], "of one group only"),
            ("[a]\n乙丙 甲乙", "甲乙丙", &["a:甲乙"], "leftmost"),
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
    fn a_long_text_is_searched_as_a_short_one() {
        let text = "我们会收集您的手机号码、I P 地址与设备型号。";
        let once = scan(text);
        assert!(once.len() > 3, "{once:?}");
        let mut all = scan(&text.repeat(1000));
        all.sort_by_key(|h| (h.start() / text.len(), h.group, h.start()));
        for (repeat, hits) in all.chunks(once.len()).enumerate() {
            for (hit, of_once) in hits.iter().zip(&once) {
                let start = of_once.start() + repeat * text.len();
                assert_eq!((hit.group, hit.start(), hit.length), (of_once.group, start, of_once.length), "{repeat}");
            }
        }
        assert_eq!(all.len(), once.len() * 1000);
    }

    #[test]
    fn words_are_packed_and_unpacked() {
        let long = "字".repeat(40);
        let list = format!("[b]\n{long}丙 {long}甲 {long}甲乙 甲丁 甲乙 甲乙丙\n[a]\nIP ip地址 甲乙\nnot 甲");
        let tables = lists::tables(&groups_of(&list), narrow::narrow);
        assert_eq!((tables.names, tables.sorted), (vec!["b".into(), "a".into()], vec![1, 0]));
        let packed = Packed { words: tables.words.leak(), outs: tables.outs.leak() };
        let words = packed.unpacked();
        let all = Terms::new(&packed, &words, "1\tIP");
        let terms = |group: u16| all.of(Group(group)).to_vec();
        assert_eq!(terms(1), ["IP", "ip地址", "甲乙"], "as they are written, and no look-alikes");
        let (one, two, three) = (format!("{long}丙"), format!("{long}甲"), format!("{long}甲乙"));
        assert_eq!(terms(0), [&one, &two, &three, "甲丁", "甲乙", "甲乙丙"].map(|t| t as &str));
        assert_eq!(found(&list, &format!("{long}甲乙")), [format!("b:{three}"), "a:甲乙".into()]);
    }

    #[test]
    fn settings_are_those_of_their_group() {
        for (number, name) in NAMES.iter().enumerate() {
            assert_eq!(find(name), Group(number as u16));
        }
        assert_eq!(find("no.such"), Group(u16::MAX));
        assert!(settings(group!("script")).map(|(key, _)| key).eq(["traditional", "simplified", "pairs", "words"]));
        assert_eq!((say(group!("script")), setting(group!("script"), "no")), ("", ""));
        assert!(groups("attention.").filter(|(name, _)| name.split('.').count() == 2).count() > 70);
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
