//! pulldown-cmark as published → a copy under target/ without what no policy needs, for the page's module.
//!
//! - The published table of character references has 2,125 names, most of them mathematics
//!   (`&CounterClockwiseContourIntegral;`): 15 kB of the page after Brotli, two thirds of what all our word lists take.
//!   The copy keeps the names of characters that prose is written with, as one text.
//! - Footnotes, formulas, smart quotes and the other extensions are code that is there to be switched on. Tables are the
//!   one that blocks/markdown.rs switches on; the copy knows that the others are off, and the compiler drops them: 3.5 kB.
//! - Labels of links are told apart by Unicode's table of letter cases: 3 kB. In the copy ASCII letters have two cases.
//! - Definitions of links and runs of backticks stand in hash maps: 2.5 kB with their hashing. In the copy they stand in
//!   sorted lists: that of the definitions is sorted when all are known, of the runs there are few lengths.
//!
//! Nothing else differs, and nothing of the copy is kept in git. The command line has the crate as published.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::process::{Outcome, target};

/// Characters whose names stay: ASCII and Latin-1, dashes, quotes, spaces and joiners, currencies, № ™, arrows, ≠ ≤ ≥, list
/// marks, stars and ticks. (Cargo does not see a change in this file: remove target/page with it.)
const KEPT: &[std::ops::RangeInclusive<u32>] = &[
    0x09..=0xff,
    0x2002..=0x206f,
    0x20a0..=0x20bf,
    0x2116..=0x2122,
    0x2190..=0x2194,
    0x2260..=0x2265,
    0x25a0..=0x25ff,
    0x2605..=0x2606,
    0x2713..=0x2717,
];

/// The file with the names.
const TABLE: &str = "entities.rs";

/// What looks a name up in the short table, of which every second word is a name.
const LOOK_UP: &str = "
pub(crate) fn get_entity(name: &[u8]) -> Option<&'static str> {
    let mut words = NAMES.split(' ');
    while let (Some(known), Some(character)) = (words.next(), words.next()) {
        if known.as_bytes() == name {
            return Some(character);
        }
    }
    None
}
";

/// How the sources ask for an extension, and how the copy asks.
const ASKED: (&str, &str) = (".contains(Options::", ".allows(Options::");

/// Constant for every option but the one: what stands behind the others is never compiled.
const ALLOWS: &str = "
impl Options {
    #[inline(always)]
    pub(crate) const fn allows(self, other: Self) -> bool {
        self.bits() & other.bits() & Self::ENABLE_TABLES.bits() == other.bits()
    }
}
";

/// The type of a link's label, and what it is in the copy.
const LABEL: (&str, &str) = ("UniCase", "Ascii");

/// What stands once in a file, and what it is in the copy: the maps, and where formulas, though never begun, are ended.
const ONCE: [(&str, &str, &str); 8] = [
    (
        "parse.rs",
        "ItemBody::MaybeMath(can_open, _can_close, brace_context) =>",
        "ItemBody::MaybeMath(can_open, _can_close, brace_context) if Options::ENABLE_MATH.allows(Options::ENABLE_MATH) =>",
    ),
    ("parse.rs", "use std::collections::{HashMap, VecDeque};", "use {crate::{Few, Late}, std::collections::VecDeque};"),
    ("parse.rs", "inner: HashMap<usize,", "inner: Few<usize,"),
    ("parse.rs", "inner: HashMap<u8,", "inner: Few<u8,"),
    ("parse.rs", "HashMap<LinkLabel<", "Late<LinkLabel<"),
    ("parse.rs", "HashMap<FootnoteLabel<", "Few<FootnoteLabel<"),
    (
        "parse.rs",
        "#[derive(Clone, Debug)]\npub struct FootnoteDef {",
        "#[derive(Clone, Debug, Default)]\npub struct FootnoteDef {",
    ),
    ("firstpass.rs", "refdefs.0.entry(label).or_insert(link_def)", "refdefs.0.push(label, link_def)"),
];

/// What stands in place of the maps. Runs of backticks have few lengths: n bytes hold no more than the root of 2 n.
const LISTS: &str = "
/// A map that is filled before anything is looked up; the first value of a key counts.
#[derive(Clone, Debug)]
pub(crate) struct Late<K, V> {
    list: Vec<(K, V)>,
    sorted: std::cell::OnceCell<Vec<u32>>,
}
impl<K, V> Default for Late<K, V> {
    fn default() -> Self {
        Self { list: Vec::new(), sorted: std::cell::OnceCell::new() }
    }
}
impl<K: Ord, V> Late<K, V> {
    pub(crate) fn push(&mut self, key: K, value: V) {
        self.list.push((key, value));
    }
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        let entry = |at: &u32| &self.list[*at as usize];
        let sorted = self.sorted.get_or_init(|| {
            let mut order: Vec<u32> = (0..self.list.len() as u32).collect();
            order.sort_unstable_by(|a, b| entry(a).0.cmp(&entry(b).0).then(a.cmp(b)));
            order
        });
        let at = sorted.partition_point(|at| entry(at).0 < *key);
        sorted.get(at).map(entry).filter(|(known, _)| known == key).map(|(_, value)| value)
    }
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.list.iter().map(|(key, value)| (key, value))
    }
}

/// A map of few keys.
#[derive(Clone, Debug)]
pub(crate) struct Few<K, V>(Vec<(K, V)>);
impl<K, V> Default for Few<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}
impl<K: Ord, V: Default> Few<K, V> {
    fn at(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(key))
    }
    pub(crate) fn entry(&mut self, key: K) -> Place<'_, V> {
        let at = self.at(&key).unwrap_or_else(|at| {
            self.0.insert(at, (key, V::default()));
            at
        });
        Place(&mut self.0[at].1)
    }
    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.at(key).ok().map(|at| &mut self.0[at].1)
    }
    pub(crate) fn contains_key(&self, key: &K) -> bool {
        self.at(key).is_ok()
    }
    pub(crate) fn insert(&mut self, key: K, value: V) {
        *self.entry(key).0 = value;
    }
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
pub(crate) struct Place<'a, V>(&'a mut V);
impl<'a, V> Place<'a, V> {
    pub(crate) fn or_default(self) -> &'a mut V {
        self.0
    }
}
";

/// Compiles in rustc's place: cargo calls `RUSTC_WRAPPER` with the compiler and its arguments. All crates but the one go
/// through as they are, and so does what the compiler says.
pub fn compile(compiler: &OsStr, mut arguments: Vec<OsString>) -> ExitCode {
    let parser = arguments.windows(2).any(|pair| pair[0] == "--crate-name" && pair[1] == "pulldown_cmark");
    if let Some(source) = arguments.iter_mut().find(|a| parser && Path::new(a).ends_with("src/lib.rs")) {
        let published = Path::new(source).parent().unwrap_or(Path::new("")).to_owned();
        let copy = target().join("slim/pulldown-cmark");
        if let Err(message) = cut(&published, &copy) {
            eprintln!("xtask: {message}");
            return ExitCode::FAILURE;
        }
        *source = copy.join("lib.rs").into();
    }
    let done = Command::new(compiler).args(arguments).status().is_ok_and(|status| status.success());
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The crate's files, cut.
fn cut(from: &Path, to: &Path) -> Outcome {
    let failed = |error| format!("{} to {}: {error}", from.display(), to.display());
    fs::create_dir_all(to).map_err(failed)?;
    let (mut asked, mut labels, mut known) = (0, 0, true);
    for path in fs::read_dir(from).map_err(failed)?.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
        let name = path.file_name().unwrap_or_default();
        let source = fs::read_to_string(&path).map_err(failed)?;
        asked += source.matches(ASKED.0).count();
        labels += source.matches(LABEL.0).count();
        let mut copy = source.replace(ASKED.0, ASKED.1).replace(LABEL.0, LABEL.1);
        if name == "lib.rs" {
            copy.push_str(ALLOWS);
            copy.push_str(LISTS);
        }
        for (_, from, to) in ONCE.iter().filter(|(file, ..)| name == *file) {
            known &= copy.matches(from).count() == 1;
            copy = copy.replace(from, to);
        }
        if name == TABLE {
            copy = shorten(&source).unwrap_or_default();
        }
        fs::write(to.join(name), copy).map_err(failed)?;
    }
    let table = fs::metadata(to.join(TABLE)).is_ok_and(|file| file.len() > 0);
    if known && table && asked > 20 && labels > 5 {
        return Ok(());
    }
    Err(format!("{} is not as xtask/src/slim.rs knows it", from.display()))
}

/// The table with the names in [`KEPT`] alone; None where the file does not look as expected.
fn shorten(source: &str) -> Option<String> {
    let (mut names, mut kept, mut all) = (String::new(), 0, 0);
    for line in source.lines() {
        let Some((name, value)) = line.strip_prefix("    (b\"").and_then(|l| l.split_once("\", \"\\u{")) else {
            continue;
        };
        all += 1;
        let Some(code) = value.strip_suffix("}\"),") else { continue };
        if u32::from_str_radix(code, 16).is_ok_and(|c| KEPT.iter().any(|range| range.contains(&c))) {
            kept += 1;
            names.extend([name, " \\u{", code, "} "]);
        }
    }
    let names = names.trim_end();
    (all > 2000 && kept > 200).then(|| format!("const NAMES: &str = \"{names}\";\n{LOOK_UP}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_keeps_what_prose_is_written_with() {
        let name = |i| format!("    (b\"n{i}\", \"\\u{{{:05X}}}\"),", i + 1);
        let names = (0..2100).map(name).collect::<Vec<_>>().join("\n");
        let short = shorten(&format!("const T: [(&[u8], &str); 2100] = [\n{names}\n];\n")).expect("the table is known");
        assert!(short.contains("\\u{000A0}") && !short.contains("\\u{00300}"), "nbsp stays, a diacritic goes");
        assert!(short.contains("\"n8 \\u{00009} n9 \\u{0000A} "), "{short}");
        assert_eq!(shorten("const T: [(&[u8], &str); 1] = [\n    (b\"lt\", \"\\u{003C}\"),\n];"), None);
    }
}
