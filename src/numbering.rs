//! A line → the number printed before it: kind, value, and how far it reaches.
//!
//! ```text
//! appendix  附件一： 附：            han     一、 十一．        paren   （一） (二） 一）
//! part      第一部分 第二编 Part 1   decimal 1. 1、 1． 12 、    multi   1.1 1.1.1、
//! chapter   第一章 Chapter 2         close   1) 2）             enclosed（1） (1)
//! article   第一条 第3节 Section 4   alpha   A. b、             alpha-close a) （a）
//! circled   ① ⑴ ⒈                    roman   Ⅰ. ii. (iv)        bullet  ● • - *
//! ```
//! Marks may be escaped for Markdown (`\1.`, `\00003.`), mix widths (`（1)`) and stand in decoration (`【一、`, `※1.`).

use crate::lexicon::fold;
use crate::text::is_blank;

/// What a number looks like. The order is the usual order of nesting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A word for what is appended, with a number or alone.
    Appendix,
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

impl Kind {
    const ALL: [Self; 14] = [
        Self::Appendix,
        Self::Part,
        Self::Chapter,
        Self::Article,
        Self::Han,
        Self::HanEnclosed,
        Self::Decimal,
        Self::Enclosed,
        Self::Close,
        Self::Circled,
        Self::Alpha,
        Self::AlphaClose,
        Self::Roman,
        Self::Bullet,
    ];

    /// A number of its own for each kind and each `of`, for look-ups.
    #[must_use]
    pub fn code(self, of: u32) -> u64 {
        let own = match self {
            Self::Multi(groups) => 100 + u64::from(groups),
            other => Self::ALL.iter().position(|k| *k == other).unwrap_or(99) as u64,
        };
        own << 32 | u64::from(of)
    }
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
    read(line, false)
}

/// The same, where white space, a comma, a colon or nothing may part the number from what follows: `4 Title`, `第三条Title`.
/// Only what stands around can tell whether that is a number at all.
#[must_use]
pub fn parse_loose(line: &str) -> Option<Mark> {
    read(line, false).or_else(|| read(line, true))
}

/// Whether `line` is a number and nothing else.
#[must_use]
pub fn is_bare(line: &str) -> bool {
    let line = line.trim_end_matches(is_blank);
    !line.is_empty() && line.len() < 24 && (ends(line, line.len()) || ends(&format!("{line}\u{4e00}"), line.len()))
}

fn ends(line: &str, length: usize) -> bool {
    parse(line).is_some_and(|m| m.end == length && (m.kind != Kind::Appendix || m.value > 0))
}

fn read(line: &str, loose: bool) -> Option<Mark> {
    let mut at = Cursor { line, at: 0, loose };
    if at.peek() == Some('\\') {
        at.next();
    }
    let plain = at.clone().mark();
    if plain.is_some_and(|m| m.kind != Kind::Bullet) || !at.peek().is_some_and(is_decoration) {
        return plain;
    }
    while at.peek().is_some_and(|c| is_decoration(c) || is_blank(c)) {
        at.next();
    }
    at.mark().or(plain)
}

/// Brackets and stars that decorate headings.
#[must_use]
pub fn is_decoration(c: char) -> bool {
    matches!(
        c,
        '\u{3010}'
            | '\u{3011}'
            | '\u{203b}'
            | '*'
            | '#'
            | '\u{2605}'
            | '\u{2606}'
            | '\u{25a0}'
            | '\u{25a1}'
            | '\u{25c6}'
            | '\u{25c7}'
            | '\u{3016}'
            | '\u{3017}'
    )
}

impl Cursor<'_> {
    /// The number at the cursor.
    fn mark(mut self) -> Option<Mark> {
        let start = self.at;
        let first = fold(self.peek()?);
        let mark = |at: &Self, kind, value, number| Some(Mark { kind, value, head: value, start, number, end: at.at });
        match first {
            '(' | '[' | '\u{3010}' => enclosed(self, start),
            '0'..='9' => decimal(self, start),
            '\u{7b2c}' => ordinal(self, start),
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
            | '\u{25a1}' => {
                self.next();
                let number = self.at;
                // A dash is a bullet only before white space: "——" and "-5" are text.
                let next = self.peek();
                let dash = matches!(first, '-' | '\u{2013}' | '\u{2014}') && !next.is_some_and(is_blank);
                if dash || first == '\u{00b7}' && !next.is_some_and(|c| is_blank(c) || crate::text::is_ideograph(c)) {
                    return None;
                }
                self.blanks();
                mark(&self, Kind::Bullet, 0, number)
            }
            '\u{2460}'..='\u{249b}' | '\u{2776}'..='\u{277f}' | '\u{3251}'..='\u{325f}' | '\u{32b1}'..='\u{32bf}' => {
                self.next();
                let number = self.at;
                self.separator();
                self.blanks();
                mark(&self, Kind::Circled, circled(first), number)
            }
            '\u{3220}'..='\u{3229}' => {
                self.next();
                let number = self.at;
                self.separator();
                self.blanks();
                mark(&self, Kind::HanEnclosed, first as u32 - 0x3220 + 1, number)
            }
            '\u{2160}'..='\u{217f}' => {
                self.next();
                let number = self.at;
                self.separator();
                self.blanks();
                mark(&self, Kind::Roman, (first as u32 - 0x2160) % 16 + 1, number)
            }
            'a'..='z' => word(&self, start).or_else(|| letter(self, start)),
            _ => {
                if let Some(mark) = appendix(&self, start) {
                    return Some(mark);
                }
                let value = self.han()?;
                let mut number = self.at;
                let kind = match self.peek().map(fold) {
                    Some(')') => {
                        self.next();
                        number = self.at;
                        self.separator();
                        Kind::HanEnclosed
                    }
                    // Without a separator an ideographic number is a word.
                    _ if self.separator() => Kind::Han,
                    _ if self.loose && (self.colon() || self.comma() || self.blanks()) => Kind::Han,
                    _ => return None,
                };
                self.blanks();
                mark(&self, kind, value, number)
            }
        }
    }
}

/// The value of a number in a circle, in brackets or with a full stop in one character.
fn circled(c: char) -> u32 {
    let code = c as u32;
    match code {
        0x2460..=0x2473 => code - 0x2460 + 1,
        0x2474..=0x249b => (code - 0x2474) % 20 + 1,
        0x2776..=0x277f => code - 0x2776 + 1,
        0x3251..=0x325f => code - 0x3251 + 21,
        _ => code - 0x32b1 + 36,
    }
}

/// A word for what is appended, with a number behind it or alone before a colon.
fn appendix(at: &Cursor<'_>, start: usize) -> Option<Mark> {
    let rest = at.rest();
    let word =
        crate::lexicon::terms("numbering.appendix").iter().filter(|t| rest.starts_with(**t)).max_by_key(|t| t.len())?;
    let mut at = at.clone();
    at.at += word.len();
    let mut number = at.at;
    at.blanks();
    let mut ahead = at.clone();
    let value =
        ahead.digits().or_else(|| ahead.han()).or_else(|| ahead.latin().filter(|(_, v)| *v < 27).map(|(_, v)| v));
    if value.is_some() {
        at = ahead;
        number = at.at;
    }
    let parted = at.separator() || at.colon();
    let spaced = at.blanks();
    let fits = parted || value.is_some() && (spaced || at.peek().is_none_or(|c| c == '\u{300a}' || c == '\u{3010}'));
    fits.then_some(Mark {
        kind: Kind::Appendix,
        value: value.unwrap_or(0),
        head: value.unwrap_or(0),
        start,
        number,
        end: at.at,
    })
}

/// The kinds of ordinals, each with the list of its units and, for Latin script, of its words.
const ORDINALS: [(&str, Kind); 3] =
    [("numbering.part", Kind::Part), ("numbering.chapter", Kind::Chapter), ("numbering.article", Kind::Article)];

/// "Section 2", "Article 3:", "Part I".
fn word(at: &Cursor<'_>, start: usize) -> Option<Mark> {
    let rest = at.rest();
    let word: String = rest.chars().map(fold).take_while(char::is_ascii_lowercase).take(12).collect();
    let (_, kind) = *ORDINALS
        .iter()
        .chain(&[("numbering.appendix", Kind::Appendix)])
        .find(|(group, _)| crate::lexicon::terms(group).contains(&word.as_str()))?;
    let mut at = at.clone();
    for _ in word.chars() {
        at.next();
    }
    if !at.blanks() {
        return None;
    }
    let value = at.digits().or_else(|| at.latin().map(|(_, v)| v))?;
    let number = at.at;
    let parted = at.separator() || at.colon();
    let spaced = at.blanks();
    // "Section 2 of this policy" goes on in small letters.
    let titled = at.peek().is_none_or(|c| !c.is_ascii_lowercase());
    (parted || spaced && titled || at.peek().is_none()).then_some(Mark {
        kind,
        value,
        head: value,
        start,
        number,
        end: at.at,
    })
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
            number = at.at;
            at.separator();
            (Kind::Close, true)
        }
        _ => (if groups > 1 { Kind::Multi(groups) } else { Kind::Decimal }, at.separator()),
    };
    let next = at.peek();
    at.blanks();
    let follows = at.peek()?;
    // "2022 years", "3.5%", "100 m" and "192.168.0.1" are text; "1.1 Title" and "1.1Title" are marks.
    let glued = groups > 1 && crate::text::is_ideograph(follows);
    let loose = at.loose
        && (groups > 1 || !is_unit(at.rest()))
        && (spaced && !follows.is_ascii_digit() || glued || at.clone().comma());
    if loose && !separated {
        at.comma();
        at.blanks();
    }
    let fits = if separated {
        !(groups == 1 && next.is_some_and(|c| c.is_ascii_digit()))
    } else if loose {
        groups < 4 && at.peek().is_some()
    } else {
        groups > 1 && groups < 4 && (spaced || crate::text::is_ideograph(follows)) && !is_unit(at.rest())
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
fn is_unit(rest: &str) -> bool {
    let starts = |group| crate::lexicon::terms(group).iter().any(|t| rest.starts_with(t));
    starts("numbering.unit") && !starts("numbering.word")
}

fn ordinal(mut at: Cursor<'_>, start: usize) -> Option<Mark> {
    at.next();
    at.blanks();
    let value = at.digits().or_else(|| at.han())?;
    at.blanks();
    let rest = at.rest();
    let (kind, unit) = ORDINALS.iter().find_map(|(group, kind)| {
        crate::lexicon::terms(group).iter().find(|t| rest.starts_with(**t)).map(|t| (*kind, *t))
    })?;
    at.at += unit.len();
    let number = at.at;
    let separated = at.separator() || at.colon();
    let spaced = at.blanks();
    // "Article 13 of the law requires" is a reference, not a heading, when text follows at once.
    (separated || spaced || at.loose || at.peek().is_none_or(|c| c == '\u{3010}')).then_some(Mark {
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
    let mut number = at.at;
    let kind = match at.peek().map(fold)? {
        ')' => {
            at.next();
            number = at.at;
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

/// The number that `text` starts with, in digits or ideographs, and the bytes it takes.
#[must_use]
pub fn number(text: &str) -> Option<(u32, usize)> {
    let mut at = Cursor { line: text, at: 0, loose: false };
    let value = at.digits().or_else(|| at.han())?;
    Some((value, at.at))
}

#[derive(Clone)]
struct Cursor<'a> {
    line: &'a str,
    at: usize,
    /// Weak separators count.
    loose: bool,
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

    fn comma(&mut self) -> bool {
        let is = matches!(self.peek().map(fold), Some(','));
        if is {
            self.next();
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
            ("5）我们", Close, 5, "5）"),
            ("①设备", Circled, 1, "①"),
            ("A.实名", Alpha, 1, "A"),
            ("a) 您", AlphaClose, 1, "a)"),
            ("ii. 您", Roman, 2, "ii"),
            ("第一部分 定义", Part, 1, "第一部分"),
            ("第十二条 其他", Article, 12, "第十二条"),
            ("第三章：权利", Chapter, 3, "第三章"),
            ("● 我们", Bullet, 0, "●"),
            ("㈡安全", HanEnclosed, 2, "㈡"),
            ("三）安全", HanEnclosed, 3, "三）"),
            ("㉒安全", Circled, 22, "㉒"),
            ("【二、安全】", Han, 2, "二"),
            ("※3. 安全", Decimal, 3, "3"),
            ("附件一：权限", Appendix, 1, "附件一"),
            ("附录2 名单", Appendix, 2, "附录2"),
            ("附：名单", Appendix, 0, "附"),
            ("Appendix B: Partners", Appendix, 2, "Appendix B"),
            ("Section 2 Sharing", Article, 2, "Section 2"),
            ("ARTICLE III. Rights", Article, 3, "ARTICLE III"),
            ("Part 1: General", Part, 1, "Part 1"),
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
            "4 注销",
            "附近的人",
            "附件中列明",
            "Section 2 of this policy",
            "Party A",
        ] {
            assert_eq!(parse(line), None, "{line}");
        }
    }
    #[test]
    fn loose_marks_need_company() {
        for (line, kind, value, number) in [
            ("4 注销", Kind::Decimal, 4, "4"),
            ("三  联系", Kind::Han, 3, "三"),
            ("第三条总则", Kind::Article, 3, "第三条"),
            ("2，共享", Kind::Decimal, 2, "2"),
        ] {
            assert_eq!(parse(line), None, "{line}");
            let m = parse_loose(line).unwrap_or_else(|| panic!("{line} has a loose mark"));
            assert_eq!((m.kind, m.value, &line[m.start..m.number]), (kind, value, number), "{line}");
        }
        for line in ["2022年3月", "24小时", "100 米", "一般情况", "3.5%的用户"] {
            assert_eq!(parse_loose(line), None, "{line}");
        }
    }

    #[test]
    fn a_number_alone_waits_for_its_title() {
        for line in ["一、", "1.", "（三）", "①", "2)", "第一条", "●", "附件一："] {
            assert!(is_bare(line), "{line}");
        }
        for line in ["一", "2022", "1.2版", "附件", "附件：", "一、总则", ""] {
            assert!(!is_bare(line), "{line}");
        }
    }
}
