//! data/ui/*.txt → [`Messages`]: every label, title and sentence of our own that a reader sees, in one language.
//!
//! A file is `line*`, a line is `# comment` or `key SP text LF`; keys are sorted by byte, `{name}` in a text is a
//! placeholder. What a policy says never comes from here.
//!
//! Simplified Chinese is always built in. The other files are with the feature `languages`; without it (the page's
//! module) whoever embeds the module hands them over by [`add`] when a reader asks for them, and in a second text the lines
//! that no first view shows: lists and checklist (build.rs and tools/package.mjs part a file by the same keys).

use crate::text::join;
use std::sync::OnceLock;

/// What stands in for a language that is not there.
const DEFAULT: &str = "zh-Hans";

/// A language's file, and what [`add`] brought instead and beside it.
struct File {
    lang: &'static str,
    built_in: Option<&'static str>,
    added: OnceLock<String>,
    later: OnceLock<String>,
}

impl File {
    const fn new(lang: &'static str, built_in: Option<&'static str>) -> Self {
        Self { lang, built_in, added: OnceLock::new(), later: OnceLock::new() }
    }

    fn text(&'static self) -> Option<&'static str> {
        self.built_in.or_else(|| self.added.get().map(String::as_str))
    }
}

#[cfg(feature = "languages")]
const OTHERS: [Option<&str>; 2] =
    [Some(include_str!("../../data/ui/zh-Hant.txt")), Some(include_str!("../../data/ui/en.txt"))];
#[cfg(not(feature = "languages"))]
const OTHERS: [Option<&str>; 2] = [None, None];

/// data/ui/zh-Hans.txt, without the feature `languages` only what a first view shows.
const OWN: &str = include_str!(concat!(env!("OUT_DIR"), "/labels.txt"));

static FILES: [File; 3] = [File::new(DEFAULT, Some(OWN)), File::new("zh-Hant", OTHERS[0]), File::new("en", OTHERS[1])];

/// The messages of one language.
#[derive(Clone, Debug)]
pub struct Messages {
    /// BCP 47 tag of the language the messages are in: `zh-Hans`, `zh-Hant` or `en`.
    pub lang: &'static str,
    entries: Vec<(&'static str, &'static str)>,
}

/// The messages for a BCP 47 tag, in any case and with `-` or `_`: English for a language that we do not
/// have, Simplified Chinese for none and for a file that is not there.
#[must_use]
pub fn messages(lang: &str) -> Messages {
    let tag = language(lang);
    for file in &FILES {
        if let Some(text) = file.text().filter(|_| file.lang == tag) {
            let mut entries = parse(text);
            if let Some(later) = file.later.get() {
                entries.extend(parse(later));
                entries.sort_unstable();
            }
            return Messages { lang: tag, entries };
        }
    }
    messages(DEFAULT)
}

/// The language of the file that a BCP 47 tag asks for and that is not there, or `""`.
#[must_use]
pub fn lacking(lang: &str) -> &'static str {
    let tag = language(lang);
    if FILES.iter().any(|file| file.lang == tag && file.text().is_none()) { tag } else { "" }
}

/// Takes in the file of a language, or the part of it that no first view shows; of several for one language the first
/// stays. Our files open with a comment: what does not (a host's page for missing files, say) is none of them.
pub fn add(lang: &str, text: String) {
    if let Some(file) = FILES.iter().find(|file| file.lang == lang && text.starts_with('#')) {
        let place = if text.contains(LATER) { &file.later } else { &file.added };
        let _ = place.set(text);
    }
}

/// How a line of the second part begins.
const LATER: &str = "\nlists.";

/// `zh-TW`, `zh-HK` and `zh-MO` are written in traditional characters unless a script subtag says otherwise.
fn language(tag: &str) -> &'static str {
    let tag = tag.to_ascii_lowercase();
    let mut subtags = tag.split(['-', '_']);
    if !matches!(subtags.next(), Some("zh" | "cmn" | "yue" | "")) {
        return "en";
    }
    let traditional = subtags.find_map(|s| match s {
        "hant" | "tw" | "hk" | "mo" => Some(true),
        "hans" => Some(false),
        _ => None,
    });
    if traditional == Some(true) { "zh-Hant" } else { "zh-Hans" }
}

fn parse(file: &'static str) -> Vec<(&'static str, &'static str)> {
    file.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(' ')).collect()
}

impl Messages {
    /// The text of a key; `""` for a key that no file holds.
    #[must_use]
    pub fn text(&self, key: &str) -> &'static str {
        let found = self.entries.binary_search_by(|(k, _)| (*k).cmp(key));
        found.ok().and_then(|i| self.entries.get(i)).map_or("", |(_, text)| text)
    }

    /// The text of `group.name`, or `name` itself where no file holds it: a new category stays visible untranslated.
    #[must_use]
    pub fn title(&self, group: &str, name: &str) -> String {
        let text = self.text(&format!("{group}.{name}"));
        if text.is_empty() { name.to_owned() } else { text.to_owned() }
    }

    /// The text of a key with each `{name}` replaced by its value, in one pass: a value is never searched for names.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.text(key);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, tail)) = after.split_once('}') else {
                rest = after;
                break;
            };
            if let Some((_, value)) = values.iter().find(|(n, _)| *n == name) {
                filled.push_str(value);
            }
            rest = tail;
        }
        filled.push_str(rest);
        filled
    }

    /// The parts with the text of a key between them; a separator of ASCII is followed by a space.
    #[must_use]
    pub fn join<S: AsRef<str>>(&self, key: &str, parts: &[S]) -> String {
        let separator = self.text(key);
        join(parts, &[separator, if separator.is_ascii() { " " } else { "" }])
    }

    /// An ISO 8601 day as people write it; anything else as it stands.
    #[must_use]
    pub fn date(&self, iso: &str) -> String {
        let mut parts = iso.splitn(3, '-');
        let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
            return iso.to_owned();
        };
        let (m, d) = (month.trim_start_matches('0'), day.trim_start_matches('0'));
        self.fill("date", &[("year", year), ("month", m), ("day", d), ("month2", month), ("day2", day)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> [(&'static str, &'static str); 3] {
        [
            ("zh-Hans", include_str!("../../data/ui/zh-Hans.txt")),
            ("zh-Hant", include_str!("../../data/ui/zh-Hant.txt")),
            ("en", include_str!("../../data/ui/en.txt")),
        ]
    }

    #[test]
    fn the_three_files_have_the_same_keys_and_placeholders_sorted_and_trimmed() {
        let names = |text: &str| {
            let mut n: Vec<_> = text
                .split('{')
                .skip(1)
                .filter_map(|s| s.split_once('}'))
                .map(|(n, _)| n.trim_end_matches('2').to_owned())
                .collect();
            n.sort_unstable();
            n
        };
        let first = messages("zh-Hans");
        for (lang, file) in files() {
            let m = messages(lang);
            assert_eq!(m.lang, lang);
            assert!(m.entries.len() > 80, "{lang} has {} messages", m.entries.len());
            assert!(m.entries.is_sorted_by(|a, b| a.0 < b.0), "{lang} is unsorted or has a key twice");
            let lines = file.lines().filter(|l| !l.starts_with('#')).count();
            assert_eq!(lines, m.entries.len(), "{lang}: a line without a text");
            for line in file.lines() {
                assert_eq!(line, line.trim(), "{lang}: stray white space");
            }
            for ((key, text), (k0, t0)) in m.entries.iter().zip(&first.entries) {
                assert_eq!(key, k0, "{lang} differs from zh-Hans");
                assert_eq!(names(text), names(t0), "{lang}: placeholders of {key}");
            }
            assert_eq!(m.entries.len(), first.entries.len());
        }
    }

    #[test]
    fn every_rule_worth_attention_has_a_title_and_a_sentence() {
        let groups = include_str!("../../data/zh/attention.txt").split("\n[attention.").skip(1);
        let rules: Vec<_> = groups.filter_map(|g| g.split(']').next()).collect();
        assert!(rules.len() > 70);
        for (rule, lang) in rules.iter().flat_map(|r| files().map(|(lang, _)| (r, lang))) {
            for group in ["rule", "attention"] {
                assert_ne!(messages(lang).text(&format!("{group}.{rule}")), "", "{lang}: {group}.{rule}");
            }
        }
    }

    #[test]
    fn language_tags() {
        for (tag, lang) in [
            ("zh", "zh-Hans"),
            ("zh-CN", "zh-Hans"),
            ("zh_TW", "zh-Hant"),
            ("ZH-hant", "zh-Hant"),
            ("zh-Hant-CN", "zh-Hant"),
            ("zh-Hans-HK", "zh-Hans"),
            ("en-GB", "en"),
            ("yue-HK", "zh-Hant"),
            ("fr", "en"),
            ("", "zh-Hans"),
        ] {
            assert_eq!(language(tag), lang, "{tag}");
        }
    }

    #[test]
    fn filling_replaces_names_once() {
        let m = messages("zh-Hans");
        assert_eq!(m.fill("tally.sensitive", &[("count", "3")]), "敏感 3");
        assert_eq!(m.fill("tally.sensitive", &[("count", "{count}")]), "敏感 {count}");
        assert_eq!(m.fill("meta.minutes", &[]), "全文约  分钟");
        assert_eq!(m.fill("no.such.key", &[("count", "3")]), "");
        assert_eq!(m.text("slot.who"), "谁在收集");
        assert_eq!(m.title("category", "biometric"), "生物识别");
        assert_eq!(m.title("category", "novel"), "novel");
    }

    #[test]
    fn joining() {
        assert_eq!(messages("zh-Hans").join("list.comma", &["a", "b"]), "a、b");
        assert_eq!(messages("en").join("list.comma", &["a", "b", "c"]), "a, b, c");
        assert_eq!(messages("en").join("list.comma", &[""; 0]), "");
    }

    #[test]
    fn dates_as_people_write_them() {
        assert_eq!(messages("zh-Hans").date("2025-03-01"), "2025年3月1日");
        assert_eq!(messages("en").date("2025-03-01"), "2025-03-01");
        assert_eq!(messages("en").date("2025"), "2025");
    }
}
