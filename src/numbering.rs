//! A line → the number printed before it: kind, value, and how far it reaches.
//!
//! ```text
//! part      第一部分 第二编          han     一、 十一．        paren   （一） (二）
//! chapter   第一章                   decimal 1. 1、 1． 12 、    multi   1.1 1.1.1、
//! article   第一条 第3节             close   1) 2）             enclosed（1） (1)
//! circled   ① ⑴ ⒈                    alpha   A. b、             alpha-close a) （a）
//! roman     Ⅰ. ii. (iv)              bullet  ● • - *
//! ```
//! Marks may be escaped for Markdown (`\1.`, `\00003.`) and mix widths (`（1)`).

use crate::lexicon::fold;
use crate::text::is_blank;

/// What a number looks like. The order is the usual order of nesting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Ordinal with the largest unit.
    Part,
    /// Ordinal with a chapter unit.
    Chapter,
    /// Ordinal with an article or section unit.
    Article,
    /// Ideographic number and a separator.
    Han,
    /// Ideographic number in brackets.
    HanEnclosed,
    /// Digits and a separator.
    Decimal,
    /// Digits with dots between: the number of digits groups.
    Multi(u8),
    /// Digits in brackets.
    Enclosed,
    /// Digits and a closing bracket.
    Close,
    /// Digits in circles and the like.
    Circled,
    /// A Latin letter and a separator.
    Alpha,
    /// A Latin letter with a closing bracket.
    AlphaClose,
    /// Roman numerals of Unicode, or `i.` to `xii.`
    Roman,
    /// No number, but the start of an item.
    Bullet,
}

/// A number at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it looks like.
    pub kind: Kind,
    /// Its last group: 2 in `1.2`.
    pub value: u32,
    /// For [`Kind::Multi`]: its first group.
    pub head: u32,
    /// Bytes before the number itself (an escape).
    pub start: usize,
    /// Bytes up to which the number reaches, brackets included, separator not.
    pub number: usize,
    /// Bytes up to which the mark reaches: separator and white space after it included.
    pub end: usize,
}

/// Reads the number that `line` starts with.
#[must_use]
pub fn parse(line: &str) -> Option<Mark> {
    let mut at = Cursor { line, at: 0 };
    if at.peek() == Some('\\') {
        at.next();
    }
    let start = at.at;
    let first = fold(at.peek()?);
    let mark = |at: &Cursor<'_>, kind, value, number| Mark { kind, value, head: value, start, number, end: at.at };
    match first {
        '(' | '[' | '\u{3010}' => enclosed(at, start),
        '0'..='9' => decimal(at, start),
        '\u{7b2c}' => ordinal(at, start),
        '\u{25cf}' | '\u{2022}' | '\u{00b7}' | '\u{25c6}' | '\u{25a0}' | '\u{25cb}' | '\u{2605}' | '\u{25b6}'
        | '\u{27a2}' | '\u{30fb}' | '\u{f06c}' | '\u{f0b7}' | '\u{25e6}' | '\u{2013}' | '\u{2014}' | '-' => {
            at.next();
            let number = at.at;
            // A dash is a bullet only before white space: "——" and "-5" are text.
            if matches!(first, '-' | '\u{2013}' | '\u{2014}' | '\u{00b7}') && !at.peek().is_some_and(is_blank) {
                return None;
            }
            at.blanks();
            Some(mark(&at, Kind::Bullet, 0, number))
        }
        '\u{2460}'..='\u{2473}' | '\u{2474}'..='\u{249b}' | '\u{2776}'..='\u{277f}' => {
            at.next();
            let value = match first {
                '\u{2460}'..='\u{2473}' => first as u32 - 0x2460 + 1,
                '\u{2776}'..='\u{277f}' => first as u32 - 0x2776 + 1,
                _ => (first as u32 - 0x2474) % 20 + 1,
            };
            let number = at.at;
            at.separator();
            at.blanks();
            Some(mark(&at, Kind::Circled, value, number))
        }
        '\u{2160}'..='\u{217f}' => {
            at.next();
            let number = at.at;
            at.separator();
            at.blanks();
            Some(mark(&at, Kind::Roman, (first as u32 - 0x2160) % 16 + 1, number))
        }
        'a'..='z' => letter(at, start),
        _ => {
            let value = at.han()?;
            let number = at.at;
            // Without a separator an ideographic number is a word.
            if !at.separator() {
                return None;
            }
            at.blanks();
            Some(mark(&at, Kind::Han, value, number))
        }
    }
}

fn decimal(mut at: Cursor<'_>, start: usize) -> Option<Mark> {
    let head = at.digits()?;
    let (mut value, mut groups, mut number) = (head, 1u8, at.at);
    loop {
        let mut ahead = at.clone();
        if !matches!(ahead.next().map(fold), Some('.')) {
            break;
        }
        let Some(group) = ahead.digits() else { break };
        value = group;
        groups = groups.saturating_add(1);
        number = ahead.at;
        at = ahead;
    }
    let glued = at.at;
    at.blanks();
    let spaced = at.at > glued;
    let (kind, separated) = match at.peek().map(fold) {
        Some(')') => {
            at.next();
            (Kind::Close, true)
        }
        _ => (if groups > 1 { Kind::Multi(groups) } else { Kind::Decimal }, at.separator()),
    };
    let next = at.peek();
    at.blanks();
    let follows = at.peek()?;
    // "2022 years", "3.5%", "100 m" and "192.168.0.1" are text; "1.1 Title" and "1.1Title" are marks.
    let fits = if separated {
        !(groups == 1 && next.is_some_and(|c| c.is_ascii_digit()))
    } else {
        groups > 1 && groups < 4 && (spaced || crate::text::is_ideograph(follows)) && !is_unit(follows)
    };
    (fits && value < 1000 && head < 1000 && !matches!(follows, '%' | '\u{ff05}' | '\u{2103}')).then_some(Mark {
        kind,
        value,
        head,
        start,
        number,
        end: at.at,
    })
}

/// Characters that follow an amount, not a heading's number.
fn is_unit(c: char) -> bool {
    crate::lexicon::terms("numbering.unit").iter().any(|t| t.starts_with(c))
}

fn ordinal(mut at: Cursor<'_>, start: usize) -> Option<Mark> {
    at.next();
    at.blanks();
    let value = at.digits().or_else(|| at.han())?;
    at.blanks();
    let rest = at.rest();
    let kinds =
        [("numbering.part", Kind::Part), ("numbering.chapter", Kind::Chapter), ("numbering.article", Kind::Article)];
    let (kind, unit) = kinds.iter().find_map(|(group, kind)| {
        crate::lexicon::terms(group).iter().find(|t| rest.starts_with(**t)).map(|t| (*kind, *t))
    })?;
    at.at += unit.len();
    let number = at.at;
    let separated = at.separator() || at.colon();
    let spaced = at.blanks();
    // "Article 13 of the law requires" is a reference, not a heading, when text follows at once.
    (separated || spaced || at.peek().is_none_or(|c| c == '\u{3010}')).then_some(Mark {
        kind,
        value,
        head: value,
        start,
        number,
        end: at.at,
    })
}

fn enclosed(mut at: Cursor<'_>, start: usize) -> Option<Mark> {
    let open = fold(at.next()?);
    at.blanks();
    let (kind, value) = match fold(at.peek()?) {
        '0'..='9' => (Kind::Enclosed, at.digits()?),
        'a'..='z' => {
            let (roman, value) = at.latin()?;
            (if roman { Kind::Roman } else { Kind::AlphaClose }, value)
        }
        _ => (Kind::HanEnclosed, at.han()?),
    };
    at.blanks();
    match (open, fold(at.next()?)) {
        ('(', ')') | ('[', ']') => {}
        ('\u{3010}', '\u{3011}') if kind != Kind::AlphaClose => {}
        _ => return None,
    }
    if value >= 200 {
        return None;
    }
    let number = at.at;
    at.separator();
    at.blanks();
    at.peek()?;
    Some(Mark { kind, value, head: value, start, number, end: at.at })
}

fn letter(mut at: Cursor<'_>, start: usize) -> Option<Mark> {
    let (roman, value) = at.latin()?;
    let number = at.at;
    let kind = match at.peek().map(fold)? {
        ')' => {
            at.next();
            if roman { Kind::Roman } else { Kind::AlphaClose }
        }
        '.' | '\u{3001}' => {
            at.next();
            if roman { Kind::Roman } else { Kind::Alpha }
        }
        _ => return None,
    };
    // "e.g." and "a.com" are words: a letter's mark is followed by white space or an ideograph.
    let follows = at.peek()?;
    if !is_blank(follows) && !crate::text::is_ideograph(follows) && !follows.is_ascii_uppercase() {
        return None;
    }
    at.blanks();
    at.peek()?;
    Some(Mark { kind, value, head: value, start, number, end: at.at })
}

/// The value of an ideographic digit, after Unihan's kPrimaryNumeric; 10 and 100 are multipliers.
fn numeral(c: char) -> Option<u32> {
    Some(match c {
        '\u{3007}' | '\u{96f6}' => 0,
        '\u{4e00}' | '\u{58f9}' => 1,
        '\u{4e8c}' | '\u{8d30}' => 2,
        '\u{4e09}' | '\u{53c1}' => 3,
        '\u{56db}' | '\u{8086}' => 4,
        '\u{4e94}' | '\u{4f0d}' => 5,
        '\u{516d}' | '\u{9646}' => 6,
        '\u{4e03}' | '\u{67d2}' => 7,
        '\u{516b}' | '\u{634c}' => 8,
        '\u{4e5d}' | '\u{7396}' => 9,
        '\u{5341}' | '\u{62fe}' => 10,
        '\u{767e}' => 100,
        _ => return None,
    })
}

/// The number that `text` starts with, in digits or ideographs, and the bytes it takes.
#[must_use]
pub fn number(text: &str) -> Option<(u32, usize)> {
    let mut at = Cursor { line: text, at: 0 };
    let value = at.digits().or_else(|| at.han())?;
    Some((value, at.at))
}

#[derive(Clone)]
struct Cursor<'a> {
    line: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        self.line.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn blanks(&mut self) -> bool {
        let from = self.at;
        while self.peek().is_some_and(is_blank) {
            self.next();
        }
        self.at > from
    }

    fn digits(&mut self) -> Option<u32> {
        let mut value = None;
        while let Some(d) = self.peek().and_then(|c| fold(c).to_digit(10)) {
            value = Some(value.unwrap_or(0u32).saturating_mul(10).saturating_add(d));
            self.next();
        }
        value
    }

    fn han(&mut self) -> Option<u32> {
        let (mut total, mut digit, mut seen) = (0u32, None, 0);
        while let Some(n) = self.peek().and_then(numeral) {
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

    /// One Latin letter, or a Roman numeral of two and more.
    fn latin(&mut self) -> Option<(bool, u32)> {
        const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
        let word: String = self.rest().chars().map(fold).take_while(char::is_ascii_lowercase).take(5).collect();
        if word.is_empty() || word.len() > 4 {
            return None;
        }
        let roman = ROMAN.iter().position(|r| *r == word);
        for _ in word.chars() {
            self.next();
        }
        match (roman, word.bytes().next()) {
            (Some(i), Some(b)) if word.len() > 1 || matches!(b, b'i' | b'v' | b'x') => Some((true, i as u32 + 1)),
            (_, Some(b)) if word.len() == 1 => Some((false, u32::from(b - b'a') + 1)),
            _ => None,
        }
    }

    fn separator(&mut self) -> bool {
        let mut ahead = self.clone();
        ahead.blanks();
        let is = matches!(ahead.next().map(fold), Some('\u{3001}' | '.' | '\u{ff61}' | '\u{ff64}'));
        if is {
            *self = ahead;
        }
        is
    }

    fn colon(&mut self) -> bool {
        let is = matches!(self.peek().map(fold), Some(':'));
        if is {
            self.next();
        }
        is
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_what_only_looks_like_one() {
        use Kind::*;
        let yes = [
            ("一、总则", Han, 1, "一"),
            ("十一、定义", Han, 11, "十一"),
            ("二十三、其他", Han, 23, "二十三"),
            ("（一）共享", HanEnclosed, 1, "（一）"),
            ("(三）保护", HanEnclosed, 3, "(三）"),
            ("1.保障", Decimal, 1, "1"),
            ("1．在获取", Decimal, 1, "1"),
            ("12 、 某", Decimal, 12, "12"),
            ("\\00003. 与", Decimal, 3, "00003"),
            ("1.1、功能", Multi(2), 1, "1.1"),
            ("4.2.3 标题", Multi(3), 3, "4.2.3"),
            ("1.2标题", Multi(2), 2, "1.2"),
            ("（1)商家", Enclosed, 1, "（1)"),
            ("5）我们", Close, 5, "5"),
            ("①设备", Circled, 1, "①"),
            ("A.实名", Alpha, 1, "A"),
            ("a) 您", AlphaClose, 1, "a"),
            ("ii. 您", Roman, 2, "ii"),
            ("第一部分 定义", Part, 1, "第一部分"),
            ("第十二条 其他", Article, 12, "第十二条"),
            ("第三章：权利", Chapter, 3, "第三章"),
            ("● 我们", Bullet, 0, "●"),
        ];
        for (line, kind, value, number) in yes {
            let m = parse(line).unwrap_or_else(|| panic!("{line} has a mark"));
            assert_eq!((m.kind, m.value, &line[m.start..m.number]), (kind, value, number), "{line}");
        }
        for line in [
            "一般情况下",
            "2022年3月",
            "3.5%的用户",
            "100米",
            "第三方服务",
            "第三条所述",
            "e.g. x",
            "a.com",
            "",
            "1.",
            "（含）",
            "24小时",
            "10.5.3.2 版",
        ] {
            assert_eq!(parse(line), None, "{line}");
        }
    }
}
