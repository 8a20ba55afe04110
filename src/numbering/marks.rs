//! A place in a line → the number that is printed there, whatever its kind.

use super::cursor::Cursor;
use super::{Kind, Mark, RING};
use crate::lexicon::{Group, group, terms};
use crate::text::{is_blank, is_ideograph, is_opening};

/// A number as it is read: the bytes up to its end, and what it says.
struct Number {
    kind: Kind,
    value: u32,
    end: usize,
}

impl Cursor<'_> {
    /// The number at the cursor.
    pub fn mark(self) -> Option<Mark> {
        let start = self.at;
        let mut at = self;
        let mut head = None;
        let found = match self.look() {
            '(' | '[' | '\u{3010}' => at.enclosed(),
            '0'..='9' => {
                head = { at }.digits();
                at.decimal()
            }
            '\u{7b2c}' => at.ordinal(),
            'a'..='z' => at
                .word()
                .or_else(|| {
                    at = self;
                    at.ring()
                })
                .or_else(|| {
                    at = self;
                    at.letter()
                }),
            // No symbol, and mostly no number.
            '\u{4e00}'..='\u{9fff}' => at.appendix().or_else(|| {
                at = self;
                at.ideographic()
            }),
            c => at
                .symbol(c)
                .or_else(|| {
                    at = self;
                    at.appendix()
                })
                .or_else(|| {
                    at = self;
                    at.ideographic()
                }),
        }?;
        let head = head.unwrap_or(found.value);
        // Tables of lines have 16 bits for each place.
        let mark = Mark { kind: found.kind, value: found.value, head, start, number: found.end, end: at.at };
        (at.at <= 0xffff).then_some(mark)
    }

    /// A number in one character, or a bullet.
    fn symbol(&mut self, c: char) -> Option<Number> {
        let code = c as u32;
        let (kind, value) = match c {
            '\u{2460}'..='\u{2473}' => (Kind::Circled, code - 0x2460 + 1),
            '\u{2474}'..='\u{249b}' => (Kind::Circled, (code - 0x2474) % 20 + 1),
            '\u{2776}'..='\u{277f}' => (Kind::Circled, code - 0x2776 + 1),
            '\u{3251}'..='\u{325f}' => (Kind::Circled, code - 0x3251 + 21),
            '\u{32b1}'..='\u{32bf}' => (Kind::Circled, code - 0x32b1 + 36),
            '\u{3220}'..='\u{3229}' => (Kind::HanEnclosed, code - 0x3220 + 1),
            '\u{2160}'..='\u{217f}' => (Kind::Roman, (code - 0x2160) % 16 + 1),
            '\u{25cf}'
            | '\u{2022}'
            | '\u{00b7}'
            | '\u{25c6}'
            | '\u{25a0}'
            | '\u{25cb}'
            | '\u{2605}'
            | '\u{25b6}'
            | '\u{27a2}'
            | '\u{30fb}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{25e6}'
            | '\u{2013}'
            | '\u{2014}'
            | '-'
            | '\u{d8}'
            | '\u{f8}'
            | '\u{25aa}'..='\u{25ab}'
            | '\u{25b8}'
            | '\u{25ba}'
            | '\u{25fc}'..='\u{25fe}'
            | '\u{2713}'..='\u{2714}'
            | '\u{27a4}'
            | '\u{2756}'
            | '\u{25c7}'
            | '\u{25a1}' => (Kind::Bullet, 0),
            _ => return None,
        };
        self.next();
        let end = self.at;
        let next = self.peek();
        if kind == Kind::Bullet {
            // A dash is a bullet only before white space: "——" and "-5" are text.
            let text = match c {
                '-' | '\u{2013}' | '\u{2014}' => !is_blank(next),
                '\u{00b7}' => !is_blank(next) && !is_ideograph(next),
                _ => false,
            };
            if text {
                return None;
            }
        } else {
            self.separator();
        }
        self.blanks();
        Some(Number { kind, value, end })
    }

    /// An ideographic number and what parts it from the text: without a separator it is a word.
    fn ideographic(&mut self) -> Option<Number> {
        let value = self.han()?;
        let mut end = self.at;
        let kind = if self.take(')') {
            end = self.at;
            self.separator();
            Kind::HanEnclosed
        } else if self.separator() || self.loose && (self.take(':') || self.take(',') || self.blanks()) {
            Kind::Han
        } else {
            return None;
        };
        self.blanks();
        Some(Number { kind, value, end })
    }

    /// A word for what is appended, with a number behind it or alone before a colon.
    fn appendix(&mut self) -> Option<Number> {
        let length = self.longest(group!("numbering.appendix"));
        if length == 0 {
            return None;
        }
        self.at += length;
        let mut end = self.at;
        self.blanks();
        let mut ahead = *self;
        let value = ahead.digits().or_else(|| ahead.han()).or_else(|| ahead.latin().map(|l| l.1).filter(|v| *v < 27));
        if value.is_some() {
            *self = ahead;
            end = self.at;
        }
        let (parted, spaced) = self.parted();
        let fits = parted || value.is_some() && (spaced || matches!(self.peek(), '\0' | '\u{300a}' | '\u{3010}'));
        fits.then_some(Number { kind: Kind::Appendix, value: value.unwrap_or(0), end })
    }

    /// "Section 2", "Article 3:", "Part I".
    fn word(&mut self) -> Option<Number> {
        let word = self.letters(12);
        let (_, kind) = *ORDINALS.iter().find(|(group, _)| terms(*group).contains(&word.as_str()))?;
        if !self.blanks() {
            return None;
        }
        let value = self.digits().or_else(|| self.latin().map(|l| l.1))?;
        let end = self.at;
        let (parted, spaced) = self.parted();
        let next = self.peek();
        // "Section 2 of this policy" goes on in small letters.
        (parted || next == '\0' || spaced && !next.is_ascii_lowercase()).then_some(Number { kind, value, end })
    }

    fn decimal(&mut self) -> Option<Number> {
        let start = self.at;
        let head = self.digits()?;
        let (mut value, mut groups) = (head, 1u8);
        loop {
            let mut ahead = *self;
            let Some(group) = ahead.take('.').then(|| ahead.digits()).flatten() else { break };
            value = group;
            groups = groups.saturating_add(1);
            *self = ahead;
        }
        let mut end = self.at;
        let spaced = self.blanks();
        let wide = self.at > end + 2;
        let mut kind = if groups > 1 { Kind::Multi(groups) } else { Kind::Decimal };
        let mut separated = false;
        if self.take(')') {
            end = self.at;
            kind = Kind::Close;
            separated = true;
        }
        separated |= self.separator();
        let next = self.peek();
        self.blanks();
        let follows = self.peek();
        // "2022 years", "3.5%", "100 m" and "192.168.0.1" are text; "1.1 Title" and "1.1Title" are marks.
        let quoted = is_opening(follows) && !matches!(follows, '(' | '[' | '{');
        let glued = groups > 1 && (is_ideograph(follows) || follows.is_ascii_uppercase() || quoted);
        let loose = self.loose
            && (groups > 1 || !self.is_unit())
            && (spaced && !follows.is_ascii_digit() || glued || { *self }.take(','));
        // A page sets numbers such as 01 in an element of their own.
        let padded = groups == 1 && end == start + 2 && head < 10 && is_ideograph(follows) && !self.is_unit();
        let fits = if padded {
            true
        } else if separated {
            groups > 1 || !next.is_ascii_digit()
        } else if loose {
            self.take(',');
            self.blanks();
            groups < 4 && self.peek() != '\0'
        } else {
            // Four groups and more are an address or a version, but before an ideograph; one needs wide white space.
            let deep = groups > 3 && (groups > 5 || head > 20 || !is_ideograph(follows));
            !deep && (groups > 1 && (spaced || glued) || wide && is_ideograph(follows)) && !self.is_unit()
        };
        let fits = fits && value < 1000 && head < 1000 && !matches!(follows, '\0' | '%' | '\u{ff05}' | '\u{2103}');
        fits.then_some(Number { kind, value, end })
    }

    /// Whether an amount's unit follows, not a heading.
    fn is_unit(&self) -> bool {
        self.longest(group!("numbering.unit")) > 0 && self.longest(group!("numbering.word")) == 0
    }

    fn ordinal(&mut self) -> Option<Number> {
        self.next();
        self.blanks();
        let value = self.digits().or_else(|| self.han())?;
        self.blanks();
        for (group, kind) in ORDINALS.iter().take(3) {
            let length = self.longest(*group);
            if length > 0 {
                self.at += length;
                let end = self.at;
                let (parted, spaced) = self.parted();
                // "Article 13 of the law requires" is a reference, not a heading, when text follows at once.
                let fits = parted || spaced || self.loose || matches!(self.peek(), '\0' | '\u{3010}');
                return fits.then_some(Number { kind: *kind, value, end });
            }
        }
        None
    }

    fn enclosed(&mut self) -> Option<Number> {
        let open = self.look();
        self.next();
        self.blanks();
        let (kind, value) = match self.look() {
            '0'..='9' => (Kind::Enclosed, self.digits()?),
            'a'..='z' => {
                let (roman, value) = self.latin()?;
                (if roman { Kind::Roman } else { Kind::AlphaClose }, value)
            }
            _ => (Kind::HanEnclosed, self.han()?),
        };
        self.blanks();
        let closed = match open {
            '(' => self.take(')'),
            '[' => self.take(']'),
            _ => kind != Kind::AlphaClose && self.take('\u{3011}'),
        };
        let end = self.at;
        self.separator();
        self.blanks();
        (closed && value < 200 && self.peek() != '\0').then_some(Number { kind, value, end })
    }

    /// A letter that a word processor's font shows as a sign, before white space and an ideograph: the ring of inner lists,
    /// or a capital twice, which are boxes to be ticked.
    fn ring(&mut self) -> Option<Number> {
        let letter = self.peek();
        self.next();
        let mut end = self.at;
        let mut is = self.blanks();
        if !RING.starts_with(letter) {
            is = is && letter.is_ascii_uppercase() && self.peek() == letter;
            self.next();
            end = self.at;
            is = is && self.blanks();
        }
        (is && is_ideograph(self.peek())).then_some(Number { kind: Kind::Bullet, value: 0, end })
    }

    fn letter(&mut self) -> Option<Number> {
        let (roman, value) = self.latin()?;
        let mut end = self.at;
        let mut kind = Kind::Alpha;
        if self.take(')') {
            end = self.at;
            kind = Kind::AlphaClose;
        } else if !self.take('.') && !self.take('\u{3001}') {
            return None;
        }
        // "e.g." and "a.com" are words: a letter's mark is followed by white space or an ideograph.
        let follows = self.peek();
        let parted = is_blank(follows) || is_ideograph(follows) || follows.is_ascii_uppercase();
        self.blanks();
        let kind = if roman { Kind::Roman } else { kind };
        (parted && self.peek() != '\0').then_some(Number { kind, value, end })
    }
}

/// The kinds of ordinals, each with the list of its units and, for Latin script, of its words.
const ORDINALS: [(Group, Kind); 4] = [
    (group!("numbering.part"), Kind::Part),
    (group!("numbering.chapter"), Kind::Chapter),
    (group!("numbering.article"), Kind::Article),
    (group!("numbering.appendix"), Kind::Appendix),
];
