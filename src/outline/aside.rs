//! Lines → what is no part of the policy's text: its title, printed contents, page chrome.

use super::{Line, Role, key};
use crate::blocks::{Document, Kind, Shape};
use crate::lexicon::{self, group, terms};
use crate::numbering::Kind as Number;
use crate::text::is_terminal;
use std::collections::{HashMap, HashSet};

/// A first role for every block: `Body(0)` where nothing speaks against it.
pub(super) fn find(document: &Document, lines: &[Line<'_>]) -> Vec<Role> {
    let mut roles: Vec<Role> =
        lines.iter().map(|l| if l.kind == Kind::Noise { Role::Noise } else { Role::Body(0) }).collect();
    let page = matches!(document.shape, Shape::OneLine | Shape::Html);
    title(lines, &mut roles, page);
    footer(lines, &mut roles);
    contents(lines, &mut roles);
    roles
}

/// The last line before the first sentence that reads like a policy's title; what stands before it on a page is chrome.
fn title(lines: &[Line<'_>], roles: &mut [Role], page: bool) {
    let titles = terms("title");
    let is_title = |line: &Line<'_>| {
        line.length <= 40 && line.mark.is_none() && !line.text.contains(['\u{3002}', '\u{ff0c}']) && {
            let key = key(line.text);
            titles.iter().any(|t| {
                key.ends_with(t)
                    || key
                        .rfind(t)
                        .is_some_and(|i| key.len() - i - t.len() < 40 && line.text.ends_with(['\u{ff09}', ')']))
            })
        }
    };
    let prose = |line: &Line<'_>| line.length > 45 && line.text.contains('\u{3002}') || line.is_table();
    let mut found = None;
    for (i, line) in lines.iter().enumerate().take(400) {
        if roles.get(i) == Some(&Role::Noise) {
            continue;
        }
        if prose(line) || line.mark.is_some_and(|m| m.kind != Number::Bullet) && found.is_some() {
            break;
        }
        if is_title(line) {
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

/// The tail of a page behind the policy's last sentence: the suffix whose lines speak most for chrome. Every line has a
/// weight, for or against; the suffix with the greatest sum is taken if enough words of chrome stand in it.
fn footer(lines: &[Line<'_>], roles: &mut [Role]) {
    let chrome = group("chrome");
    let (mut sum, mut words) = (0i64, 0usize);
    let mut best: Option<(i64, usize, usize)> = None;
    for (i, line) in lines.iter().enumerate().rev() {
        let hits = lexicon::scan(line.text).iter().filter(|h| h.group == chrome).count();
        words += hits;
        sum += weight(line, hits);
        if sum < -60 {
            break;
        }
        if best.is_none_or(|(b, ..)| sum > b) {
            best = Some((sum, i, words));
        }
    }
    if let Some((sum, from, words)) = best
        && sum >= 12
        && words >= 3
        && from > 0
    {
        for role in roles.iter_mut().skip(from) {
            *role = Role::Noise;
        }
    }
}

fn weight(line: &Line<'_>, hits: usize) -> i64 {
    let sentence = line.text.ends_with(['\u{3002}', '\u{ff1b}']) || line.text.contains('\u{3002}');
    let length = line.length as i64;
    match (hits, sentence) {
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
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    let mut numbers: HashMap<(Number, u32), Vec<usize>> = HashMap::new();
    let keys: Vec<String> = lines.iter().map(|l| key(l.body())).collect();
    for (i, line) in lines.iter().enumerate() {
        if roles.get(i) == Some(&Role::Body(0)) && line.length <= 60 {
            places.entry(keys.get(i).cloned().unwrap_or_default()).or_default().push(i);
            if let Some(m) = line.mark {
                numbers.entry((m.kind, m.value)).or_default().push(i);
            }
        }
    }
    let words = terms("contents");
    let word = |i: usize| keys.get(i).is_some_and(|k| words.iter().any(|w| k == w));
    let leads = |i: usize| {
        lines.get(i).is_some_and(|l| l.length <= 60 && l.text.ends_with(['\u{ff1a}', ':', '\u{3002}']))
            && keys.get(i).is_some_and(|k| words.iter().any(|w| k.contains(w)))
            || word(i)
    };
    let mut i = 0;
    while i < lines.len() {
        if !is_entry(lines, roles, i) || leads(i) {
            i += 1;
            continue;
        }
        let run = run(lines, roles, &keys, i, &leads);
        let led = i > 0 && leads(i - 1);
        let returns = run.clone().filter(|&j| returns(j, &run, lines, &keys, &places, &numbers)).count();
        let size = run.len();
        let siblings = siblings(lines, run.clone());
        if size >= 3 && (siblings >= 3 || led) && returns * 10 >= size * if led { 5 } else { 6 } {
            for role in roles.iter_mut().take(run.end).skip(run.start) {
                *role = Role::Contents;
            }
            if i > 0
                && word(i - 1)
                && let Some(role) = roles.get_mut(i - 1)
            {
                *role = Role::Contents;
            }
        }
        i = run.end.max(i + 1);
    }
}

fn is_entry(lines: &[Line<'_>], roles: &[Role], i: usize) -> bool {
    roles.get(i) == Some(&Role::Body(0))
        && lines.get(i).is_some_and(|l| {
            (1..=60).contains(&l.length)
                && !l.is_table()
                && !l.text.ends_with(['\u{3002}', '\u{ff1b}', ';', '\u{ff0c}'])
                && !l.text.contains('\u{3002}')
        })
}

/// From `start` on, the lines that can be entries, up to where the first of them is printed again.
fn run(
    lines: &[Line<'_>],
    roles: &[Role],
    keys: &[String],
    start: usize,
    leads: &impl Fn(usize) -> bool,
) -> std::ops::Range<usize> {
    let mut last: HashMap<Number, usize> = HashMap::new();
    let mut outermost = None;
    let mut seen: HashSet<&str> = HashSet::new();
    let mut end = start;
    while is_entry(lines, roles, end) && !leads(end) {
        let mark = lines.get(end).and_then(|l| l.mark);
        if let Some(m) = mark {
            // A count that starts again with no outer number in between is the text's own first heading.
            let before = last.get(&m.kind).copied();
            let outer = last.iter().filter(|(k, _)| **k < m.kind).map(|(_, at)| *at).max();
            if m.value <= 1 && before.is_some() && outer <= before {
                break;
            }
            last.insert(m.kind, end);
            outermost = outermost.or(Some(m.kind));
        }
        let key = keys.get(end).map_or("", String::as_str);
        if !seen.insert(key) && mark.map(|m| m.kind) == outermost {
            break;
        }
        end += 1;
    }
    start..end.max(start + 1)
}

/// The most lines of one kind of number in a run.
fn siblings(lines: &[Line<'_>], run: std::ops::Range<usize>) -> usize {
    let mut counts: HashMap<Number, usize> = HashMap::new();
    for mark in lines.get(run).unwrap_or(&[]).iter().filter_map(|l| l.mark) {
        *counts.entry(mark.kind).or_default() += 1;
    }
    counts.into_values().max().unwrap_or(0)
}

/// Whether an entry is printed once more outside of its run: the same words, or the same number and most of the words.
fn returns(
    i: usize,
    run: &std::ops::Range<usize>,
    lines: &[Line<'_>],
    keys: &[String],
    places: &HashMap<String, Vec<usize>>,
    numbers: &HashMap<(Number, u32), Vec<usize>>,
) -> bool {
    let Some(key) = keys.get(i) else { return false };
    if places.get(key).is_some_and(|p| p.iter().any(|j| !run.contains(j))) {
        return true;
    }
    let Some(mark) = lines.get(i).and_then(|l| l.mark) else { return false };
    // A few candidates are enough, and keep this linear.
    numbers.get(&(mark.kind, mark.value)).is_some_and(|p| {
        let after = p.partition_point(|j| *j < run.end);
        let near = p.iter().skip(after).take(4).chain(p.iter().take(4).filter(|j| **j < run.start));
        near.into_iter().any(|j| keys.get(*j).is_some_and(|other| alike(key, other)))
    })
}

/// Dice's coefficient of the characters of two short titles, 0.5 or more.
fn alike(a: &str, b: &str) -> bool {
    let (a, b): (HashSet<char>, HashSet<char>) = (a.chars().collect(), b.chars().collect());
    !a.is_empty() && a.intersection(&b).count() * 4 >= a.len() + b.len()
}

/// Whether a line ends like a sentence.
pub(super) fn is_sentence(line: &Line<'_>) -> bool {
    line.text.ends_with(|c| is_terminal(c) && !matches!(c, ':' | '\u{ff1a}' | '?' | '\u{ff1f}'))
}
