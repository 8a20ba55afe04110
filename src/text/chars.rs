//! A text → its characters: of which kind they are, what it starts, ends and is parted by.
//!
//! What the readers ask again and again; each is compiled once, where the standard library's generic forms are compiled anew
//! for every pattern.

/// The bytes `[start, end)` of a text; `""` where that is no stretch of it.
#[inline(never)]
#[must_use]
pub fn part(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}

/// The first character; NUL where there is none.
#[inline(never)]
#[must_use]
pub fn first(text: &str) -> char {
    text.chars().next().unwrap_or('\0')
}

/// The last character; NUL where there is none.
#[inline(never)]
#[must_use]
pub fn last(text: &str) -> char {
    text.chars().next_back().unwrap_or('\0')
}

/// Characters in a text.
#[inline(never)]
#[must_use]
pub fn count(text: &str) -> usize {
    text.chars().count()
}

/// Characters of one kind in a text.
#[inline(never)]
#[must_use]
pub fn count_of(text: &str, kind: fn(char) -> bool) -> usize {
    let mut count = 0;
    for c in text.chars() {
        count += usize::from(kind(c));
    }
    count
}

/// Characters in a text that are no white space.
#[inline(never)]
#[must_use]
pub fn size(text: &str) -> usize {
    let mut count = 0;
    for c in text.chars() {
        count += usize::from(!is_blank(c));
    }
    count
}

/// The byte at which the first character of a kind stands.
#[inline(never)]
#[must_use]
pub fn find(text: &str, kind: fn(char) -> bool) -> Option<usize> {
    for (i, c) in text.char_indices() {
        if kind(c) {
            return Some(i);
        }
    }
    None
}

/// Whether a character of a kind stands in a text.
#[must_use]
pub fn has(text: &str, kind: fn(char) -> bool) -> bool {
    find(text, kind).is_some()
}

/// Whether a text starts with one of a list.
#[inline(never)]
#[must_use]
pub fn starts_any(text: &str, list: &[&str]) -> bool {
    list.iter().any(|t| text.starts_with(t))
}

/// Whether a text ends with one of a list.
#[inline(never)]
#[must_use]
pub fn ends_any(text: &str, list: &[&str]) -> bool {
    list.iter().any(|t| text.ends_with(t))
}

/// A text without the characters of a kind at its start.
#[inline(never)]
#[must_use]
pub fn trim_start(text: &str, kind: fn(char) -> bool) -> &str {
    text.trim_start_matches(kind)
}

/// A text without the characters of a kind at its end.
#[inline(never)]
#[must_use]
pub fn trim_end(text: &str, kind: fn(char) -> bool) -> &str {
    text.trim_end_matches(kind)
}

/// The parts with a separator between them, itself in parts. (The standard library's `join` is 900 bytes for each type.)
#[must_use]
pub fn join<S: AsRef<str>>(parts: &[S], separator: &[&str]) -> String {
    let mut joined = String::new();
    for (at, part) in parts.iter().enumerate() {
        for piece in separator.iter().filter(|_| at > 0) {
            joined.push_str(piece);
        }
        joined.push_str(part.as_ref());
    }
    joined
}

/// A text without the white space around it.
#[must_use]
pub fn trim(text: &str) -> &str {
    trim_start(trim_end(text, is_blank), is_blank)
}

/// Whether a letter, a digit or an ideograph stands in a text.
#[must_use]
pub fn is_worded(text: &str) -> bool {
    has(text, is_letter)
}

/// A digit in whatever width, circle or bracket, or a Roman numeral of one character.
#[must_use]
pub fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '\u{ff10}'..='\u{ff19}' | '\u{2160}'..='\u{217f}' | '\u{2460}'..='\u{249b}'
        | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{3229}')
}

/// A letter, a digit or an ideograph: all that Unicode calls alphabetic or numeric, and the marks and symbols of scripts
/// that no policy is written in. (Unicode's own tables are 2.6 kB of the page.)
#[inline(never)]
#[must_use]
pub fn is_letter(c: char) -> bool {
    match c {
        // Most of a text.
        '\u{4e00}'..='\u{9fff}' => true,
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        // Signs of Latin-1; punctuation, currencies; arrows to technical signs; boxes to dingbats; more signs and arrows.
        '\u{80}'..='\u{a9}'
        | '\u{ab}'..='\u{b1}'
        | '\u{b4}'
        | '\u{b6}'..='\u{b8}'
        | '\u{bb}'
        | '\u{bf}'
        | '\u{d7}'
        | '\u{f7}'
        | '\u{2000}'..='\u{206f}'
        | '\u{20a0}'..='\u{20ff}'
        | '\u{2116}'
        | '\u{2122}'
        | '\u{2190}'..='\u{245f}'
        | '\u{2500}'..='\u{2775}'
        | '\u{2794}'..='\u{2bff}'
        // Punctuation, radicals and marks of Chinese and Japanese.
        | '\u{2e30}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{302a}'..='\u{3030}'
        | '\u{303d}'..='\u{3040}'
        | '\u{30a0}'
        | '\u{30fb}'
        // Private use; forms of punctuation, full width; emoji and what else is no text.
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fe00}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}'
        | '\u{ffe0}'..='\u{ffff}'
        | '\u{1f200}'..='\u{1fbef}'
        | '\u{40000}'.. => false,
        _ => true,
    }
}

/// Whether a text is one of a list's words, which single spaces part.
#[inline(never)]
#[must_use]
pub fn is_word(list: &str, text: &str) -> bool {
    list.split(' ').any(|w| text == w)
}

/// Whether a text starts with one of a list's words.
#[inline(never)]
#[must_use]
pub fn starts_word(list: &str, text: &str) -> bool {
    list.split(' ').any(|w| text.starts_with(w))
}

/// Whether a text ends with one of a list's words.
#[inline(never)]
#[must_use]
pub fn ends_word(list: &str, text: &str) -> bool {
    list.split(' ').any(|w| text.ends_with(w))
}

/// The brackets and quotes of a text that are closed: where each pair opens and closes, by where it closes. A bracket is
/// closed by its nearest partner within a few levels; what was opened in between is taken for never closed.
#[must_use]
pub fn pairs(text: &str) -> Vec<(usize, usize)> {
    /// Levels that a closing bracket looks through.
    const LEVELS: usize = 6;
    let mut pairs = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (i, c) in text.char_indices() {
        if is_opening(c) {
            open.push((i, c as usize));
            continue;
        }
        let mut at = open.len();
        while let Some(below) = at.checked_sub(1).filter(|b| b + LEVELS >= open.len()) {
            at = below;
            if let Some((start, o)) = open.get(at).copied()
                && closes(o as u32, c)
            {
                pairs.push((start, i));
                open.truncate(at);
                break;
            }
        }
    }
    pairs
}

/// Whether a phrase tears no bracket and no quote: all are closed, and none is that was not opened.
#[must_use]
pub fn is_whole(text: &str) -> bool {
    let closing = |c| is_closing(c) && !is_terminal(c) && !is_comma(c) && c != '\u{3001}';
    let pairs = pairs(text).len();
    text.matches(is_opening).count() == pairs
        && text.matches(closing).count() == pairs
        && text.matches('"').count().is_multiple_of(2)
}

/// Whether `c` closes what `o` opened; pages mix widths.
fn closes(o: u32, c: char) -> bool {
    let width = |a: char, b: char| o == a as u32 || o == b as u32;
    match c {
        ')' | '\u{ff09}' => width('(', '\u{ff08}'),
        ']' | '\u{ff3d}' => width('[', '\u{ff3b}'),
        // The other closing brackets stand right behind the opening ones (Unicode, CJK Symbols and Punctuation).
        '\u{3009}' | '\u{300b}' | '\u{300d}' | '\u{300f}' | '\u{3011}' | '\u{201d}' | '\u{2019}' => o + 1 == c as u32,
        '}' => width('{', '{'),
        _ => false,
    }
}

/// A full-width or narrow colon.
#[must_use]
pub fn is_colon(c: char) -> bool {
    matches!(c, '\u{ff1a}' | ':')
}

/// A full-width or narrow comma.
#[must_use]
pub fn is_comma(c: char) -> bool {
    matches!(c, '\u{ff0c}' | ',')
}

/// A full-width or narrow semicolon.
#[must_use]
pub fn is_semicolon(c: char) -> bool {
    matches!(c, '\u{ff1b}' | ';')
}

/// White space in a policy: Unicode's, and the invisible joiners and marks that pages leave behind.
#[inline]
#[must_use]
pub fn is_blank(c: char) -> bool {
    // Most of a text: whatever is ASCII and shows, and ideographs.
    !matches!(c, '!'..='~' | '\u{3001}'..='\u{fefe}') && is_white(c)
}

#[inline(never)]
fn is_white(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Whether `c` is an ideograph: scripts written without spaces between words.
#[must_use]
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

/// Whether `c` ends a sentence, an item or a lead-in: 。 ． is not one, as it also separates numbers.
#[must_use]
pub fn is_terminal(c: char) -> bool {
    matches!(c, '\u{3002}' | '\u{ff1b}' | ';' | '\u{ff01}' | '!' | '\u{ff1f}' | '?' | '\u{ff1a}' | ':' | '\u{2026}')
}

/// How many sentences or items end in a text: 。 and ；, or a full stop between a word and white space.
#[must_use]
pub fn stops(text: &str) -> usize {
    let mut count = 0;
    let (mut before, mut stop) = (' ', false);
    for c in text.chars().chain([' ']) {
        count += usize::from(matches!(c, '\u{3002}' | '\u{ff1b}') || stop && is_blank(c));
        stop = c == '.' && before.is_ascii_lowercase();
        before = c;
    }
    count
}

/// Whether a line or a phrase cannot start with `c`: closing brackets and marks that follow a word.
#[must_use]
pub fn is_closing(c: char) -> bool {
    is_terminal(c)
        || matches!(
            c,
            '\u{ff0c}'
                | ','
                | '\u{3001}'
                | '\u{ff09}'
                | ')'
                | '\u{300b}'
                | '\u{3011}'
                | '\u{201d}'
                | '\u{2019}'
                | '\u{300d}'
                | '\u{300f}'
                | '\u{3009}'
                | ']'
                | '}'
                | '\u{ff3d}'
        )
}

/// Whether a line or a phrase cannot end with `c`: opening brackets.
#[must_use]
pub fn is_opening(c: char) -> bool {
    matches!(
        c,
        '\u{ff08}'
            | '('
            | '\u{300a}'
            | '\u{3010}'
            | '\u{201c}'
            | '\u{2018}'
            | '\u{300c}'
            | '\u{300e}'
            | '\u{3008}'
            | '['
            | '{'
            | '\u{ff3b}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_letters_and_digits_of_unicode_are_letters() {
        for c in ('\0'..=char::MAX).filter(|c| c.is_alphanumeric()) {
            assert!(is_letter(c), "{c:?} U+{:04X}", c as u32);
        }
        let signs = "，。、；：？！（）【】《》「」『』“”‘’…—·～￥％＆＊＃＠〇".trim_end_matches('〇');
        for c in signs
            .chars()
            .chain(" \t\u{3000}\u{a0}\u{200b}.,;:!?()[]|<>+-*/=©®™→●■□☆★✓\u{1f512}\u{fffd}\u{e000}⼀".chars())
        {
            assert!(!is_letter(c), "{c:?} U+{:04X}", c as u32);
        }
    }
}
