//! Dates with the words beside them → when the policy was published, changed, and came into force.
//!
//! A date is the policy's where nothing but particles stands between it and what happened ("last updated on …", "… in
//! force from then"), close to the beginning or the end of the policy's own document: a text may hold several.

use super::{Evidenced, Facts, Policy, head, tail};
use crate::blocks::Kind as BlockKind;
use crate::lexicon::{Group, Hit, Reading, fold, group, set};
use crate::numbering;
use crate::outline::Role;
use crate::text::{
    Ideographs, Span, count, first, is_blank, is_closing, is_colon, is_comma, is_opening, is_terminal, is_worded,
    trim_end, trim_start,
};
use std::borrow::Cow;

/// Lines behind a document's title in which its dates stand.
const HEAD: usize = 40;
/// Lines at its end in which they may stand too.
const FOOT: usize = 10;
/// Lines that a document has at least: a title may be printed twice.
const SHORTEST: usize = 8;
/// A longer line says more than when it was written.
const LONGEST: usize = 160;
/// Characters on either side of a date that are looked at.
const REACH: usize = 24;

/// What happened on a date.
const EVENTS: [Group; 3] = [group!("date.updated"), group!("date.effective"), group!("date.published")];

/// A line, and the clause that it is or that follows it.
struct Stated {
    span: Span,
    clause: usize,
    /// The text's title, or a heading that ends as titles of policies and agreements do.
    titles: Option<Titles>,
}

/// What a title names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Titles {
    Own,
    Policy,
    Other,
}

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    let lines = lines(policy);
    let (start, end) = document(&lines);
    // But for zero, which is no year by itself.
    let figures = Ideographs::new(set!("date.particle", "figures"));
    let mut found: [Option<Evidenced<String>>; 3] = [None, None, None];
    let mut bare = None;
    for (at, line) in lines.iter().enumerate().take(end).skip(start) {
        let near = at < start + HEAD || at + FOOT >= end;
        let own = policy.document.text.slice(line.span);
        // Most lines have no digit.
        let is_figure = |c: char| fold(c).is_ascii_digit() || figures.has(c);
        if !own.chars().any(is_figure) {
            continue;
        }
        let text = whole(policy, &lines, at);
        let text = text.as_ref();
        if count(text) > LONGEST {
            continue;
        }
        let dates = dates(text);
        let mut floor = 0;
        for date in &dates {
            let (events, reached) = events(text, floor, date);
            floor = reached;
            if !(near || states(text, date)) {
                continue;
            }
            for (slot, happened) in found.iter_mut().zip(events) {
                if happened && slot.is_none() {
                    *slot = Some(Evidenced::new(date.iso.clone(), line.clause));
                }
            }
        }
        // A date alone beside the title, or under the last line.
        if let [date] = dates.as_slice()
            && (at <= start + 2 || at + 2 >= end)
            && !is_worded(text.get(..date.start).unwrap_or(""))
            && !is_worded(text.get(date.end..).unwrap_or(""))
        {
            bare = bare.or(Some((date.iso.clone(), line.clause)));
        }
    }
    if found.iter().all(Option::is_none) {
        found[2] = bare.map(|(iso, clause)| Evidenced::new(iso, clause));
    }
    [facts.updated, facts.effective, facts.published] = found;
}

/// A line, with the next one where a line's end tore a date: a year stands at the end of the one, its unit at the start of
/// the other.
fn whole<'p>(policy: &Policy<'p>, lines: &[Stated], at: usize) -> Cow<'p, str> {
    let line = |at: usize| lines.get(at).map_or("", |line| policy.document.text.slice(line.span));
    let (text, next) = (line(at), trim_start(line(at + 1), is_blank));
    let bare = trim_end(text, is_blank);
    let year = tail(bare, 5).chars().rev().take_while(char::is_ascii_digit).count() == 4;
    let unit = set!("date.particle", "units").chars().next();
    if year && unit.is_some_and(|unit| next.starts_with(unit)) { format!("{bare}{next}").into() } else { text.into() }
}

/// Whether a line is a date and its label, and nothing else; or says of the policy itself what happened on that date.
fn states(text: &str, date: &Dated) -> bool {
    let (label, rest) = (text.get(..date.start).unwrap_or(""), text.get(date.end..).unwrap_or(""));
    let (events, start) = before(label);
    let own = Reading::only(label, [group!("card.since.own")]);
    let own = own.of(group!("card.since.own")).first().is_some_and(|hit| hit.start() == 0 && hit.end() == start);
    let (right, reached) = behind(rest);
    own && right.contains(&true) && !is_worded(rest.get(reached..).unwrap_or(""))
        || start == 0 && events.contains(&true) && !is_worded(rest)
}

/// All lines of the text but those of contents and tables.
fn lines(policy: &Policy<'_>) -> Vec<Stated> {
    let document = policy.document;
    let mut lines = Vec::new();
    let mut clause = 0;
    let last = policy.len().saturating_sub(1);
    for (at, (block, role)) in document.blocks.iter().zip(&policy.outline.roles).enumerate() {
        if policy.len() == 0 || matches!(block.kind, BlockKind::Row(..) | BlockKind::Head(_)) {
            while policy.clauses.get(clause).is_some_and(|c| c.block() <= at) {
                clause += 1;
            }
            continue;
        }
        match role {
            Role::Body(_) | Role::RunIn(_) => {
                while let Some(own) = policy.clauses.get(clause).filter(|c| c.block() <= at) {
                    lines.push(Stated { span: own.span, clause, titles: None });
                    clause += 1;
                }
            }
            Role::Title => {
                // A text may open with an agreement.
                let titles = titles(document.text.slice(block.span)).filter(|t| *t == Titles::Other);
                let titles = titles.or(Some(Titles::Own));
                lines.push(Stated { span: block.span, clause: clause.min(last), titles });
            }
            Role::Heading(section) => {
                let numbered = policy.outline.sections.get(*section as usize).is_none_or(|s| !s.number.is_empty());
                let titles = titles(document.text.slice(block.span)).filter(|_| !numbered);
                lines.push(Stated { span: block.span, clause: clause.min(last), titles });
            }
            Role::Noise => lines.push(Stated { span: block.span, clause: clause.min(last), titles: None }),
            Role::Contents => {}
        }
    }
    lines
}

/// Whether a heading ends as the title of a policy, or of another document, does.
fn titles(heading: &str) -> Option<Titles> {
    let bare = trim_end(heading, |c| is_blank(c) || is_closing(c));
    let reading = Reading::only(bare, [group!("title"), group!("title.other")]);
    let ends = |group| reading.of(group).iter().any(|hit| hit.end() == bare.len());
    if ends(group!("title")) {
        return Some(Titles::Policy);
    }
    ends(group!("title.other")).then_some(Titles::Other)
}

/// The lines of the policy's own document: the first that has its title, or all.
fn document(lines: &[Stated]) -> (usize, usize) {
    // What stands before all titles is the policy's, unless another document's title follows soon.
    let mut parts = vec![(0, Titles::Policy)];
    for (at, line) in lines.iter().enumerate() {
        let Some(titles) = line.titles else { continue };
        match parts.last_mut() {
            Some(last) if last.0 > 0 && at < last.0 + SHORTEST && titles == Titles::Other => {}
            Some(last) if at < last.0 + SHORTEST && last.1 != Titles::Own => last.1 = titles,
            Some(last) if at < last.0 + SHORTEST && titles != Titles::Own => {}
            _ => parts.push((at, titles)),
        }
    }
    let of = |titles| parts.iter().position(|part| part.1 == titles);
    let own = of(Titles::Own).or_else(|| of(Titles::Policy)).unwrap_or(0);
    let start = parts.get(own).map_or(0, |part| part.0);
    (start, parts.get(own + 1).map_or(lines.len(), |part| part.0))
}

/// What a text says to have happened on a date of its own: the words right before it, or right behind it, and where they end.
/// The text before `floor` is another date's.
fn events(text: &str, floor: usize, date: &Dated) -> ([bool; 3], usize) {
    let (left, _) = before(tail(text.get(floor..date.start).unwrap_or(""), REACH));
    let rest = head(text.get(date.end..).unwrap_or(""), REACH);
    let (right, reached) = behind(rest);
    let after = rest.get(reached..).unwrap_or("");
    // "Changed on … / in force since …".
    let next = trim_start(after, is_blank);
    let after = if matches!(first(next), '/' | '|') { '\0' } else { first(after) };
    // "… updated. Effective date: …" is the next one's.
    let joins = set!("date.particle.behind", "and").contains(after);
    let said = after == '\0' || is_closing(after) && !is_colon(after) || is_opening(after) || joins;
    if !said || rest.starts_with(is_blank) && left.contains(&true) {
        return (left, date.end);
    }
    let mut both = left;
    both.iter_mut().zip(right).for_each(|(event, happened)| *event |= happened);
    (both, date.end + reached)
}

/// The events that a text ends with, particles and brackets among them, and where they start.
fn before(text: &str) -> ([bool; 3], usize) {
    let [updated, effective, published] = EVENTS;
    let reading = Reading::only(text, [updated, effective, published, group!("date.particle")]);
    let mut found = [false; 3];
    let mut at = text.len();
    loop {
        at = trim_end(text.get(..at).unwrap_or(""), |c| !is_stop(c) && (is_mark(c) || is_colon(c))).len();
        let Some((event, hit)) = word(&reading, group!("date.particle"), |hit| hit.end() == at) else {
            return (found, at);
        };
        found.get_mut(event).into_iter().for_each(|event| *event = true);
        at = hit.start();
    }
}

/// The events that a text starts with, and where the last of them ends.
fn behind(text: &str) -> ([bool; 3], usize) {
    let [updated, effective, published] = EVENTS;
    let same = group!("date.same");
    let reading = Reading::only(text, [updated, effective, published, group!("date.particle.behind"), same]);
    let mut found = [false; 3];
    let (mut at, mut reached) = (0, 0);
    loop {
        let rest = text.get(at..).unwrap_or("");
        at = text.len() - trim_start(rest, |c| !is_stop(c) && !is_comma(c) && is_mark(c)).len();
        // "Published on …, in force from that day".
        let comma = text.get(at..).map_or("", |rest| trim_start(rest, is_comma));
        let same = reading.of(same).iter().find(|hit| hit.start() == text.len() - comma.len());
        at = same.map_or(at, Hit::end);
        let Some((event, hit)) = word(&reading, group!("date.particle.behind"), |hit| hit.start() == at) else {
            return (found, reached);
        };
        at = hit.end();
        if let Some(event) = found.get_mut(event) {
            (*event, reached) = (true, at);
        }
    }
}

/// The longest event or particle at a place: a "date of update" is more than a "date".
fn word(reading: &Reading<'_>, particles: Group, there: impl Fn(&Hit) -> bool) -> Option<(usize, Hit)> {
    let mut longest: Option<(usize, Hit)> = None;
    for (event, group) in EVENTS.into_iter().chain([particles]).enumerate() {
        for hit in reading.of(group).iter().filter(|hit| there(hit)) {
            if longest.is_none_or(|(_, l)| hit.end() - hit.start() > l.end() - l.start()) {
                longest = Some((event, *hit));
            }
        }
    }
    longest
}

/// What may stand between a date and its words.
fn is_mark(c: char) -> bool {
    is_blank(c) || is_opening(c) || is_closing(c) || matches!(c, '/' | '-' | '|')
}

/// The end of a sentence.
fn is_stop(c: char) -> bool {
    is_terminal(c) && !is_colon(c)
}

/// A date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Dated {
    /// `2022-03-15`, or `2022-03` where no day is told.
    iso: String,
    start: usize,
    end: usize,
}

/// Digits in a row, in whatever width, or ideographs of digits (a year's): value, how many, where they end.
fn digits(text: &str, at: usize) -> Option<(u32, usize, usize)> {
    let figures = set!("date.particle", "figures");
    let (mut value, mut count, mut end) = (0u32, 0, at);
    for c in text.get(at..)?.chars() {
        let digit = fold(c).to_digit(10).or_else(|| figures.chars().position(|f| f == c).map(|d| d as u32));
        let Some(digit) = digit.filter(|_| count < 5) else { break };
        value = value * 10 + digit;
        count += 1;
        end += c.len_utf8();
    }
    (count > 0).then_some((value, count, end))
}

/// Behind white space and brackets.
fn skip(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + rest.len() - trim_start(rest, |c| is_blank(c) || matches!(c, '\u{3010}' | '\u{3011}' | '[' | ']')).len()
}

/// The number of a month or a day close behind, and where it ends.
fn small(text: &str, at: usize, most: u32) -> Option<(u32, usize)> {
    let at = skip(text, at);
    let (value, length) = numbering::number(text.get(at..)?)?;
    ((1..=most).contains(&value) && length <= 9).then_some((value, at + length))
}

/// All dates of a text, in order.
fn dates(text: &str) -> Vec<Dated> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|t| t.chars().next()) {
        let Some((year, count, end)) = digits(text, at) else {
            at += c.len_utf8();
            continue;
        };
        let date = if count == 4 && (1990..2100).contains(&year) { numeric(text, at, year, end) } else { None };
        at = date.as_ref().map_or(end, |date| date.end);
        found.extend(date);
    }
    if text.chars().any(|c| c.is_ascii_digit()) && text.chars().any(|c| c.is_ascii_alphabetic()) {
        found.extend(english(text));
        found.sort_by_key(|date| date.start);
    }
    found
}

/// Year, month, and day where one is told: by their units, or by one and the same separator.
fn numeric(text: &str, start: usize, year: u32, end: usize) -> Option<Dated> {
    let marks = set!("date.particle", "units");
    let at = skip(text, end);
    let between = first(text.get(at..)?);
    let named = marks.starts_with(between);
    if !named && !matches!(fold(between), '.' | '/' | '-' | '\u{2014}' | '\u{2013}') {
        return None;
    }
    let (month, end) = small(text, at + between.len_utf8(), 12)?;
    let at = skip(text, end);
    let mark = text.get(at..).map_or('\0', first);
    let again = if named { marks.chars().nth(1) == Some(mark) } else { mark == between };
    let day = if again { small(text, at + mark.len_utf8(), 31) } else { None };
    let iso = match day {
        Some((day, _)) => format!("{year:04}-{month:02}-{day:02}"),
        // "2021.5" is a version, "2021-05" a month.
        None if named && again
            || !named
                && !again
                && text.get(..end).is_some_and(|t| tail(t, 2).chars().all(|c| fold(c).is_ascii_digit())) =>
        {
            format!("{year:04}-{month:02}")
        }
        None => return None,
    };
    let mut end = day.map_or(if again { at + mark.len_utf8() } else { end }, |day| day.1);
    let rest = text.get(skip(text, end)..).unwrap_or("");
    if day.is_some() && named && marks.chars().skip(2).any(|c| first(rest) == c) {
        end = skip(text, end) + first(rest).len_utf8();
    }
    Some(Dated { iso, start, end })
}

/// Dates with the name of a month: "5 May 2025", "May 5, 2025", "May 2025".
fn english(text: &str) -> Vec<Dated> {
    let mut found = Vec::new();
    // The last two words, by where they start.
    let words: Vec<(usize, &str)> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let names = set!("date.month", "names");
    // By three letters of its name, or more.
    let month = |word: &str| {
        let begins = |name: &str| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        names.split(' ').position(|name| word.len() >= 3 && begins(name))
    };
    let number = |at: usize, from: u32, to: u32| {
        let word = words.get(at)?.1.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        word.parse::<u32>().ok().filter(|n| (from..to).contains(n))
    };
    for (at, (start, word)) in words.iter().enumerate() {
        let Some(month) = month(word).map(|at| at + 1) else { continue };
        let before = at.checked_sub(1).and_then(|b| number(b, 1, 32));
        let dated = match (before, number(at + 1, 1990, 2100), number(at + 1, 1, 32), number(at + 2, 1990, 2100)) {
            (day, Some(year), ..) => Some((year, day, at + 1)),
            (_, None, Some(day), Some(year)) => Some((year, Some(day), at + 2)),
            _ => None,
        };
        let Some((year, day, last)) = dated else { continue };
        let iso = day.map_or_else(|| format!("{year:04}-{month:02}"), |day| format!("{year:04}-{month:02}-{day:02}"));
        let own = day.is_some() && last == at + 1;
        let start = words.get(at - usize::from(own)).map_or(*start, |w| w.0);
        let end = words.get(last).map_or(text.len(), |w| w.0 + w.1.len());
        found.push(Dated { iso, start, end });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_many_dresses() {
        for (text, want) in [
            ("2022年3月15日", Some("2022-03-15")),
            ("：【2021】年【11】月【1】日", Some("2021-11-01")),
            ("2021年11月12\n日", Some("2021-11-12")),
            ("2020.02.21 版", Some("2020-02-21")),
            ("２０２３－１－５", Some("2023-01-05")),
            ("V3.2 2024/12/31", Some("2024-12-31")),
            ("二〇二二年三月十五日", Some("2022-03-15")),
            ("2022年7月", Some("2022-07")),
            ("2021-03", Some("2021-03")),
            ("2021.5", None),
            ("2022年", None),
            ("2022年13月1日", None),
            ("第35273-2020号", None),
            ("12022年3月15日", None),
            ("5 May 2025", Some("2025-05-05")),
            ("May 15th, 2025", Some("2025-05-15")),
            ("Sept 2025", Some("2025-09")),
            ("September 2025", Some("2025-09")),
        ] {
            assert_eq!(dates(text).first().map(|d| d.iso.as_str()), want, "{text}");
        }
    }

    #[test]
    fn a_date_ends_with_its_unit() {
        let text = "于2022年3月15日起";
        assert_eq!(dates(text).first().map(|d| &text[d.start..d.end]), Some("2022年3月15日"));
    }
}
