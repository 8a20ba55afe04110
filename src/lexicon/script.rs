//! A text → the language it is written in; Traditional Chinese → the same text in the characters and words of our lists,
//! place for place, and back.

use super::{group, set, setting};
use crate::text::{Ideographs, Text, is_ideograph};

/// Characters that are looked at to tell a language.
const ENOUGH: usize = 20_000;

/// The language of a text, BCP 47: by its script, and for Chinese by characters that only one of the two scripts uses.
#[must_use]
pub fn language(text: &Text) -> &'static str {
    let (mut ideographs, mut latin) = (0usize, 0usize);
    for c in text.as_str().chars().take(ENOUGH) {
        if is_ideograph(c) {
            ideographs += 1;
        } else {
            latin += usize::from(c.is_ascii_alphabetic());
        }
    }
    if ideographs * 8 < latin {
        "en"
    } else if is_traditional(text.as_str()) {
        "zh-Hant"
    } else {
        "zh-Hans"
    }
}

/// Whether more characters are those of Traditional Chinese alone than those of Simplified Chinese alone.
fn is_traditional(text: &str) -> bool {
    let [only_traditional, only_simplified] =
        ["traditional", "simplified"].map(|key| Ideographs::new(setting(group!("script"), key)));
    let (mut traditional, mut simplified) = (0usize, 0usize);
    for (seen, c) in text.chars().filter(|c| is_ideograph(*c)).take(ENOUGH).enumerate() {
        traditional += usize::from(only_traditional.has(c));
        simplified += usize::from(only_simplified.has(c));
        // What is left cannot turn it.
        if traditional.abs_diff(simplified) + seen > ENOUGH {
            break;
        }
    }
    traditional > simplified
}

/// A source in Traditional Chinese as our lists would have it written: each character, and each word that differs, gave
/// way to one of as many bytes, so that every place stays what it is. What is said of it goes back the same way.
#[derive(Clone, Debug)]
pub struct Simplified {
    /// The source so written.
    pub text: String,
    /// The source itself.
    source: String,
    /// For a character of `text`, the one that mostly stands there in the source; by character, where they differ.
    back: Vec<(char, char)>,
    /// Words of `text` and those that they stand for, both in Simplified characters; of several, what stands there most.
    words: Vec<(&'static str, &'static str)>,
}

impl Simplified {
    /// `None` for a source that is not in Traditional Chinese.
    #[must_use]
    pub fn of(source: &str) -> Option<Self> {
        if !is_traditional(source) {
            return None;
        }
        let (text, words) = rewrite(source);
        let back = back(source, &characters(source));
        Some(Self { text, source: source.to_owned(), back, words })
    }

    /// Words read from [`Self::text`], as the source has them: found again there or, put together by us, character by
    /// character.
    #[must_use]
    pub fn original(&self, words: &str) -> String {
        if let Some(found) = self.text.find(words).and_then(|at| self.source.get(at..at + words.len())) {
            return found.to_owned();
        }
        let mut text = words.to_owned();
        for (ours, theirs) in &self.words {
            if text.contains(ours) {
                text = text.replace(ours, theirs);
            }
        }
        text.chars().map(|c| self.one(c)).collect()
    }

    /// Words of the source as our lists would have them written.
    #[must_use]
    pub fn read(words: &str) -> String {
        rewrite(words).0
    }

    fn one(&self, c: char) -> char {
        let found = self.back.binary_search_by_key(&c, |b| b.0).ok().and_then(|i| self.back.get(i));
        found.map_or(c, |(_, original)| *original)
    }
}

/// The text in Simplified characters.
fn characters(text: &str) -> String {
    let pairs = pairs();
    let one = |c: char| {
        let found = pairs.binary_search_by_key(&c, |p| p.0).ok().and_then(|i| pairs.get(i));
        found.map_or(c, |(_, simplified)| *simplified)
    };
    text.chars().map(|c| if is_ideograph(c) { one(c) } else { c }).collect()
}

/// The text in Simplified characters and our words, and which words gave way.
fn rewrite(source: &str) -> (String, Vec<(&'static str, &'static str)>) {
    let mut text = characters(source);
    let mut given: Vec<(&str, &str, usize)> = Vec::new();
    for (theirs, ours) in words() {
        let count = text.matches(theirs).count();
        if count > 0 {
            text = text.replace(theirs, ours);
            match given.iter_mut().find(|g| g.0 == ours) {
                Some(known) if known.2 >= count => {}
                Some(known) => *known = (ours, theirs, count),
                None => given.push((ours, theirs, count)),
            }
        }
    }
    (text, given.into_iter().map(|(ours, theirs, _)| (ours, theirs)).collect())
}

/// Traditional and Simplified, by the first; those of one length in UTF-8.
fn pairs() -> Vec<(char, char)> {
    let mut characters = set!("script", "pairs").chars();
    let mut pairs = Vec::new();
    while let (Some(a), Some(b)) = (characters.next(), characters.next()) {
        pairs.push((a, b));
    }
    pairs.sort_unstable();
    pairs
}

/// Words of Taiwan and Hong Kong, and those of the lists.
fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = set!("script", "words").split(' ');
    all.filter_map(|pair| pair.split_once('=')).filter(|(theirs, ours)| theirs.len() == ours.len())
}

/// Which character of `source` mostly stands where `text`, the same in Simplified characters, has another.
fn back(source: &str, text: &str) -> Vec<(char, char)> {
    let ideographs = source.chars().zip(text.chars()).filter(|(a, _)| is_ideograph(*a));
    let mut all: Vec<(char, char)> = ideographs.map(|(a, b)| (b, a)).collect();
    all.sort_unstable();
    let mut most: Vec<(char, char, usize)> = Vec::new();
    for run in all.chunk_by(|a, b| a == b) {
        let Some(&(simplified, original)) = run.first() else { continue };
        match most.last_mut().filter(|last| last.0 == simplified) {
            Some(last) if last.2 >= run.len() => {}
            Some(last) => (last.1, last.2) = (original, run.len()),
            None => most.push((simplified, original, run.len())),
        }
    }
    most.into_iter().filter(|(a, b, _)| a != b).map(|(a, b, _)| (a, b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_text_is_read_place_for_place() {
        let source = "## 我們蒐集的資訊\n\n我們會蒐集您的裝置資訊、電子郵件，並傳送到伺服器 cookie。";
        let read = Simplified::of(source).expect("it is traditional");
        assert_eq!(read.text, "## 我们收集的信息\n\n我们会收集您的设备信息、电子邮件，并传送到服务器 cookie。");
        assert_eq!(read.text.len(), source.len());
        assert_eq!(read.original("设备信息、电子邮件"), "裝置資訊、電子郵件");
        // Not found as it stands: by word and character.
        assert_eq!(read.original("设备们"), "裝置們");
        assert!(Simplified::of("我们收集的信息 隱").is_none());
    }

    #[test]
    fn pairs_and_words_keep_their_places() {
        for (a, b) in pairs() {
            assert_eq!(a.len_utf8(), b.len_utf8(), "{a}{b}");
            assert!(is_ideograph(a) && is_ideograph(b) && a != b, "{a}{b}");
        }
        let all = set!("script", "words").split(' ').count();
        assert_eq!(words().count(), all, "a word of another length");
    }
}
