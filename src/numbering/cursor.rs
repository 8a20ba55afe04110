//! A place in a line → the numerals, letters, separators and words that stand there, whatever their width.

use crate::lexicon::{Group, fold, may_start, terms};
use crate::text::{first, is_blank, is_ideograph, part};

/// A place in a line; NUL stands for its end.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    pub line: &'a str,
    pub at: usize,
    /// Weak separators count.
    pub loose: bool,
}

impl Cursor<'_> {
    pub fn rest(&self) -> &str {
        part(self.line, self.at, self.line.len())
    }

    pub fn peek(&self) -> char {
        first(self.rest())
    }

    /// The next character as words are compared.
    #[inline(never)]
    pub fn look(&self) -> char {
        fold(self.peek())
    }

    pub fn next(&mut self) {
        if self.at < self.line.len() {
            self.at += self.peek().len_utf8();
        }
    }

    /// Reads over one character if it is next, in any width.
    #[inline(never)]
    pub fn take(&mut self, c: char) -> bool {
        let is = self.look() == c;
        if is {
            self.next();
        }
        is
    }

    #[inline(never)]
    pub fn blanks(&mut self) -> bool {
        let from = self.at;
        while is_blank(self.peek()) {
            self.next();
        }
        self.at > from
    }

    #[inline(never)]
    pub fn digits(&mut self) -> Option<u32> {
        let mut value = None;
        while let Some(d) = self.look().to_digit(10) {
            value = Some(value.unwrap_or(0u32).saturating_mul(10).saturating_add(d));
            self.next();
        }
        value
    }

    #[inline(never)]
    pub fn han(&mut self) -> Option<u32> {
        let (mut total, mut digit, mut seen) = (0u32, None, 0);
        while let Some(n) = numeral(self.peek()) {
            if seen == 5 {
                return None;
            }
            seen += 1;
            match n {
                10 | 100 => total += digit.take().unwrap_or(1) * n,
                _ => digit = Some(digit.map_or(n, |d: u32| d.saturating_mul(10).saturating_add(n))),
            }
            self.next();
        }
        (seen > 0).then(|| total + digit.unwrap_or(0))
    }

    /// Reads up to `most` Latin letters, in small letters.
    #[inline(never)]
    pub fn letters(&mut self, most: usize) -> String {
        let mut word = String::new();
        while word.len() < most && self.look().is_ascii_lowercase() {
            word.push(self.look());
            self.next();
        }
        word
    }

    /// One Latin letter, or a Roman numeral of two and more.
    #[inline(never)]
    pub fn latin(&mut self) -> Option<(bool, u32)> {
        const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
        let word = self.letters(5);
        let letter = word.bytes().next()?;
        match ROMAN.iter().position(|r| *r == word) {
            Some(i) => Some((true, i as u32 + 1)),
            None if word.len() == 1 => Some((false, u32::from(letter - b'a') + 1)),
            None => None,
        }
    }

    /// Reads over a separator with white space before it.
    #[inline(never)]
    pub fn separator(&mut self) -> bool {
        let mut ahead = *self;
        ahead.blanks();
        let is = matches!(ahead.look(), '\u{3001}' | '.' | '\u{ff61}' | '\u{ff64}');
        if is {
            ahead.next();
            *self = ahead;
        }
        is
    }

    /// Whether a separator or a colon follows, and whether white space does.
    #[inline(never)]
    pub fn parted(&mut self) -> (bool, bool) {
        let parted = self.separator() || self.take(':');
        (parted, self.blanks())
    }

    /// Bytes of the longest term of a list that follows; 0 where none does. Bold that was broken left blanks in words.
    #[inline(never)]
    pub fn longest(&self, group: Group) -> usize {
        if !may_start(group, self.peek()) {
            return 0;
        }
        terms(group).iter().filter_map(|term| self.spaced(term)).max().unwrap_or(0)
    }

    /// Bytes of a term that follows, blanks between its ideographs included.
    fn spaced(&self, term: &str) -> Option<usize> {
        let mut at = *self;
        for c in term.chars() {
            if at.at > self.at && is_ideograph(c) && at.peek() != c {
                at.blanks();
            }
            if at.peek() != c {
                return None;
            }
            at.next();
        }
        Some(at.at - self.at)
    }
}

/// The value of an ideographic digit, after Unihan's kPrimaryNumeric; 10 and 100 are multipliers.
fn numeral(c: char) -> Option<u32> {
    Some(match c {
        '\u{3007}' | '\u{96f6}' => 0,
        '\u{4e00}' | '\u{58f9}' => 1,
        '\u{4e8c}' | '\u{8d30}' | '\u{8cb3}' => 2,
        '\u{4e09}' | '\u{53c1}' | '\u{53c3}' => 3,
        '\u{56db}' | '\u{8086}' => 4,
        '\u{4e94}' | '\u{4f0d}' => 5,
        '\u{516d}' | '\u{9646}' | '\u{9678}' => 6,
        '\u{4e03}' | '\u{67d2}' => 7,
        '\u{516b}' | '\u{634c}' => 8,
        '\u{4e5d}' | '\u{7396}' => 9,
        '\u{5341}' | '\u{62fe}' => 10,
        '\u{767e}' => 100,
        _ => return None,
    })
}
