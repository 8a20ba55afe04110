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

mod cursor;
mod marks;

use cursor::Cursor;

use crate::lexicon::{group, terms};
use crate::text::{hash, is_blank, is_ideograph, part, trim_end};

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
    /// A noun and an ordinal: the noun, hashed.
    Word(u8),
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
    /// A number of its own for each kind and each `of`, for look-ups.
    #[must_use]
    pub fn code(self, of: u32) -> u64 {
        let own = match self {
            Self::Multi(groups) => 100 + u64::from(groups),
            Self::Word(noun) => 1000 + u64::from(noun),
            Self::Appendix => 0,
            Self::Part => 1,
            Self::Chapter => 2,
            Self::Article => 3,
            Self::Han => 4,
            Self::HanEnclosed => 5,
            Self::Decimal => 6,
            Self::Enclosed => 7,
            Self::Close => 8,
            Self::Circled => 9,
            Self::Alpha => 10,
            Self::AlphaClose => 11,
            Self::Roman => 12,
            Self::Bullet => 13,
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
    parse(line).or_else(|| read(line, true))
}

/// Reads a noun of a few ideographs and the ordinal behind it (`场景一：`) or around it (`第一类：`), parted from a title. The
/// mark is all of that, the number in it empty: these words belong to the title.
#[must_use]
pub fn parse_word(line: &str) -> Option<Mark> {
    /// Ideographs of a noun before its ordinal; longer phrases are sentences.
    const NOUN: std::ops::RangeInclusive<usize> = 2..=6;
    let mut at = Cursor { line, at: 0, loose: false };
    let ordinal = |at: &mut Cursor<'_>| at.han().or_else(|| at.digits()).filter(|v| (1..100).contains(v));
    let word = |noun: &str, value: u32, mut ahead: Cursor<'_>, spaced: bool| {
        let parted = ahead.take(':') || ahead.separator();
        ahead.blanks();
        let kind = Kind::Word(hash(noun) as u8);
        let fits = (parted || spaced) && ahead.peek() != '\0';
        fits.then_some(Mark { kind, value, head: value, start: 0, number: 0, end: ahead.at })
    };
    let mut around = at;
    if around.take('\u{7b2c}')
        && let Some(value) = ordinal(&mut around)
        && let rest = part(line, around.at, line.len())
        && let Some(unit) = terms(group!("numbering.unit")).iter().find(|u| rest.starts_with(**u))
    {
        around.at += unit.len();
        return word(unit, value, around, false);
    }
    for length in 0..=*NOUN.end() {
        let mut ahead = at;
        if length >= *NOUN.start()
            && let Some(value) = ordinal(&mut ahead)
        {
            let spaced = ahead.blanks();
            return word(part(line, 0, at.at), value, ahead, spaced);
        }
        if !is_ideograph(at.peek()) {
            return None;
        }
        at.next();
    }
    None
}

/// The letter that a word processor prints as the bullet of inner lists.
const RING: &str = "o";

/// Whether `line` is a number and nothing else.
#[must_use]
pub fn is_bare(line: &str) -> bool {
    let line = trim_end(line, is_blank);
    if line.is_empty() || line.len() >= 24 {
        return false;
    }
    if line == RING {
        return true;
    }
    let mut titled = String::from(line);
    titled.push('\u{4e00}');
    [line, &titled]
        .iter()
        .any(|text| parse(text).is_some_and(|m| m.end == line.len() && (m.kind != Kind::Appendix || m.value > 0)))
}

#[inline(never)]
fn read(line: &str, loose: bool) -> Option<Mark> {
    let mut at = Cursor { line, at: 0, loose };
    at.take('\\');
    let plain = at.mark();
    if let Some(bullet) = plain.filter(|m| m.kind == Kind::Bullet)
        && let Some(number) = behind_bullets(Cursor { at: bullet.end, ..at })
    {
        return Some(number);
    }
    // A link that was not resolved, and the sign of a picture in it, are the like.
    let decorates = |c: char| is_decoration(c) || matches!(c, '[' | '_');
    if plain.is_some_and(|m| m.kind != Kind::Bullet) || !decorates(at.peek()) {
        return plain;
    }
    while decorates(at.peek()) || is_blank(at.peek()) {
        at.next();
    }
    at.mark().or(plain)
}

/// The number behind a bullet or two, that a converter made of a list's item.
fn behind_bullets(mut at: Cursor<'_>) -> Option<Mark> {
    for _ in 0..2 {
        let mark = at.mark()?;
        if mark.kind != Kind::Bullet {
            return Some(mark).filter(|m| m.kind < Kind::Close);
        }
        at.at = mark.end;
    }
    None
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

/// The number that `text` starts with, in digits or ideographs, and the bytes it takes.
#[must_use]
pub fn number(text: &str) -> Option<(u32, usize)> {
    let mut at = Cursor { line: text, at: 0, loose: false };
    let value = at.digits().or_else(|| at.han())?;
    Some((value, at.at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_with_an_ordinal() {
        for (line, value, rest) in [
            ("场景一：注册帐号", 1, "注册帐号"),
            ("业务功能十二 ：提现", 12, "提现"),
            ("使用场景3、支付", 3, "支付"),
            ("使用场景二 支付", 2, "支付"),
        ] {
            let mark = parse_word(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((mark.value, mark.number, &line[mark.end..]), (value, 0, rest), "{line}");
        }
        assert_eq!(parse_word("场景一：甲").map(|m| m.kind), parse_word("场景二：乙").map(|m| m.kind));
        assert_ne!(parse_word("场景一：甲").map(|m| m.kind), parse_word("功能一：甲").map(|m| m.kind));
        for line in [
            "我们将一并处理",
            "场一：太短",
            "非常长的业务场景一：注册",
            "场景一：",
            "场景：注册",
            "场景零：无",
            "scene 1: a",
        ] {
            assert_eq!(parse_word(line), None, "{line}");
        }
    }

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
            ("4.2.3.1 标题", Multi(4), 1, "4.2.3.1"),
            ("3     存储时间", Decimal, 3, "3"),
            ("03存储时间", Decimal, 3, "03"),
            ("1.2标题", Multi(2), 2, "1.2"),
            ("1.3Wi-Fi", Multi(2), 3, "1.3"),
            ("1.3“某”标题", Multi(2), 3, "1.3"),
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
            ("o 我们", Bullet, 0, "o"),
            ("R  R  我们", Bullet, 0, "R  R"),
            ("· · 四 、 我们", Han, 4, "四"),
            ("● 2. 我们", Decimal, 2, "2"),
            ("● 2020年我们", Bullet, 0, "●"),
            ("㈡安全", HanEnclosed, 2, "㈡"),
            ("三）安全", HanEnclosed, 3, "三）"),
            ("㉒安全", Circled, 22, "㉒"),
            ("【二、安全】", Han, 2, "二"),
            ("[ __ 第二条【安全】]", Article, 2, "第二条"),
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
            "05月10日",
            "10.5.3.2 版",
            "192.168.0.1 网关",
            "3   个月",
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
        for line in ["一、", "1.", "（三）", "①", "2)", "第一条", "●", "o", "附件一："] {
            assert!(is_bare(line), "{line}");
        }
        for line in ["一", "2022", "1.2版", "附件", "附件：", "一、总则", ""] {
            assert!(!is_bare(line), "{line}");
        }
    }
}
