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
//! Matching is one pass of an Aho-Corasick automaton (daachorse, a character-wise double array).

pub mod messages;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use std::sync::OnceLock;

/// The word lists, in the order of their groups' numbers. A new file is one line here.
const FILES: &[&str] = &[
    include_str!("../data/zh/attention.txt"),
    include_str!("../data/zh/context.txt"),
    include_str!("../data/zh/facts.txt"),
    include_str!("../data/zh/items.txt"),
    include_str!("../data/zh/outline.txt"),
    include_str!("../data/zh/plain.txt"),
    include_str!("../data/zh/sensitive.txt"),
    include_str!("../data/zh/spacing.txt"),
    include_str!("../data/zh/tables.txt"),
];

/// Characters that stand for another one, `from to` a line.
const RADICALS: &str = include_str!("../data/radicals.txt");

/// A `[group]` of a word list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Group(u16);

/// Where a term of a group stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    /// Byte offset into the scanned text.
    pub start: usize,
    /// Byte offset into the scanned text.
    pub end: usize,
    /// The group whose term it is.
    pub group: Group,
}

/// The group of that name. A name that no list opens gives a group that is never hit.
#[must_use]
pub fn group(name: &str) -> Group {
    let found = lexicon().names.binary_search_by(|(n, _)| (*n).cmp(name));
    debug_assert!(found.is_ok(), "no list opens [{name}]");
    found.ok().and_then(|i| lexicon().names.get(i)).map_or(Group(u16::MAX), |(_, g)| *g)
}

/// The groups whose name starts with `prefix`, by name.
pub fn groups(prefix: &'static str) -> impl Iterator<Item = (&'static str, Group)> {
    let names = &lexicon().names;
    let from = names.partition_point(|(n, _)| *n < prefix);
    names.iter().skip(from).take_while(move |(n, _)| n.starts_with(prefix)).copied()
}

/// The terms of the group of that name as the list has them; for readers that look at one place, not at a whole text.
#[must_use]
pub fn terms(name: &str) -> &'static [&'static str] {
    lexicon().words.get(usize::from(group(name).0)).map_or(&[], Vec::as_slice)
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
    static TABLE: OnceLock<Vec<(char, char)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let pairs = RADICALS.lines().filter(|l| !l.starts_with('#')).filter_map(|line| {
            let mut chars = line.chars().filter(|c| !c.is_whitespace());
            Some((chars.next()?, chars.next()?))
        });
        pairs.collect()
    });
    table.binary_search_by_key(&c, |&(from, _)| from).ok().and_then(|i| table.get(i)).map_or(c, |&(_, to)| to)
}

/// A group that a term belongs to, and as what.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Use {
    group: Group,
    look_alike: bool,
}

struct Term {
    /// Characters of the folded term.
    length: usize,
    /// Latin letters or digits at its ends must not run on in the text.
    first: Class,
    last: Class,
    uses: Vec<Use>,
}

struct Lexicon {
    names: Vec<(&'static str, Group)>,
    says: Vec<(Group, &'static str)>,
    settings: Vec<(Group, &'static str, &'static str)>,
    /// By group: its terms as written.
    words: Vec<Vec<&'static str>>,
    terms: Vec<Term>,
    /// None while no list has a term.
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
}

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::new(FILES))
}

/// A line of a list, read.
enum Line {
    Group(&'static str),
    Terms(&'static str),
    LookAlikes(&'static str),
    Say(&'static str),
    Set(&'static str, &'static str),
}

fn read(line: &'static str) -> Option<Line> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
        return Some(Line::Group(name));
    }
    Some(match line.split_once(' ') {
        Some(("not", rest)) => Line::LookAlikes(rest),
        Some(("say", rest)) => Line::Say(rest.trim()),
        Some(("set", rest)) => {
            let (key, value) = rest.trim().split_once(' ').unwrap_or((rest, ""));
            Line::Set(key, value.trim())
        }
        _ => Line::Terms(line),
    })
}

impl Lexicon {
    fn new(files: &[&'static str]) -> Self {
        let mut names: Vec<(&'static str, Group)> = Vec::new();
        let mut says = Vec::new();
        let mut settings = Vec::new();
        let mut words_of: Vec<Vec<&'static str>> = Vec::new();
        let mut uses: Vec<(String, Use)> = Vec::new();
        for file in files {
            let mut group = Group(u16::MAX);
            for line in file.lines().filter_map(read) {
                let (words, look_alike) = match line {
                    Line::Group(name) => {
                        group = Group(names.len() as u16);
                        names.push((name, group));
                        words_of.push(Vec::new());
                        continue;
                    }
                    Line::Say(text) => {
                        says.push((group, text));
                        continue;
                    }
                    Line::Set(key, value) => {
                        settings.push((group, key, value));
                        continue;
                    }
                    Line::Terms(words) => (words, false),
                    Line::LookAlikes(words) => (words, true),
                };
                if let Some(list) = words_of.get_mut(usize::from(group.0)).filter(|_| !look_alike) {
                    list.extend(words.split_whitespace());
                }
                for word in words.split_whitespace() {
                    uses.push((word.chars().map(fold).collect(), Use { group, look_alike }));
                }
            }
        }
        names.sort_unstable();
        uses.sort_by(|a, b| a.0.cmp(&b.0));
        let groups: Vec<&[(String, Use)]> = uses.chunk_by(|a, b| a.0 == b.0).collect();
        let patterns = groups.iter().zip(0u32..).filter_map(|(same, id)| Some((&same.first()?.0, id)));
        // Only an empty list, a duplicate or more than u32::MAX states can fail; the terms are distinct.
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .use_prefilter(false) // the text is fed character by character
            .build_with_values(patterns)
            .ok();
        let terms = groups
            .iter()
            .map(|same| {
                let word = same.first().map_or("", |(word, _)| word);
                Term {
                    length: word.chars().count(),
                    first: word.chars().next().map_or(Class::Other, Class::of),
                    last: word.chars().last().map_or(Class::Other, Class::of),
                    uses: same.iter().map(|(_, u)| *u).collect(),
                }
            })
            .collect();
        Self { names, says, settings, words: words_of, terms, automaton }
    }

    fn scan(&self, text: &str) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut found: Vec<(Hit, bool)> = Vec::new();
        let mut stepper = automaton.find_overlapping_stepper();
        let mut starts: Vec<usize> = Vec::with_capacity(text.len() / 2);
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            starts.push(at);
            stepper.consume(fold(c));
            let end = at + c.len_utf8();
            for hit in stepper.matches() {
                let Some(term) = self.terms.get(hit.value() as usize) else { continue };
                let Some(&start) = starts.len().checked_sub(term.length).and_then(|i| starts.get(i)) else { continue };
                if stands_alone(text, start, end, term) {
                    let hits = term.uses.iter().map(|u| (Hit { start, end, group: u.group }, u.look_alike));
                    found.extend(hits);
                }
            }
        }
        self.choose(found)
    }

    /// Per group: drops what a look-alike covers, then of overlapping hits keeps the leftmost, then longest.
    fn choose(&self, mut found: Vec<(Hit, bool)>) -> Vec<Hit> {
        found.sort_unstable_by_key(|(h, like)| (h.start, std::cmp::Reverse(h.end), h.group, *like));
        // Look-alikes of each group as (start, end); starts ascend, so that one pass with a running index is enough.
        let mut likes: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.names.len()];
        for (hit, _) in found.iter().filter(|(_, like)| *like) {
            if let Some(list) = likes.get_mut(usize::from(hit.group.0)) {
                // Of those with one start the longest comes first and covers the others; a contained one adds nothing.
                if list.last().is_none_or(|&(_, end)| end < hit.end) {
                    list.push((hit.start, hit.end));
                }
            }
        }
        let mut taken = vec![0; self.names.len()];
        let mut chosen = Vec::new();
        for (hit, _) in found.into_iter().filter(|(_, like)| !like) {
            let Some(free_from) = taken.get_mut(usize::from(hit.group.0)) else { continue };
            let list = likes.get(usize::from(hit.group.0)).map_or(&[][..], Vec::as_slice);
            // Ends ascend as starts do: the first that ends at or after the hit is the only one that can cover its end
            // from the left.
            let next = list.partition_point(|&(_, end)| end < hit.end);
            let covered = list.get(next).is_some_and(|&(start, _)| start < hit.end);
            if !covered && hit.start >= *free_from {
                *free_from = hit.end;
                chosen.push(hit);
            }
        }
        chosen
    }
}

/// What may run on into a neighbouring character of its own kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Letter,
    Digit,
    Other,
}

impl Class {
    fn of(c: char) -> Self {
        match fold(c) {
            'a'..='z' => Self::Letter,
            '0'..='9' => Self::Digit,
            _ => Self::Other,
        }
    }
}

/// Whether a term's Latin letters and digits are not part of a longer word or number. A capital after a small letter
/// starts a word: `SDK` stands alone in `PushSDK`.
fn stands_alone(text: &str, start: usize, end: usize, term: &Term) -> bool {
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let after = text.get(end..).and_then(|t| t.chars().next());
    let new_word = |a: char, b: char| !a.is_uppercase() && b.is_uppercase();
    let left = before.is_none_or(|b| {
        let first = text.get(start..).and_then(|t| t.chars().next());
        term.first == Class::Other || Class::of(b) != term.first || first.is_some_and(|f| new_word(b, f))
    });
    let right = after.is_none_or(|a| {
        let last = text.get(..end).and_then(|t| t.chars().next_back());
        term.last == Class::Other || Class::of(a) != term.last || last.is_some_and(|l| new_word(l, a))
    });
    left && right
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn found(list: &'static str, text: &str) -> Vec<String> {
        let lexicon = Lexicon::new(&[list]);
        let name = |g: Group| lexicon.names.iter().find(|(_, n)| *n == g).map_or("?", |(n, _)| n);
        lexicon.scan(text).iter().map(|h| format!("{}:{}", name(h.group), &text[h.start..h.end])).collect()
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
    fn lists_are_registered_sorted_and_trimmed() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/data/zh");
        let mut count = 0;
        for entry in std::fs::read_dir(root).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.extension().is_none_or(|e| e != "txt")
                || name.starts_with("messages")
                || name.contains(".examples.")
            {
                continue;
            }
            count += 1;
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(FILES.contains(&text.as_str()), "{name} is not registered in src/lexicon.rs");
            for line in text.lines() {
                assert_eq!(line, line.trim(), "{name}: stray white space");
                assert!(!line.contains("  ") && !line.contains('\t'), "{name}: {line}");
            }
        }
        assert_eq!(count, FILES.len(), "a file is registered twice");

        let mut names = BTreeSet::new();
        for file in FILES {
            let (mut group, mut seen, mut terms, mut likes) = ("", BTreeSet::new(), Vec::new(), Vec::new());
            for line in file.lines().filter_map(read) {
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
        }
        assert!(names.len() < usize::from(u16::MAX));
    }

    #[test]
    fn groups_named_in_code_exist() {
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                for call in text.split("group(\"").skip(1) {
                    let name = call.split('"').next().unwrap();
                    assert!(lexicon().names.iter().any(|(n, _)| *n == name), "{}: [{name}]", path.display());
                }
            }
        }
    }

    #[test]
    fn radicals_are_sorted_for_the_search() {
        let from: Vec<char> =
            RADICALS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.chars().next()).collect();
        assert!(from.len() > 214 && from.is_sorted(), "radicals.txt");
    }

    #[test]
    fn time_is_linear() {
        let hits = |n| found("[a]\naa\n[b]\n中中\nnot 中中中", &"中a".repeat(n)).len();
        assert_eq!(hits(100_000), 0);
        assert_eq!(found("[a]\n中中\nnot 国", &"中".repeat(100_000)).len(), 50_000);
    }
}
