//! A clause → the ways that it prints to do something: a path through menus, an address, or "through …".

use crate::lexicon::{Reading, group};
use crate::text::{
    count, first, has, is_blank, is_closing, is_comma, is_ideograph, is_terminal, part, trim, trim_end, trim_start,
};

/// A way, as bytes of the clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    pub start: usize,
    pub end: usize,
    /// A path of labels, or an address; else words ("through our service").
    pub exact: bool,
}

/// Characters of a label that is printed without quotes.
const LABEL: usize = 12;
/// Characters between two quoted labels of one path: "tap … and choose".
const GAP: usize = 10;
/// Characters of a quoted label, or of a path in one pair of quotes.
const QUOTED: usize = 40;

/// Wordy ways that are looked at in a clause.
const MOST: usize = 8;

/// The ways of a clause, in order, the exact ones first where both stand.
pub(super) fn ways(text: &str) -> Vec<Way> {
    let mut found = quoted(text);
    // A whole path says more than a label that is quoted for something else.
    if found.iter().all(|way| count_joints(part(text, way.start, way.end)) == 0)
        && let Some(chain) = chained(text)
    {
        found = vec![chain];
    }
    found.extend(addresses(text));
    found.sort_unstable_by_key(|way| way.start);
    let reading = Reading::only(text, [group!("way.by"), group!("way.means")]);
    for hit in reading.of(group!("way.by")).iter().take(MOST) {
        let (_, end) = reading.stretch(hit.start());
        let end = hit.start() + trim_end(part(text, hit.start(), end), |c| is_blank(c) || is_closing(c)).len();
        let words = part(text, hit.end(), end);
        // 'Not through …', 'will be done according to …', 'the account that was used to sign in'.
        let near =
            Reading::only(super::tail(part(text, 0, hit.start()), 4), [group!("grant.not"), group!("way.never")]);
        let ends = |group| near.of(group).iter().any(|word| word.end() == near.text.len());
        let after = Reading::only(super::head(words, 2), [group!("way.not")]);
        let state = after.of(group!("way.not")).first().is_some_and(|hit| hit.start() == 0);
        let nowhere = Reading::only(words, [group!("way.law"), group!("way.single")]);
        let law = nowhere.has(group!("way.law")) || nowhere.has(group!("way.single"));
        if ends(group!("grant.not")) || ends(group!("way.never")) || state || law {
            continue;
        }
        if count(words) >= 2 && found.iter().all(|way| way.end <= hit.start() || way.start >= end) {
            let means =
                reading.within(group!("way.means"), hit.end(), end).last().map_or(end, crate::lexicon::Hit::end);
            let end = closed(text, hit.start(), numbered(text, means));
            found.push(Way { start: hit.start(), end, exact: false });
        }
    }
    found
}

/// Where a way ends: before a bracket that it opens and does not close.
fn closed(text: &str, start: usize, end: usize) -> usize {
    let words = part(text, start, end);
    let open = words.rfind(['(', '\u{ff08}']).filter(|at| !part(words, *at, words.len()).contains([')', '\u{ff09}']));
    start + trim_end(part(words, 0, open.unwrap_or(words.len())), is_blank).len()
}

/// Where the number ends that follows a place at once: "call our service 400 …".
fn numbered(text: &str, at: usize) -> usize {
    let rest = part(text, at, text.len());
    let number = trim_start(rest, |c| is_blank(c) || crate::text::is_colon(c) || matches!(c, '(' | '\u{ff08}'));
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '-' | '\u{2014}' | ' ');
    let length = number.find(|c| !digit(c)).unwrap_or(number.len());
    let length = part(number, 0, length).trim_end_matches(|c: char| !c.is_ascii_digit()).len();
    if length < NUMBER {
        return at;
    }
    let end = text.len() - number.len() + length;
    // A bracket that was opened before it closes behind it.
    let closed = rest.len() > number.len() && matches!(first(part(text, end, text.len())), ')' | '\u{ff09}');
    end + if closed { first(part(text, end, text.len())).len_utf8() } else { 0 }
}

/// Bytes of a right's word that is part of a name.
const NAMED: usize = 6;

/// Digits of a telephone number, at the least.
const NUMBER: usize = 5;

/// A way in words that reaches over what it is for ends before it: behind the last word for a means, or right there. One
/// that says nothing but that is none.
pub(super) fn up_to(text: &str, way: Way, at: usize) -> Option<Way> {
    if way.exact || at <= way.start || at >= way.end {
        return Some(way);
    }
    // "Call the complaints line": the word is part of the place's name.
    let behind = Reading::only(part(text, at, way.end), [group!("way.means")]);
    if behind.of(group!("way.means")).first().is_some_and(|means| means.start() <= NAMED) {
        return Some(way);
    }
    let words = part(text, way.start, at);
    let groups = [group!("way.means"), group!("way.by"), group!("way.toward"), group!("company.self")];
    let reading = Reading::only(words, groups);
    let means = reading.of(group!("way.means")).last().map_or(words.len(), crate::lexicon::Hit::end);
    let mut end = words.len().min(means);
    while let Some(hit) = reading.of(group!("way.toward")).iter().find(|hit| hit.end() == end) {
        end = hit.start();
    }
    let by = reading.of(group!("way.by")).first().map_or(0, crate::lexicon::Hit::end);
    // Two characters are a way where they name a means, or us.
    let whole =
        [group!("way.means"), group!("company.self")].into_iter().any(|g| reading.of(g).iter().any(|h| h.end() == end));
    let least = if whole { 2 } else { 3 };
    (end > by && count(part(words, by, end)) >= least).then_some(Way { end: way.start + end, ..way })
}

/// Paths of quoted labels, each with what joins them.
fn quoted(text: &str) -> Vec<Way> {
    let mut found: Vec<Way> = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|t| t.chars().next()) {
        let open = at;
        at += c.len_utf8();
        let Some(close) = partner(c) else { continue };
        let inside = super::head(part(text, at, text.len()), QUOTED);
        let Some(length) = inside.find(close).filter(|length| *length > 0) else { continue };
        let label = part(inside, 0, length);
        at += length + close.len_utf8();
        // Quotes around a name for something are no labels.
        let before = part(text, 0, open);
        let joined = found.last().is_some_and(|way| {
            let between = part(text, way.end, open);
            count(between) <= GAP
                && !has(between, is_terminal)
                && (is_joint(between) || Reading::only(between, [group!("way.step")]).has(group!("way.step")))
        });
        let taken = Reading::only(super::tail(before, 6), [group!("way.at")]);
        let taken =
            taken.of(group!("way.at")).iter().any(|hit| trim(part(taken.text, hit.end(), taken.text.len())).is_empty());
        let placed = Reading::only(super::head(part(text, at, text.len()), 6), [group!("way.place")]);
        let placed = placed.of(group!("way.place")).iter().any(|hit| hit.start() == 0);
        // "Not interested" hides one thing; "in the way that “Your rights” lists" leads nowhere.
        if Reading::only(label, [group!("way.single")]).has(group!("way.single")) {
            continue;
        }
        let refers = Reading::only(super::head(part(text, at, text.len()), 8), [group!("way.refer")]);
        if refers.has(group!("way.refer")) {
            continue;
        }
        let path = count_joints(label) > 0;
        at = chain_end(text, at);
        if joined {
            if let Some(way) = found.last_mut() {
                way.end = at;
            }
        } else if path || taken || placed {
            found.push(Way { start: menu(text, open), end: at, exact: true });
        }
    }
    found
}

/// Where a path ends that goes on without quotes behind a quoted label: "“Example”, profile - account".
fn chain_end(text: &str, at: usize) -> usize {
    let rest = part(text, at, text.len());
    let piece = part(rest, 0, rest.find(|c| is_edge(c) || partner(c).is_some()).unwrap_or(rest.len()));
    let labels: Vec<&str> = piece.split(is_arrow).collect();
    let short = |label: &&str| count(label) <= LABEL;
    if labels.len() < 2 || !labels.iter().rev().skip(1).all(short) {
        return at;
    }
    let last = labels.last().copied().unwrap_or("");
    let end = label_end(last);
    if end == 0 || count(part(last, 0, end)) > LABEL { at } else { at + piece.len() - last.len() + end }
}

/// Where the label ends that a text starts with, what is done there aside.
fn label_end(text: &str) -> usize {
    let words = Reading::only(text, [group!("way.end")]);
    let end = words.of(group!("way.end")).iter().map(crate::lexicon::Hit::start).find(|at| *at > 0);
    trim_end(part(text, 0, end.unwrap_or(text.len())), is_blank).len()
}

/// Where a path starts whose first label has no quotes: "settings, (tap) “Close”".
fn menu(text: &str, open: usize) -> usize {
    let before = part(text, 0, open);
    let near = super::tail(before, LABEL);
    let words = Reading::only(near, [group!("way.at"), group!("way.step"), group!("way.place")]);
    let mut end = near.len();
    while let Some(hit) = words.of(group!("way.step")).iter().find(|hit| hit.end() == end && hit.start() > 0) {
        end = hit.start();
    }
    let placed =
        words.of(group!("way.place")).iter().any(|hit| hit.end() >= end && hit.start() > 0 && hit.start() <= end);
    let starts = words.of(group!("way.at")).iter().map(crate::lexicon::Hit::end).filter(|at| *at < end);
    let edge = near.char_indices().rfind(|(_, c)| is_edge(*c)).map(|(at, c)| at + c.len_utf8());
    let start = starts.chain(edge).max();
    match start {
        Some(start) if placed && count(part(near, start, end)) >= 2 => before.len() - near.len() + start,
        _ => open,
    }
}

/// Ends of a stretch in which a path stands.
fn is_edge(c: char) -> bool {
    is_terminal(c) || is_comma(c) || is_closing(c) && c != '\u{300b}' || matches!(c, '(' | '\u{ff08}' | '|')
}

/// What closes a quotation mark around a label.
fn partner(c: char) -> Option<char> {
    match c {
        '\u{201c}' => Some('\u{201d}'),
        '\u{300c}' => Some('\u{300d}'),
        '\u{3010}' => Some('\u{3011}'),
        '\u{2018}' => Some('\u{2019}'),
        '[' => Some(']'),
        '"' => Some('"'),
        _ => None,
    }
}

/// Whether nothing but the joint of a path stands there.
fn is_joint(between: &str) -> bool {
    let bare = trim(between);
    !bare.is_empty() && bare.chars().all(is_arrow) || bare.is_empty()
}

/// What joins the labels of a path.
fn is_arrow(c: char) -> bool {
    matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{2192}' | '>' | '\u{ff1e}' | '\u{ff0d}' | '/' | '\u{300b}' | '~')
}

/// Joints in a label: arrows with a word on either side.
fn count_joints(label: &str) -> usize {
    label.split(is_arrow).filter(|part| !trim(part).is_empty()).count().saturating_sub(1)
}

/// A path of labels without quotes: two joints or more in one stretch.
fn chained(text: &str) -> Option<Way> {
    let mut start = 0;
    for piece in text.split_inclusive(is_edge) {
        let bare = trim_end(piece, |c| is_blank(c) || is_closing(c) || matches!(c, '(' | '\u{ff08}' | '|'));
        let labels: Vec<&str> = bare.split(is_arrow).map(trim).filter(|l| !l.is_empty()).collect();
        let short = |label: &&str| count(label) <= LABEL && has(label, is_ideograph);
        if labels.len() >= 3 && labels.iter().skip(1).take(labels.len() - 2).all(short) && !bare.contains("//") {
            // The first label is what a verb or "in" leaves of it.
            let head = labels.first().copied().unwrap_or("");
            let own = Reading::only(head, [group!("way.at")]);
            let cut = own
                .of(group!("way.at"))
                .iter()
                .map(crate::lexicon::Hit::end)
                .filter(|e| *e < head.len())
                .max()
                .unwrap_or(0);
            let first_label = part(head, cut, head.len());
            let from = bare.find(first_label).unwrap_or(0);
            let last = labels.last().copied().unwrap_or("");
            let end = label_end(last);
            if count(first_label) <= LABEL && end > 0 && count(part(last, 0, end)) <= LABEL {
                return Some(Way { start: start + from, end: start + bare.len() - last.len() + end, exact: true });
            }
        }
        start += piece.len();
    }
    None
}

/// E-mail and web addresses.
fn addresses(text: &str) -> impl Iterator<Item = Way> + '_ {
    let mails = super::contacts::emails(text);
    let links = super::contacts::links(text);
    mails.chain(links).map(|found| {
        let start = found.as_ptr() as usize - text.as_ptr() as usize;
        Way { start, end: start + found.len(), exact: true }
    })
}

/// A clause without the number before it, for quoting.
pub(super) fn bare(text: &str) -> &str {
    let start = crate::numbering::parse(text).map_or(0, |mark| mark.end);
    trim_start(part(text, start, text.len()), |c| is_blank(c) || first("\u{ff1a}") == c)
}
