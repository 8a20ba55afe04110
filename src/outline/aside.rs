//! Lines → what is no part of the policy's text: its title, printed contents, page chrome.

use super::{Line, Role, key};
use crate::blocks::{Document, Kind, Shape};
use crate::lexicon::{self, group, terms};
use crate::numbering::Kind as Number;
use crate::text::{Index, Numbers, hash, is_blank, is_terminal};
use std::ops::Range;

/// A first role for every block: `Body(0)` where nothing speaks against it.
pub(super) fn find(document: &Document, lines: &[Line<'_>]) -> Vec<Role> {
    let mut roles: Vec<Role> =
        lines.iter().map(|l| if l.kind == Kind::Noise { Role::Noise } else { Role::Body(0) }).collect();
    let page = matches!(document.shape, Shape::OneLine | Shape::Html);
    title(lines, &mut roles, page);
    contents(lines, &mut roles);
    footer(document, lines, &mut roles);
    roles
}

/// The last line before the first sentence that reads like a policy's title; what stands before it on a page is chrome.
fn title(lines: &[Line<'_>], roles: &mut [Role], page: bool) {
    let prose = |line: &Line<'_>| line.length > 45 && line.text.contains('\u{3002}') || line.is_table();
    let mut found = None;
    for (i, line) in lines.iter().enumerate().take(400) {
        if roles.get(i) == Some(&Role::Noise) {
            continue;
        }
        if prose(line) || line.mark.is_some_and(|m| m.kind != Number::Bullet) && found.is_some() {
            break;
        }
        if line.mark.is_none() && is_policy_title(line) {
            found = Some(i);
        }
    }
    // An explicit first heading without such words is a title, too.
    let first = lines.iter().zip(roles.iter()).position(|(_, r)| *r != Role::Noise);
    let found = found.or_else(|| {
        first
            .filter(|i| lines.get(*i).is_some_and(|l| l.kind == Kind::Heading(1) && l.mark.is_none() && l.length <= 40))
    });
    let Some(found) = found else { return };
    let name = lines.get(found).map(|l| key(l.text)).unwrap_or_default();
    for (role, line) in roles.iter_mut().zip(lines).take(found) {
        if page && !prose(line) || key(line.text) == name {
            *role = Role::Noise;
        }
    }
    if let Some(role) = roles.get_mut(found) {
        *role = Role::Title;
    }
}

/// Whether a line reads like the title of a policy: a short phrase that ends in a word for one, but for an addition in
/// brackets.
pub(super) fn is_policy_title(line: &Line<'_>) -> bool {
    if line.length > 40 || line.text.contains(['\u{3002}', '\u{ff0c}']) {
        return false;
    }
    let text = line.text.trim_end_matches(is_blank);
    let added =
        text.strip_suffix(['\u{ff09}', ')']).and_then(|t| t.rfind(['\u{ff08}', '('])).and_then(|i| text.get(..i));
    let names = |text: &str| {
        let key = key(text);
        terms("title").iter().any(|t| key.ends_with(t))
    };
    names(text) || added.is_some_and(names)
}

/// The tail of a page behind the policy's last sentence: the suffix whose lines speak most for chrome. Every line has a
/// weight, for or against; the suffix with the greatest sum is taken if enough words of chrome stand in it.
fn footer(document: &Document, lines: &[Line<'_>], roles: &mut [Role]) {
    let chrome = group("chrome");
    let mut links = document.links.iter().rev().map(|l| l.span).peekable();
    let (mut sum, mut words) = (0i64, 0usize);
    let mut best: Option<(i64, usize, usize)> = None;
    for (i, line) in lines.iter().enumerate().rev() {
        let mut linked = 0;
        while let Some(link) = links.next_if(|l| l.end > line.span.start) {
            linked += link.meet(line.span).map_or(0, |s| s.end - s.start);
        }
        let hits = match roles.get(i) {
            // Printed contents may stand among chrome.
            Some(Role::Contents) => continue,
            Some(Role::Noise) => 1,
            // A numbered heading is none, though it may read "Contact us".
            _ if line.mark.is_some_and(|m| m.kind <= Number::Decimal) => 0,
            _ if document.shape == Shape::Html && linked * 10 > line.text.len() * 9 => 1,
            // No line of a page's foot is as long as a page.
            _ if line.length > 2000 => 0,
            _ => lexicon::scan(line.text).iter().filter(|h| h.group == chrome).count(),
        };
        words += hits;
        sum += weight(line, hits);
        if sum < -60 {
            break;
        }
        if hits > 0 && best.is_none_or(|(b, ..)| sum > b) {
            best = Some((sum, i, words));
        }
    }
    if let Some((sum, from, words)) = best
        && sum >= 12
        && words >= if document.shape == Shape::Html { 2 } else { 3 }
        && from > 0
    {
        // In a page that was scraped into one line the contents of a side column are part of what stands around them.
        let keeps = |r: &Role| *r == Role::Contents && document.shape != Shape::OneLine;
        for role in roles.iter_mut().skip(from).filter(|r| !keeps(r)) {
            *role = Role::Noise;
        }
    }
}

fn weight(line: &Line<'_>, hits: usize) -> i64 {
    let sentence = line.text.ends_with(['\u{3002}', '\u{ff1b}']) || line.text.contains('\u{3002}');
    let length = line.length as i64;
    match (hits, sentence) {
        (0, _) if line.mark.is_some_and(|m| m.kind < Number::Decimal) => -20,
        (0, true) if length <= 20 => -5,
        (0, true) => -length.max(20),
        (0, false) if line.is_table() => -20,
        (0, false) if length <= 30 => 1,
        (0, false) => -length / 4,
        (n, true) if length > 60 => 4 * n as i64 - length,
        (n, _) => 6 * n as i64,
    }
}

/// Runs of short lines that name what is printed elsewhere: three or more siblings of one kind of number without text
/// between them (or under a line such as "Contents"), most of which return as lines of their own.
fn contents(lines: &[Line<'_>], roles: &mut [Role]) {
    // Only short lines are compared: the rest of the text need not be kept twice.
    let compared = |l: &Line<'_>| if l.length <= 60 { key(without_page(l.body())) } else { String::new() };
    let keys: Vec<String> = lines.iter().map(compared).collect();
    let short =
        |i: usize, line: &Line<'_>| matches!(roles.get(i), Some(Role::Body(0) | Role::Noise)) && line.length <= 60;
    let short: Vec<Option<&Line<'_>>> =
        lines.iter().enumerate().map(|(i, l)| Some(l).filter(|l| short(i, l))).collect();
    // Lines that are none of these share a key that no line has.
    let places = Index::new(short.iter().zip(&keys).map(|(l, k)| if l.is_some() { hash(k) } else { 0 }));
    let numbers = Index::new(short.iter().map(|l| l.and_then(|l| l.mark).map_or(u64::MAX, |m| m.kind.code(m.value))));
    let words = terms("contents");
    let word = |i: usize| keys.get(i).is_some_and(|k| words.iter().any(|w| k == w));
    // A line that only names what follows belongs to it; a sentence that leads to it does not.
    let names = |i: usize| {
        let short = lines.get(i).is_some_and(|l| l.mark.is_none() && l.length <= 30 && !l.text.ends_with(is_terminal));
        word(i) || short && keys.get(i).is_some_and(|k| words.iter().any(|w| k.ends_with(w)))
    };
    let leads = |i: usize| {
        let sentence = lines.get(i).is_some_and(|l| l.length <= 60 && l.text.ends_with(['\u{ff1a}', ':', '\u{3002}']));
        names(i) || sentence && keys.get(i).is_some_and(|k| words.iter().any(|w| k.contains(w)))
    };
    let mut i = 0;
    while i < lines.len() {
        if !is_entry(lines, roles, i) || leads(i) {
            i += 1;
            continue;
        }
        let whole = run(lines, roles, &keys, i, &leads);
        // Navigation leads as a line such as "Contents" does.
        let led = i > 0 && leads(i - 1) || roles.get(i) == Some(&Role::Noise);
        let exact: Vec<bool> = whole.clone().map(|j| returns_exactly(j, &whole, lines, &keys, &places)).collect();
        let many = exact.iter().filter(|e| **e).count();
        let loose = led || many >= 3 && many * 2 >= whole.len();
        let known: Vec<bool> =
            whole.clone().zip(&exact).map(|(j, e)| *e || loose && returns(j, &whole, lines, &keys, &numbers)).collect();
        let run = entries(&whole, &known, lines);
        let returned =
            known.get(run.start - whole.start..run.end - whole.start).unwrap_or(&[]).iter().filter(|k| **k).count();
        let size = run.len();
        let siblings = siblings(lines, run.clone());
        let pair = i > 0 && word(i - 1) && returned == size;
        let many = returned * 10 >= size * if led { 5 } else { 6 };
        i = whole.end.max(i + 1);
        if size >= if pair { 2 } else { 3 } && (siblings >= 3 || led) && many {
            i = run.end;
            for role in roles.iter_mut().take(run.end).skip(run.start) {
                *role = Role::Contents;
            }
            if whole.start > 0
                && names(whole.start - 1)
                && let Some(role) = roles.get_mut(whole.start - 1)
            {
                *role = Role::Contents;
            }
        }
    }
}

/// A printed entry without the page number behind its leader dots.
fn without_page(text: &str) -> &str {
    let title = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let bare =
        title.trim_end_matches(|c: char| is_blank(c) || matches!(c, '.' | '\u{2026}' | '\u{b7}' | '\u{22ef}' | '-'));
    if title.len() < text.len() && bare.len() + 2 < title.len() { bare } else { text }
}

/// The part of a run from the first entry that returns on: entries that return, or count on from the one before.
fn entries(run: &Range<usize>, known: &[bool], lines: &[Line<'_>]) -> Range<usize> {
    let known = |j: usize| known.get(j - run.start) == Some(&true);
    let Some(start) = run.clone().find(|j| known(*j)) else { return run.start..run.start };
    let mut last: Vec<(Number, u32)> = Vec::new();
    let mut end = start;
    for j in start..run.end {
        let mark = lines.get(j).and_then(|l| l.mark);
        let counts = mark.is_some_and(|m| {
            m.kind == Number::Appendix
                || last.iter().find(|l| l.0 == m.kind).map_or(m.value == 1, |l| l.1 + 1 == m.value)
        });
        if !known(j) && !counts {
            // Without numbers only what stands between entries that return can be told for one.
            if mark.is_some() || !last.is_empty() || j > end + 2 {
                break;
            }
            continue;
        }
        if let Some(m) = mark {
            put(&mut last, m.kind, m.value);
        }
        end = j + 1;
    }
    // The title of the policy itself may follow.
    while end > start && lines.get(end - 1).is_some_and(|l| l.mark.is_none() && is_policy_title(l)) {
        end -= 1;
    }
    start..end
}

fn is_entry(lines: &[Line<'_>], roles: &[Role], i: usize) -> bool {
    matches!(roles.get(i), Some(Role::Body(0) | Role::Noise)) && lines.get(i).is_some_and(is_short)
}

/// A line that can be a title.
fn is_short(line: &Line<'_>) -> bool {
    // A label and its value name nothing that follows.
    let field = line.mark.is_none() && line.text.trim_end_matches(is_terminal).contains(['\u{ff1a}', ':']);
    (1..=60).contains(&line.length)
        && !line.is_table()
        && !field
        && !line.text.ends_with(['\u{3002}', '\u{ff1b}', ';', '\u{ff0c}'])
        && !line.text.contains('\u{3002}')
}

/// From `start` on, the lines that can be entries, up to where the first of them is printed again.
fn run(
    lines: &[Line<'_>],
    roles: &[Role],
    keys: &[String],
    start: usize,
    leads: &impl Fn(usize) -> bool,
) -> Range<usize> {
    let mut last: Vec<(Number, usize)> = Vec::new();
    let mut outermost = None;
    let mut seen = Numbers::new();
    let mut end = start;
    while is_entry(lines, roles, end) && !leads(end) {
        let mark = lines.get(end).and_then(|l| l.mark);
        if let Some(m) = mark {
            // A count that starts again with no outer number in between is the text's own first heading.
            let before = last.iter().find(|l| l.0 == m.kind).map(|l| l.1);
            let outer = last.iter().filter(|(k, _)| *k < m.kind).map(|(_, at)| *at).max();
            if m.value <= 1 && before.is_some() && outer <= before {
                break;
            }
            put(&mut last, m.kind, end);
            outermost = outermost.or(Some(m.kind));
        }
        let key = keys.get(end).map_or("", String::as_str);
        // Entries may have lost the numbers that their headings have.
        let kind = mark.map(|m| m.kind);
        let first = keys.get(start).is_some_and(|k| k == key);
        let before = seen.insert(hash(key), end).and_then(|at| lines.get(at)).map(|l| l.mark.map(|m| m.kind));
        if before.is_some_and(|before| first || before != kind || kind == outermost) {
            break;
        }
        end += 1;
    }
    start..end.max(start + 1)
}

/// The most lines of one kind of number in a run.
fn siblings(lines: &[Line<'_>], run: Range<usize>) -> usize {
    let mut counts: Vec<(Number, usize)> = Vec::new();
    for mark in lines.get(run).unwrap_or(&[]).iter().filter_map(|l| l.mark) {
        let count = counts.iter().find(|c| c.0 == mark.kind).map_or(0, |c| c.1);
        put(&mut counts, mark.kind, count + 1);
    }
    counts.into_iter().map(|c| c.1).max().unwrap_or(0)
}

/// Sets the value of a kind; there are few kinds.
fn put<T>(list: &mut Vec<(Number, T)>, kind: Number, value: T) {
    match list.iter_mut().find(|l| l.0 == kind) {
        Some(known) => known.1 = value,
        None => list.push((kind, value)),
    }
}

/// Whether an entry's words are printed once more outside of its run, where text follows them: in a list printed twice they
/// head nothing.
fn returns_exactly(i: usize, run: &Range<usize>, lines: &[Line<'_>], keys: &[String], places: &Index) -> bool {
    let all = keys.get(i).map_or(&[][..], |k| places.of(hash(k)));
    let (before, after) = all.split_at(all.partition_point(|p| p.1 < run.start));
    let after = after.get(after.partition_point(|p| p.1 < run.end)..).unwrap_or(&[]);
    // A few are enough, and keep this linear.
    before.iter().rev().take(3).chain(after.iter().take(4)).any(|p| heads(p.1, lines))
}

/// Whether something else than the next of its kind follows a line.
fn heads(i: usize, lines: &[Line<'_>]) -> bool {
    let (Some(line), Some(next)) = (lines.get(i), lines.get(i + 1)) else { return false };
    match (line.mark, next.mark) {
        (Some(a), Some(b)) => a.kind != b.kind,
        (None, None) => !is_short(next),
        _ => true,
    }
}

/// Whether the same number with most of the words is.
fn returns(i: usize, run: &Range<usize>, lines: &[Line<'_>], keys: &[String], numbers: &Index) -> bool {
    let (Some(key), Some(mark)) = (keys.get(i), lines.get(i).and_then(|l| l.mark)) else { return false };
    // A few candidates are enough, and keep this linear.
    let p = numbers.of(mark.kind.code(mark.value));
    let after = p.partition_point(|j| j.1 < run.end);
    let near = p.iter().skip(after).take(4).chain(p.iter().take(4).filter(|j| j.1 < run.start));
    near.into_iter().any(|j| keys.get(j.1).is_some_and(|other| alike(key, other)))
}

/// Dice's coefficient of the characters of two short titles, 0.5 or more.
fn alike(a: &str, b: &str) -> bool {
    let distinct = |text: &str| {
        let mut chars: Vec<char> = text.chars().collect();
        chars.sort_unstable();
        chars.dedup();
        chars
    };
    let (a, b) = (distinct(a), distinct(b));
    !a.is_empty() && a.iter().filter(|c| b.binary_search(c).is_ok()).count() * 4 >= a.len() + b.len()
}

/// Whether a line ends like a sentence.
pub(super) fn is_sentence(line: &Line<'_>) -> bool {
    line.text.ends_with(|c| is_terminal(c) && !matches!(c, ':' | '\u{ff1a}' | '?' | '\u{ff1f}'))
}
